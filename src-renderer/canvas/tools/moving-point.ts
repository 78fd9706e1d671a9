import { FEWEST_POINTS, isFlat } from '#shared/geometry/shape-rules.ts'
import type { CanvasShape, ShapeChange } from '../canvas-api.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import {
  insertedAt,
  movedTo,
  type Sharers,
  sharersOfEdge,
  sharersOfVertex,
  withoutThem,
} from './neighbours.ts'
import type { Next, Stage, ToolState } from './tool-state.ts'

/**
 * One vertex follows the pointer; with shared borders, neighbours' vertices in the same place go along.
 * @param index  the vertex, or for `add-point` the vertex after which a new one is put
 */
export function movingPoint(
  stage: Stage,
  shape: CanvasShape,
  index: number,
  verb: 'move-point' | 'add-point',
): ToolState {
  const sharers =
    verb === 'move-point'
      ? sharersOfVertex(stage, shape, index)
      : sharersOfEdge(stage, shape, index)
  const own = { shape, indices: [index] }
  const change = verb === 'move-point' ? movedTo : insertedAt
  const changes = (pointer: ImagePoint) => {
    const place = clampToImage(pointer, stage.imageSize)
    return [own, ...sharers.free].map((one) => change(one, place))
  }
  return {
    name: 'moving-point',
    cursor: 'grabbing',
    move({ image }) {
      stage.preview(changes(image))
      return undefined
    },
    release({ image }) {
      const made = changes(image)
      if (isFlat(shape.type, made[0]?.points ?? [])) stage.emit('hint', { key: 'shapeTooSmall' })
      else commit(stage, made, verb, sharers)
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}

/** A new vertex after `index`, at once; with shared borders also on the neighbours' same edge. */
export function addPoint(stage: Stage, shape: CanvasShape, index: number, place: ImagePoint): Next {
  const sharers = sharersOfEdge(stage, shape, index)
  const all = [{ shape, indices: [index] }, ...sharers.free]
  commit(
    stage,
    all.map((one) => insertedAt(one, place)),
    'add-point',
    sharers,
  )
  return 'rest'
}

/** Takes one vertex away, with shared borders everywhere it is; not at all when one of the shapes has none to spare. */
export function deletePoint(stage: Stage, shape: CanvasShape, index: number): Next {
  const sharers = sharersOfVertex(stage, shape, index)
  const all = [{ shape, indices: [index] }, ...sharers.free]
  const isEnough = all.every(
    (one) => one.shape.points.length / 2 - one.indices.length >= fewest(one.shape),
  )
  if (isEnough) commit(stage, all.map(withoutThem), 'delete-point', sharers)
  else stage.emit('hint', { key: 'tooFewPointsToDelete' })
  return 'rest'
}

const fewest = ({ type }: CanvasShape): number =>
  type in FEWEST_POINTS ? FEWEST_POINTS[type as keyof typeof FEWEST_POINTS] : 1

function commit(
  stage: Stage,
  changes: readonly ShapeChange[],
  verb: 'move-point' | 'add-point' | 'delete-point',
  { someLocked }: Sharers,
): void {
  stage.commit(changes, verb)
  if (someLocked) stage.emit('hint', { key: 'lockedNeighbourStays' })
}
