import { oc } from '@orpc/contract'
import { z } from 'zod'
import { annotationSchema } from '../domain/annotation.ts'
import { annotationIdSchema, taskIdSchema } from '../domain/ids.ts'
import { historyEntrySchema, operationSchema, stepSchema } from '../operations/operation.ts'

/** What every change of annotations answers: the new revision and the operations that were carried out. */
export const changeResultSchema = z.object({
  revision: z.int(),
  entry: historyEntrySchema,
  operations: z.array(operationSchema),
})
export type ChangeResult = z.infer<typeof changeResultSchema>

export const annotationsContract = {
  frame: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/annotations/{frame}',
      tags: ['annotations'],
      summary: "One frame's annotations",
    })
    .input(z.object({ taskId: taskIdSchema, frame: z.coerce.number().int().nonnegative() }))
    .output(z.object({ revision: z.int(), annotations: z.array(annotationSchema) })),
  /** Ids for annotations to come, so that a client can name what it creates before the core has seen it. Never given twice. */
  reserveIds: oc
    .route({
      method: 'POST',
      path: '/annotations/ids',
      tags: ['annotations'],
      summary: 'Reserve annotation ids',
    })
    .input(z.object({ count: z.int().positive().max(100_000) }))
    .output(z.object({ first: annotationIdSchema, count: z.int() })),
  /**
   * Carry out one step in one transaction. `baseRevision` is the revision it was made on: a stale one is accepted when
   * nothing it touches changed since, else refused with REVISION_CONFLICT. `clientStepId` makes a repeat harmless: the
   * same id again answers as the first time did. A new step drops what had been undone.
   */
  apply: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/annotations',
      tags: ['annotations'],
      summary: 'Carry out one step',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        baseRevision: z.int().nonnegative(),
        clientStepId: z.string().min(1).max(64),
        step: stepSchema,
      }),
    )
    .output(changeResultSchema),
  undo: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/undo',
      tags: ['annotations'],
      summary: 'Take the last step back',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(changeResultSchema),
  redo: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/redo',
      tags: ['annotations'],
      summary: 'Carry the last undone step out again',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(changeResultSchema),
  /** Newest first. `before`: entries older than that id. */
  history: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/history',
      tags: ['annotations'],
      summary: 'Steps, newest first',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        before: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().positive().max(500).default(100),
      }),
    )
    .output(z.array(historyEntrySchema)),
}
