import { z } from 'zod'
import { projectIdSchema, taskIdSchema } from '../domain/ids.ts'
import { workRequestSchema } from '../domain/request.ts'
import { sidecarFormatSchema } from '../domain/sidecar.ts'
import { taskSchema } from '../domain/task.ts'

/**
 * The one event stream, `GET /events` (SSE; `id:` is the sequence, so a client that reconnects says `Last-Event-ID`).
 * - `request`: a request's state or progress changed
 * - `task`: a task was created or changed (not its annotations); null task = deleted
 * - `annotations`: the task's annotations reached `revision`; `by` is the clientStepId of the step, null for imports and undo
 * - `predictions`: the layer of a task's predictions changed, in `open` ones
 * - `functions`: what can be called has changed: a model was removed or runs elsewhere, a connection was changed or forgotten
 * - `sidecar`: a task keeps files beside its pictures now, or in no format any more (null), or how many have a problem changed
 * - `preview`: the first picture of a task being scanned can be shown from `/frames/{taskId}/preview`
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), request: workRequestSchema }),
  z.object({ type: z.literal('task'), id: taskIdSchema, task: taskSchema.nullable() }),
  z.object({ type: z.literal('project'), id: projectIdSchema }),
  z.object({
    type: z.literal('annotations'),
    taskId: taskIdSchema,
    revision: z.int(),
    by: z.string().nullable(),
  }),
  z.object({ type: z.literal('predictions'), taskId: taskIdSchema, open: z.int() }),
  z.object({ type: z.literal('functions') }),
  z.object({
    type: z.literal('sidecar'),
    taskId: taskIdSchema,
    format: sidecarFormatSchema.nullable(),
    problemCount: z.int(),
  }),
  z.object({ type: z.literal('preview'), taskId: taskIdSchema, name: z.string(), found: z.int() }),
])
export type AppEvent = z.infer<typeof eventSchema>
