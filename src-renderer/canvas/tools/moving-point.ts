import type { CanvasShape } from '../canvas-api.ts'
import { clampToImage, type ImagePoint } from '../geometry/space.ts'
import type { Next, Stage, ToolState } from './tool-state.ts'

const FEWEST_POINTS: Partial<Record<CanvasShape['type'], number>> = { polygon: 3, polyline: 2 }

/**
 * One vertex follows the pointer.
 * @param index  the vertex, or for `add-point` the vertex after which a new one is put
 */
export function movingPoint(
  stage: Stage,
  shape: CanvasShape,
  index: number,
  verb: 'move-point' | 'add-point',
): ToolState {
  const [from, replaced] = verb === 'add-point' ? [index + 1, 0] : [index, 1]
  let points: readonly number[] | null = null
  const change = (pointer: ImagePoint) => {
    const { x, y } = clampToImage(pointer, stage.imageSize)
    points = shape.points.toSpliced(2 * from, 2 * replaced, x, y)
    return [{ id: shape.id, points, rotation: shape.rotation }]
  }
  return {
    name: 'moving-point',
    cursor: 'grabbing',
    move({ image }) {
      stage.preview(change(image))
      return undefined
    },
    release({ image }) {
      stage.commit(change(image), verb)
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}

/** A new vertex after `index`, at once. */
export function addPoint(stage: Stage, shape: CanvasShape, index: number, place: ImagePoint): Next {
  const points = shape.points.toSpliced(2 * index + 2, 0, place.x, place.y)
  stage.commit([{ id: shape.id, points, rotation: shape.rotation }], 'add-point')
  return 'rest'
}

/** Takes one vertex away, unless too few would be left. */
export function deletePoint(stage: Stage, shape: CanvasShape, index: number): Next {
  if (shape.points.length / 2 <= (FEWEST_POINTS[shape.type] ?? 1)) {
    stage.emit('hint', { key: 'tooFewPointsToDelete' })
    return 'rest'
  }
  const points = shape.points.toSpliced(2 * index, 2)
  stage.commit([{ id: shape.id, points, rotation: shape.rotation }], 'delete-point')
  return 'rest'
}
