import { oc } from '@orpc/contract'
import { z } from 'zod'
import { jobIdSchema } from '../domain/ids.ts'
import { jobSchema } from '../domain/task.ts'

export const jobsContract = {
  get: oc
    .route({ method: 'GET', path: '/jobs/{id}', tags: ['jobs'], summary: 'One job' })
    .input(z.object({ id: jobIdSchema }))
    .output(jobSchema),
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
