import { oc } from '@orpc/contract'
import { z } from 'zod'
import { jobIdSchema } from '../domain/ids.ts'
import { jobSchema } from '../domain/task.ts'

export const jobsContract = {
  update: oc
    .route({
      method: 'PATCH',
      path: '/jobs/{id}',
      tags: ['jobs'],
      summary: "Change a job's stage or state",
    })
    .input(
      z.object({
        id: jobIdSchema,
        stage: jobSchema.shape.stage.optional(),
        state: jobSchema.shape.state.optional(),
      }),
    )
    .output(jobSchema),
}
