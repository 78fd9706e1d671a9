import { oc } from '@orpc/contract'
import { z } from 'zod'
import { jobIdSchema, requestIdSchema, taskIdSchema } from '../domain/ids.ts'

export const formatInfoSchema = z.object({
  /** CVAT's exact name, e.g. `COCO 1.0`. */
  name: z.string(),
  import: z.boolean(),
  export: z.boolean(),
  dimension: z.enum(['2d', '3d']),
  /** Extension of the exported file, without the dot. */
  extension: z.string(),
  description: z.string(),
})
export type FormatInfo = z.infer<typeof formatInfoSchema>

/** One thing a format cannot hold, counted on this task's annotations. */
export const lossSchema = z.object({
  /** `dropped`: not written at all. `changed`: written as something else. */
  severity: z.enum(['dropped', 'changed']),
  count: z.int(),
  what: z.string(),
})
export type Loss = z.infer<typeof lossSchema>

/** One job of the task, with its part of every track; null: the whole task. */
const onlyJob = jobIdSchema.nullable().default(null)

export const datasetsContract = {
  formats: oc
    .route({ method: 'GET', path: '/formats', tags: ['datasets'], summary: 'Dataset formats' })
    .output(z.array(formatInfoSchema)),
  lossReport: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/losses',
      tags: ['datasets'],
      summary: 'What a format cannot hold of this task',
    })
    .input(z.object({ taskId: taskIdSchema, jobId: onlyJob, format: z.string() }))
    .output(z.object({ annotations: z.int(), losses: z.array(lossSchema) })),
  /** Writes beside the final name and renames at the end. `path` null: the data directory's `exports/` folder. */
  export: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/export',
      tags: ['datasets'],
      summary: 'Export a dataset to a file',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        jobId: onlyJob,
        format: z.string(),
        path: z.string().nullable().default(null),
        withImages: z.boolean().default(false),
        overwrite: z.boolean().default(true),
      }),
    )
    .output(z.object({ requestId: requestIdSchema })),
  /** `replace` (CVAT's way) swaps the task's annotations for the file's, `add` keeps both. Undoable either way. */
  import: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/import',
      tags: ['datasets'],
      summary: 'Import annotations from a file',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        format: z.string(),
        path: z.string(),
        mode: z.enum(['replace', 'add']).default('replace'),
      }),
    )
    .output(z.object({ requestId: requestIdSchema })),
}
