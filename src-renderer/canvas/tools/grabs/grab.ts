import type { CanvasShape } from '../../canvas-api.ts'
import type { Handle } from '../../geometry/handles.ts'
import type { Mark, Next, PointerInput, Stage } from '../tool-state.ts'

/** What the left button does to the one active shape of a type, before anything else is asked. */
export interface Grab {
  /** A press on one of its handles. */
  handle(stage: Stage, shape: CanvasShape, handle: Handle, input: PointerInput): Next
  /** A press anywhere else; undefined = it means nothing to this type there. Locked shapes are asked too. */
  elsewhere?(stage: Stage, shape: CanvasShape, input: PointerInput): Next
  /** What a pointer resting there is shown; null = nothing special. */
  hover?(stage: Stage, shape: CanvasShape, handle: Handle | null, input: PointerInput): Hint | null
}

/** Shows what a press would take hold of. */
export interface Hint {
  /** CSS; left out: that of the handle or shape. */
  readonly cursor?: string
  readonly marks: readonly Mark[]
}
