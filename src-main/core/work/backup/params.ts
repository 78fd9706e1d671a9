import { z } from 'zod'
import { projectIdSchema, taskIdSchema } from '#shared/domain/ids.ts'

/** What is backed up, and where to. */
export const backupParams = z.discriminatedUnion('what', [
  z.object({ what: z.literal('task'), taskId: taskIdSchema, path: z.string() }),
  z.object({ what: z.literal('project'), projectId: projectIdSchema, path: z.string() }),
  z.object({ what: z.literal('library'), withModels: z.boolean(), path: z.string() }),
])

export const restoreParams = z.object({ what: z.enum(['task', 'project']), path: z.string() })
