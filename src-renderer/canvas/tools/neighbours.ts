import type { CanvasShape, ShapeChange } from '../canvas-api.ts'
import { countOf, vertexOf } from '../geometry/outline.ts'
import { edgeBetween, hasBorder, SAME_PLACE, verticesAt } from '../geometry/shared-vertices.ts'
import type { ImagePoint } from '../geometry/space.ts'
import type { Stage } from './tool-state.ts'

/** A neighbour and the vertices (or, for an edge, the first vertex of it) it has in the same place. */
export interface Sharer {
  readonly shape: CanvasShape
  readonly indices: readonly number[]
}

export interface Sharers {
  /** Those that go along. */
  readonly free: readonly Sharer[]
  /** A locked neighbour has the place too; it stays. */
  readonly someLocked: boolean
}

const NONE: Sharers = { free: [], someLocked: false }

/** Who else has a vertex where vertex `index` of `shape` is. Nobody while shared borders are off. */
export function sharersOfVertex(stage: Stage, shape: CanvasShape, index: number): Sharers {
  const place = vertexOf(shape.points, index)
  return sharers(stage, shape, place, (other) => verticesAt(other, place))
}

/** Who else has the edge that starts at vertex `index`, in either direction. */
export function sharersOfEdge(stage: Stage, shape: CanvasShape, index: number): Sharers {
  const a = vertexOf(shape.points, index)
  const b = vertexOf(shape.points, (index + 1) % countOf(shape.points))
  return sharers(stage, shape, a, (other) => {
    const edge = edgeBetween(other, a, b)
    return edge === null ? [] : [edge]
  })
}

function sharers(
  stage: Stage,
  shape: CanvasShape,
  { x, y }: ImagePoint,
  find: (other: CanvasShape) => readonly number[],
): Sharers {
  if (!stage.options.sharedBorders || !hasBorder(shape)) return NONE
  const around = { x1: x - SAME_PLACE, y1: y - SAME_PLACE, x2: x + SAME_PLACE, y2: y + SAME_PLACE }
  const found = stage
    .within(around)
    .filter((other) => other.id !== shape.id && hasBorder(other))
    .map((other) => ({ shape: other, indices: find(other) }))
    .filter(({ indices }) => indices.length > 0)
  const free = found.filter((one) => !one.shape.locked)
  return { free, someLocked: free.length < found.length }
}

/** All the vertices moved to one place. */
export function movedTo({ shape, indices }: Sharer, place: ImagePoint): ShapeChange {
  const points = [...shape.points]
  for (const index of indices) points.splice(2 * index, 2, place.x, place.y)
  return { id: shape.id, points, rotation: shape.rotation }
}

/** A new vertex on each of the edges. */
export function insertedAt({ shape, indices }: Sharer, place: ImagePoint): ShapeChange {
  const points = [...shape.points]
  for (const index of indices.toReversed()) points.splice(2 * index + 2, 0, place.x, place.y)
  return { id: shape.id, points, rotation: shape.rotation }
}

/** The vertices taken away. */
export function withoutThem({ shape, indices }: Sharer): ShapeChange {
  const gone = new Set(indices)
  const points = shape.points.filter((_, i) => !gone.has(i >> 1))
  return { id: shape.id, points, rotation: shape.rotation }
}
