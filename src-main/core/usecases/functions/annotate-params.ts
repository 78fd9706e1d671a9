import { z } from 'zod'
import { detectorRunSchema } from '#shared/contract/functions.ts'
import { frameIndexSchema, jobIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import { labelMappingSchema } from '#shared/domain/label-mapping.ts'

/** What a stored request of automatic annotation was asked for. */
export const annotateParamsSchema = detectorRunSchema.extend({
  taskId: taskIdSchema,
  jobId: jobIdSchema.nullable(),
  frames: z.object({ start: frameIndexSchema, stop: frameIndexSchema }).nullable(),
  filter: z.string(),
  onlyEmpty: z.boolean(),
  cleanup: z.boolean(),
  as: z.enum(['annotations', 'predictions']),
  /** Said out, so that running it again does the same. */
  mapping: labelMappingSchema,
  /** As people know the function: history names the step so. */
  functionName: z.string(),
})
export type AnnotateParams = z.infer<typeof annotateParamsSchema>
