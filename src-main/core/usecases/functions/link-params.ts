import { z } from 'zod'
import { functionIdSchema } from '#shared/domain/function.ts'
import { frameIndexSchema, taskIdSchema } from '#shared/domain/ids.ts'

/** What a stored request to link boxes was asked for. */
export const linkParamsSchema = z.object({
  taskId: taskIdSchema,
  /** Both ends included. */
  range: z.object({ start: frameIndexSchema, stop: frameIndexSchema }),
  functionId: functionIdSchema,
  threshold: z.number(),
  maxDistance: z.number(),
  maxGap: z.int(),
  keepSingles: z.boolean(),
  preview: z.boolean(),
})
export type LinkParams = z.infer<typeof linkParamsSchema>
