import type { CanvasShape } from '../canvas-api.ts'
import { rectangleHandles } from './resize.ts'
import { at } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/** Something of the active shape to take hold of. Indices: `corner` into RECTANGLE_HANDLES, `vertex` and `edge` into the points. */
export type Handle =
  | { readonly kind: 'corner'; readonly index: number; readonly at: ImagePoint }
  | { readonly kind: 'rotate'; readonly at: ImagePoint; readonly from: ImagePoint }
  | { readonly kind: 'vertex'; readonly index: number; readonly at: ImagePoint }
  /** The middle of the edge that starts at vertex `index`; dragging it adds a vertex. */
  | { readonly kind: 'edge'; readonly index: number; readonly at: ImagePoint }

/** CSS pixels. */
const ROTATE_DISTANCE = 26
const REACH = 9
/** A middle is offered only on edges long enough that its handle does not crowd the vertices. */
const SHORTEST_EDGE = 44

/** @param pixel  image pixels per CSS pixel */
export function shapeHandles(shape: CanvasShape, pixel: number): Handle[] {
  if (shape.locked || shape.hidden) return []
  switch (shape.type) {
    case 'rectangle':
      return boxHandles(shape, pixel)
    case 'polygon':
      return [...vertexHandles(shape), ...edgeHandles(shape, pixel, true)]
    case 'polyline':
      return [...vertexHandles(shape), ...edgeHandles(shape, pixel, false)]
    case 'points':
      return vertexHandles(shape)
    default:
      return []
  }
}

function boxHandles(shape: CanvasShape, pixel: number): Handle[] {
  const places = rectangleHandles(shape.points, shape.rotation)
  const handles = places.map((place, index): Handle => ({ kind: 'corner', index, at: place }))
  const top = places[1]
  if (!top) return handles
  const angle = (shape.rotation * Math.PI) / 180
  const out = ROTATE_DISTANCE * pixel
  const place = { x: top.x + Math.sin(angle) * out, y: top.y - Math.cos(angle) * out }
  return [...handles, { kind: 'rotate', at: place, from: top }]
}

function vertexHandles({ points }: CanvasShape): Handle[] {
  const handles: Handle[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const place = { x: at(points, i), y: at(points, i + 1) }
    handles.push({ kind: 'vertex', index: i / 2, at: place })
  }
  return handles
}

function edgeHandles({ points }: CanvasShape, pixel: number, closed: boolean): Handle[] {
  const handles: Handle[] = []
  const n = points.length / 2
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const j = (i + 1) % n
    const [dx, dy] = [
      at(points, 2 * j) - at(points, 2 * i),
      at(points, 2 * j + 1) - at(points, 2 * i + 1),
    ]
    if (Math.hypot(dx, dy) < SHORTEST_EDGE * pixel) continue
    const place = { x: at(points, 2 * i) + dx / 2, y: at(points, 2 * i + 1) + dy / 2 }
    handles.push({ kind: 'edge', index: i, at: place })
  }
  return handles
}

/** The handle under `point`; the nearest wins, and a vertex wins over an edge's middle. */
export function handleAt(
  shape: CanvasShape | undefined,
  point: ImagePoint,
  pixel: number,
): Handle | null {
  if (!shape) return null
  let best: { handle: Handle; distance: number } | null = null
  for (const handle of shapeHandles(shape, pixel)) {
    const distance = Math.hypot(handle.at.x - point.x, handle.at.y - point.y)
    if (distance > REACH * pixel || (best && distance >= best.distance)) continue
    best = { handle, distance }
  }
  return best?.handle ?? null
}
