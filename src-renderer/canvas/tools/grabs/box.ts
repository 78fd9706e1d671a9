import { resizing } from '../resizing.ts'
import { rotating } from '../rotating.ts'
import type { Grab } from './grab.ts'

/** Rectangle and ellipse. */
export const boxGrab: Grab = {
  handle(stage, shape, handle) {
    if (handle.kind === 'corner') return resizing(stage, shape, handle.index)
    return handle.kind === 'rotate' ? rotating(stage, shape) : undefined
  },
}
