import type { CanvasShape } from '../../canvas-api.ts'
import type { Handle } from '../../geometry/handles.ts'
import type { Next, PointerInput, Stage } from '../tool-state.ts'

/** What the left button does to the one active shape of a type, before anything else is asked. */
export interface Grab {
  /** A press on one of its handles. */
  handle(stage: Stage, shape: CanvasShape, handle: Handle, input: PointerInput): Next
  /** A press anywhere else; undefined = it means nothing to this type there. Locked shapes are asked too. */
  elsewhere?(stage: Stage, shape: CanvasShape, input: PointerInput): Next
}
