import type { AnnotationId } from '#shared/domain/ids.ts'
import type { ShapeChange } from '../canvas-api.ts'
import { allowedMove, moved } from '../geometry/move.ts'
import type { ImagePoint } from '../geometry/space.ts'
import type { PointerInput, Stage, ToolState } from './tool-state.ts'

/**
 * Shapes follow the pointer as a whole, as far as `allowedMove` lets them. Locked and pinned ones stay behind.
 * @returns undefined when none of them may move
 */
export function movingShapes(
  stage: Stage,
  ids: readonly AnnotationId[],
  start: PointerInput,
): ToolState | undefined {
  const shapes = ids
    .map((id) => stage.shape(id))
    .filter((shape) => shape !== undefined)
    .filter((shape) => !shape.locked && !shape.pinned)
  if (shapes.length === 0) return undefined
  let changes: readonly ShapeChange[] = []
  const moveTo = (point: ImagePoint) => {
    const wish = { x: point.x - start.image.x, y: point.y - start.image.y }
    const by = allowedMove(shapes, wish, stage.imageSize)
    changes = shapes.map((shape) => {
      const { points, elements } = moved(shape, by)
      const joints = elements.length > 0 ? { elements } : {}
      return { id: shape.id, points, rotation: shape.rotation, ...joints }
    })
    stage.preview(changes)
  }
  return {
    name: 'moving',
    cursor: 'move',
    move({ image }) {
      moveTo(image)
      return undefined
    },
    release({ image }) {
      moveTo(image)
      stage.commit(changes, 'move')
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}
