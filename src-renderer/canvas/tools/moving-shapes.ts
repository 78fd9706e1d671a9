import type { AnnotationId } from '#shared/domain/ids.ts'
import type { ShapeChange } from '../canvas-api.ts'
import { clampMove, movePoints } from '../geometry/move.ts'
import { shapeBox, unionBox } from '../geometry/shape-box.ts'
import type { ImagePoint } from '../geometry/space.ts'
import type { PointerInput, Stage, ToolState } from './tool-state.ts'

/**
 * Shapes follow the pointer as a whole and stay inside the picture. Locked and pinned ones stay behind.
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
    .filter((shape) => !shape.locked && !shape.pinned && shape.type !== 'skeleton')
  const box = unionBox(shapes.map(shapeBox))
  if (!box) return undefined
  let changes: readonly ShapeChange[] = []
  const moveTo = (point: ImagePoint) => {
    const wish = { x: point.x - start.image.x, y: point.y - start.image.y }
    const by = clampMove(box, wish, stage.imageSize)
    changes = shapes.map(({ id, type, points, rotation }) => {
      return { id, points: movePoints(type, points, by), rotation }
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
