/**
 * Masks to polygons along the pixels' edges, so that rasterising gives back the same pixels (a contour through pixel
 * centres, as OpenCV draws it, loses one column and one row each time). A hole is joined to its outline by a bridge
 * walked there and back, which encloses nothing: formats that unite polygons cannot say "hole" otherwise.
 */
import type { Bitmap } from './mask.ts'
import { at } from './points.ts'
import { isPointInPolygon, signedPolygonArea } from './polygon.ts'

/** One flat polygon per connected part (pixels touching at a corner are separate parts), in image pixels. */
export function bitmapToPolygons(bitmap: Bitmap): number[][] {
  const loops = traceLoops(bitmap)
  const outlines = loops.filter((loop) => signedPolygonArea(loop) > 0)
  const holes = loops.filter((loop) => signedPolygonArea(loop) < 0)
  const parts = outlines.map((outline) => ({ outline, joined: outline }))
  for (const hole of holes) {
    const [x, y] = pixelBesideHole(hole)
    const around = parts
      .filter(({ outline }) => isPointInPolygon(x, y, outline))
      .sort((a, b) => signedPolygonArea(a.outline) - signedPolygonArea(b.outline))[0]
    if (around !== undefined) around.joined = bridge(around.joined, hole)
  }
  return parts.map(({ joined }) => joined)
}

type Corner = number

/**
 * Walk every boundary between set and unset pixels, set pixels on the right hand: outlines come out clockwise on
 * screen, holes the other way round. Only corners are kept.
 */
function traceLoops(bitmap: Bitmap): number[][] {
  const { width, height } = bitmap
  const stride = width + 1
  const edges = boundaryEdges(bitmap)
  const loops: number[][] = []
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      const start = y * stride + x
      while (edges.has(start)) loops.push(followLoop(edges, start, stride, bitmap))
    }
  }
  return loops
}

/** Directions: 0 right, 1 down, 2 left, 3 up. Each corner maps to a bit set of the edges leaving it. */
function boundaryEdges({ width, height, data }: Bitmap): Map<Corner, number> {
  const stride = width + 1
  const edges = new Map<Corner, number>()
  const add = (corner: Corner, direction: number): void => {
    edges.set(corner, (edges.get(corner) ?? 0) | (1 << direction))
  }
  const isSet = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isSet(x, y)) continue
      if (!isSet(x, y - 1)) add(y * stride + x, 0)
      if (!isSet(x + 1, y)) add(y * stride + x + 1, 1)
      if (!isSet(x, y + 1)) add((y + 1) * stride + x + 1, 2)
      if (!isSet(x - 1, y)) add((y + 1) * stride + x, 3)
    }
  }
  return edges
}

function followLoop(
  edges: Map<Corner, number>,
  start: Corner,
  stride: number,
  { left, top }: Bitmap,
): number[] {
  const steps = [1, stride, -1, -stride]
  const loop: number[] = []
  let corner = start
  let direction = -1
  do {
    const leaving = edges.get(corner) ?? 0
    const next = chooseTurn(leaving, direction)
    if (next !== direction) {
      loop.push(left + (corner % stride), top + Math.floor(corner / stride))
    }
    const rest = leaving & ~(1 << next)
    if (rest === 0) edges.delete(corner)
    else edges.set(corner, rest)
    direction = next
    corner += at(steps, next)
  } while (corner !== start)
  return loop
}

/** Where two pixels touch at a corner, turn right: they stay separate parts. */
function chooseTurn(leaving: number, direction: number): number {
  if (direction >= 0) {
    for (const turn of [1, 0, 3]) {
      const candidate = (direction + turn) % 4
      if (leaving & (1 << candidate)) return candidate
    }
  }
  return 31 - Math.clz32(leaving & -leaving)
}

/** Centre of a set pixel next to the hole's first edge: it belongs to the part around the hole. */
function pixelBesideHole(hole: readonly number[]): [number, number] {
  const x = at(hole, 0)
  const y = at(hole, 1)
  const dx = Math.sign(at(hole, 2) - x)
  const dy = Math.sign(at(hole, 3) - y)
  return [x + dx / 2 - dy / 2, y + dy / 2 + dx / 2]
}

/** Join through the nearest pair of corners: … o, h0, h1 …, h0, o … */
function bridge(outline: readonly number[], hole: readonly number[]): number[] {
  let best = Number.POSITIVE_INFINITY
  let [atOutline, atHole] = [0, 0]
  for (let i = 0; i < outline.length; i += 2) {
    for (let j = 0; j < hole.length; j += 2) {
      const distance = Math.hypot(
        at(outline, i) - at(hole, j),
        at(outline, i + 1) - at(hole, j + 1),
      )
      if (distance < best) [best, atOutline, atHole] = [distance, i, j]
    }
  }
  const here = outline.slice(0, atOutline + 2)
  const round = [...hole.slice(atHole), ...hole.slice(0, atHole + 2)]
  return [...here, ...round, ...outline.slice(atOutline)]
}
