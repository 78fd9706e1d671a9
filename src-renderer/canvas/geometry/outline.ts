import { toFlat } from '#shared/geometry/points.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { distanceToSegment } from './hit.ts'
import { at, rectangleCorners } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/** Corners in order, flat image pixels; closed = the last leads to the first. */
export interface Path {
  readonly points: readonly number[]
  readonly closed: boolean
}

/** The corners another outline can be attached to; null for shapes that have none. */
export function outlineOf(shape: CanvasShape): Path | null {
  switch (shape.type) {
    case 'polygon':
      return { points: shape.points, closed: true }
    case 'polyline':
    case 'points':
      return { points: shape.points, closed: false }
    case 'rectangle': {
      const corners = rectangleCorners(shape.points, shape.rotation)
      return { points: toFlat(corners), closed: true }
    }
    default:
      return null
  }
}

export const vertexOf = (points: ArrayLike<number>, index: number): ImagePoint => ({
  x: at(points, 2 * index),
  y: at(points, 2 * index + 1),
})

export const countOf = (points: ArrayLike<number>): number => Math.floor(points.length / 2)

/** A place on an outline: on the edge that starts at vertex `edge`, `t` of the way along it; t = 0 is the vertex itself. */
export interface Place {
  readonly edge: number
  /** 0 <= t < 1 */
  readonly t: number
  readonly at: ImagePoint
}

/** The place on an outline nearest to `p`: a vertex within `vertexReach`, else a point of an edge within `edgeReach` (image pixels). */
export function placeNear(
  { points, closed }: Path,
  p: ImagePoint,
  vertexReach: number,
  edgeReach: number,
): Place | null {
  const n = countOf(points)
  let vertex = -1
  let least = vertexReach
  for (let i = 0; i < n; i++) {
    const distance = Math.hypot(at(points, 2 * i) - p.x, at(points, 2 * i + 1) - p.y)
    if (distance > least) continue
    least = distance
    vertex = i
  }
  if (vertex >= 0) return { edge: vertex, t: 0, at: vertexOf(points, vertex) }
  let best: Place | null = null
  least = edgeReach
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [a, b] = [vertexOf(points, i), vertexOf(points, (i + 1) % n)]
    const distance = distanceToSegment(p, a, b)
    if (distance > least) continue
    least = distance
    best = placeOnEdge(i, a, b, p)
  }
  return best
}

function placeOnEdge(edge: number, a: ImagePoint, b: ImagePoint, p: ImagePoint): Place {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2
  const along = Math.min(Math.max(t, 0), 1 - 1e-9)
  return { edge, t: along, at: { x: a.x + along * dx, y: a.y + along * dy } }
}

/** Is `a` before `b`, or the same, when walking from vertex 0? */
export const isBefore = (a: Place, b: Place): boolean =>
  a.edge < b.edge || (a.edge === b.edge && a.t <= b.t)

/** Vertex indices strictly between two places, walking forwards; past the last vertex of a closed outline comes the first. */
export function between({ points, closed }: Path, from: Place, to: Place): number[] {
  const n = countOf(points)
  const wraps = closed && !isBefore(from, to)
  const last = to.edge + (wraps ? n : 0) - (to.t > 0 ? 0 : 1)
  const found: number[] = []
  for (let i = from.edge + 1; i <= last; i++) found.push(i % n)
  return found
}

/** Image pixels along the places given, in order. */
export function lengthOf(places: readonly ImagePoint[]): number {
  let length = 0
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]]
    if (a && b) length += Math.hypot(b.x - a.x, b.y - a.y)
  }
  return length
}
