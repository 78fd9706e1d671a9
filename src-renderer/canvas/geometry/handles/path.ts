import type { CanvasShape } from '../../canvas-api.ts'
import { at } from '../shape-box.ts'
import type { ImageBox, ImagePoint } from '../space.ts'
import type { Handle } from './handle.ts'

/** CSS pixels: a middle is offered only on edges long enough that its handle does not crowd the vertices. */
const SHORTEST_EDGE = 44

/** Polygon: its vertices, and the middles of its edges, the closing one included. */
export const polygonHandles = (shape: CanvasShape, pixel: number, within: ImageBox | null) => [
  ...vertexHandles(shape, within, true),
  ...edgeHandles(shape, pixel, within, true),
]

export const polylineHandles = (shape: CanvasShape, pixel: number, within: ImageBox | null) => [
  ...vertexHandles(shape, within, true),
  ...edgeHandles(shape, pixel, within, false),
]

export const pointsHandles = (shape: CanvasShape, _pixel: number, within: ImageBox | null) =>
  vertexHandles(shape, within, false)

function vertexHandles(
  { points }: CanvasShape,
  within: ImageBox | null,
  directed: boolean,
): Handle[] {
  const handles: Handle[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [at(points, i), at(points, i + 1)]
    if (within && (x < within.x1 || x > within.x2 || y < within.y1 || y > within.y2)) continue
    const heading = directed && i === 0 ? headingOf(points) : null
    handles.push({ kind: 'vertex', index: i / 2, at: { x, y }, ...(heading && { heading }) })
  }
  return handles
}

/** The way the outline leaves its first point; null when it has no other place to go. */
function headingOf(points: readonly number[]): ImagePoint | null {
  for (let i = 2; i + 1 < points.length; i += 2) {
    const [dx, dy] = [at(points, i) - at(points, 0), at(points, i + 1) - at(points, 1)]
    const length = Math.hypot(dx, dy)
    if (length > 0) return { x: dx / length, y: dy / length }
  }
  return null
}

function edgeHandles(
  { points }: CanvasShape,
  pixel: number,
  within: ImageBox | null,
  closed: boolean,
): Handle[] {
  const handles: Handle[] = []
  const n = Math.floor(points.length / 2)
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const j = (i + 1) % n
    const dx = at(points, 2 * j) - at(points, 2 * i)
    const dy = at(points, 2 * j + 1) - at(points, 2 * i + 1)
    if (Math.abs(dx) + Math.abs(dy) < SHORTEST_EDGE * pixel) continue
    if (Math.hypot(dx, dy) < SHORTEST_EDGE * pixel) continue
    const x = at(points, 2 * i) + dx / 2
    const y = at(points, 2 * i + 1) + dy / 2
    if (within && (x < within.x1 || x > within.x2 || y < within.y1 || y > within.y2)) continue
    handles.push({ kind: 'edge', index: i, at: { x, y } })
  }
  return handles
}
