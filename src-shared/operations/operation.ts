import { z } from 'zod'
import { annotationSchema } from '../domain/annotation.ts'
import { frameIndexSchema } from '../domain/ids.ts'
import { frameFactsSchema } from '../domain/task.ts'

/**
 * A change as a value: reversible, squashable, storable, sendable. Tools, undo, autosave, history and sync all speak it.
 * `before` and `after` are whole: annotations with the same id, or all facts of one frame.
 */
export const operationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), after: annotationSchema }),
  z.object({ kind: z.literal('update'), before: annotationSchema, after: annotationSchema }),
  z.object({ kind: z.literal('delete'), before: annotationSchema }),
  z.object({
    kind: z.literal('frame'),
    frame: frameIndexSchema,
    before: frameFactsSchema,
    after: frameFactsSchema,
  }),
])
export type Operation = z.infer<typeof operationSchema>
/** What a person says about a frame itself: deleted or restored, checked or not. */
export type FrameOperation = Extract<Operation, { kind: 'frame' }>
export type AnnotationOperation = Exclude<Operation, FrameOperation>

export function isAnnotationOperation(operation: Operation): operation is AnnotationOperation {
  return operation.kind !== 'frame'
}

/**
 * What history calls a step. `key` is a verb of the locale file `history` ("draw", "move", "resize", "delete", "paste",
 * "change-label" …), `count` how many annotations or frames, `label` the label's name where there is one, `type` the shape type.
 */
export const stepTitleSchema = z.object({
  key: z.string(),
  count: z.int(),
  label: z.string().optional(),
  type: z.string().optional(),
})
export type StepTitle = z.infer<typeof stepTitleSchema>

/** One undoable step: what a person did in one gesture. */
export const stepSchema = z.object({
  title: stepTitleSchema,
  /** The frame to show when it is undone or redone. */
  frame: z.int().nonnegative(),
  operations: z.array(operationSchema).min(1),
})
export type Step = z.infer<typeof stepSchema>

/** A line of the history panel. */
export const historyEntrySchema = z.object({
  id: z.int(),
  title: stepTitleSchema,
  frame: z.int(),
  undone: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>
