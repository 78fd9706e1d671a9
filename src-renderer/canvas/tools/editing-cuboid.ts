import { type Corner, type Cuboid, cuboidPoints, readCuboid } from '#shared/geometry/cuboid.ts'
import { backInside } from '#shared/geometry/cuboid-edit.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { movePoints } from '../geometry/move.ts'
import type { PointerInput, Stage, ToolState } from './tool-state.ts'

/** What a hand makes of the cuboid as it was when the gesture began. */
export type CuboidEdit = (
  cuboid: Cuboid,
  hand: { readonly by: Corner; readonly shift: boolean },
) => Cuboid

/** A part of a cuboid follows the pointer, and the rest keeps to the rules of perspective. */
export function editingCuboid(
  stage: Stage,
  shape: CanvasShape,
  start: PointerInput,
  edit: CuboidEdit,
  cursor: string,
): ToolState {
  const cuboid = readCuboid(shape.points)
  const change = ({ image, shift }: PointerInput) => {
    const by = { x: image.x - start.image.x, y: image.y - start.image.y }
    const points = cuboidPoints(edit(cuboid, { by, shift }))
    const back = backInside(points, stage.imageSize)
    return [{ id: shape.id, points: movePoints('cuboid', points, back), rotation: 0 }]
  }
  return {
    name: 'editing-cuboid',
    cursor,
    move(input) {
      stage.preview(change(input))
      return undefined
    },
    release(input) {
      stage.commit(change(input), 'resize')
      return 'rest'
    },
    leave: () => stage.preview([]),
  }
}
