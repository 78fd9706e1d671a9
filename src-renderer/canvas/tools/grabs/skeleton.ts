import type { CanvasShape } from '../../canvas-api.ts'
import type { Handle } from '../../geometry/handles.ts'
import { skeletonFrame } from '../../geometry/skeleton.ts'
import type { ImagePoint } from '../../geometry/space.ts'
import { movingJoint, scalingSkeleton, turningSkeleton } from '../editing-skeleton.ts'
import { movingShapes } from '../moving-shapes.ts'
import { panning } from '../panning.ts'
import { pressing } from '../pressing.ts'
import type { Stage, ToolState } from '../tool-state.ts'
import type { Grab } from './grab.ts'

/** Joints one by one; the whole by the box around it. */
export const skeletonGrab: Grab = {
  handle(stage, shape, handle, input) {
    const drag = dragOf(stage, shape, handle)
    if (!drag) return undefined
    const isJoint = handle.kind === 'own'
    return pressing(input, {
      cursor: 'grabbing',
      click() {
        const additive = input.shift || input.ctrl
        if (isJoint) stage.emit('select', { ids: [shape.id], additive })
        return 'rest'
      },
      drag,
    })
  },

  /** Anywhere in the box, even where another shape lies in front: what has handles can be moved by what they stand around. */
  elsewhere(stage, shape, input) {
    if (input.shift || input.ctrl || !isInFrame(stage, shape, input.image)) return undefined
    return pressing(input, {
      cursor: 'move',
      click() {
        const [top] = stage.hits(input.image)
        stage.emit('select', { ids: [top?.id ?? shape.id], additive: false })
        return 'rest'
      },
      drag: () => movingShapes(stage, [shape.id], input) ?? panning(stage, input.screen),
    })
  },

  hover(_stage, shape, handle) {
    if (handle?.kind !== 'own') return null
    const name = shape.skeleton?.joints[handle.index]?.name ?? ''
    return { marks: [{ kind: 'text', at: handle.at, text: name }] }
  },
}

function dragOf(stage: Stage, shape: CanvasShape, handle: Handle): (() => ToolState) | null {
  switch (handle.kind) {
    case 'corner':
      return () => scalingSkeleton(stage, shape, handle.index)
    case 'rotate':
      return () => turningSkeleton(stage, shape)
    case 'own':
      return () => movingJoint(stage, shape, handle.index)
    default:
      return null
  }
}

function isInFrame(stage: Stage, shape: CanvasShape, { x, y }: ImagePoint): boolean {
  const { x1, y1, x2, y2 } = skeletonFrame(shape, stage.pixel)
  return x >= x1 && x <= x2 && y >= y1 && y <= y2
}
