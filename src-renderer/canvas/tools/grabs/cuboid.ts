import type { Cuboid, End, Side } from '#shared/geometry/cuboid.ts'
import {
  drawPerspective,
  moveRear,
  moveSide,
  stretchDepth,
  stretchHeight,
  stretchSide,
} from '#shared/geometry/cuboid-edit.ts'
import type { CanvasShape } from '../../canvas-api.ts'
import { facePoints, loneFaceAt } from '../../geometry/cuboid-faces.ts'
import type { CuboidPart } from '../../geometry/handles/cuboid.ts'
import type { ImagePoint } from '../../geometry/space.ts'
import { type CuboidEdit, editingCuboid } from '../editing-cuboid.ts'
import { pressing } from '../pressing.ts'
import type { Grab } from './grab.ts'

const SIDES: readonly Side[] = ['left', 'right']
const ENDS: readonly End[] = ['top', 'bottom']

export const cuboidGrab: Grab = {
  handle(stage, shape, handle, input) {
    if (handle.kind !== 'own') return undefined
    const edit = editOf(handle.part as CuboidPart, handle.index, handle.at)
    const drag = () => editingCuboid(stage, shape, input, edit, handle.cursor)
    return pressing(input, { cursor: handle.cursor, click: () => 'rest', drag })
  },

  elsewhere(stage, shape, input) {
    if (shape.locked || input.shift || input.ctrl || input.alt) return undefined
    const face = loneFaceAt(shape.points, input.image, stage.pixel)
    if (face === null) return undefined
    const edit: CuboidEdit = (cuboid, { by }) =>
      face === 'rear' ? moveRear(cuboid, by) : moveSide(cuboid, face, by)
    return pressing(input, {
      cursor: 'move',
      click() {
        stage.emit('select', { ids: [shape.id], additive: false })
        return 'rest'
      },
      drag: () => editingCuboid(stage, shape, input, edit, 'move'),
    })
  },

  hover(stage, shape, handle, input) {
    if (handle || shape.locked) return null
    const face = loneFaceAt(shape.points, input.image, stage.pixel)
    return face && { cursor: 'move', marks: [faceMark(shape, facePoints(shape.points, face))] }
  },
}

function faceMark({ color }: CanvasShape, points: readonly number[]) {
  return { kind: 'path', points, closed: true, color, fill: 0.25, width: 2 } as const
}

/** What dragging a handle does. Every hand works from where the gesture began, so nothing adds up. */
function editOf(part: CuboidPart, index: number, at: ImagePoint): CuboidEdit {
  const end = ENDS[index % 2] ?? 'top'
  switch (part) {
    case 'corner':
    case 'level':
      return (cuboid, { by }) => stretchHeight(cuboid, end, by.y)
    case 'side':
      return (cuboid, { by }) => stretchSide(cuboid, SIDES[index] ?? 'left', at.x + by.x)
    case 'rear':
      return (cuboid, { by }) => stretchDepth(cuboid, { x: at.x + by.x, y: at.y + by.y })
    case 'rear-corner':
      return (cuboid, { by, shift }) =>
        shift ? drawPerspective(cuboid, end, at.y + by.y) : raise(cuboid, end, by.y)
  }
}

/** The rear follows the front scaled, so the front goes farther (or less far) for the rear corner to keep to the pointer. */
function raise(cuboid: Cuboid, end: End, by: number): Cuboid {
  return stretchHeight(cuboid, end, by / cuboid.scale)
}
