import { z } from 'zod'
import { importModeSchema } from '#shared/contract/datasets.ts'
import { jobIdSchema, taskIdSchema } from '#shared/domain/ids.ts'

/** What an import into a task, and the look at a file before it, are told. See the contract. */
export const importParams = z.object({
  taskId: taskIdSchema,
  jobId: jobIdSchema.nullable().default(null),
  format: z.string().nullable().default(null),
  path: z.string(),
  mode: importModeSchema,
  labels: z.record(z.string(), z.string().nullable()).default({}),
  createLabels: z.array(z.string()).default([]),
})
export type ImportParams = z.infer<typeof importParams>
