import { oc } from '@orpc/contract'
import { z } from 'zod'
import { projectIdSchema } from '../domain/ids.ts'
import { projectSchema } from '../domain/task.ts'

import { rawLabels } from './raw-labels.ts'

export const projectsContract = {
  list: oc
    .route({ method: 'GET', path: '/projects', tags: ['projects'], summary: 'List projects' })
    .output(z.array(projectSchema)),
  get: oc
    .route({ method: 'GET', path: '/projects/{id}', tags: ['projects'], summary: 'One project' })
    .input(z.object({ id: projectIdSchema }))
    .output(projectSchema),
  create: oc
    .route({ method: 'POST', path: '/projects', tags: ['projects'], summary: 'Create a project' })
    .input(
      z.object({
        name: z.string().trim().min(1),
        labels: rawLabels,
        bugTracker: z.string().default(''),
      }),
    )
    .output(projectSchema),
  update: oc
    .route({
      method: 'PATCH',
      path: '/projects/{id}',
      tags: ['projects'],
      summary: 'Rename a project or change its labels',
    })
    .input(
      z.object({
        id: projectIdSchema,
        name: z.string().trim().min(1).optional(),
        bugTracker: z.string().optional(),
        /** The whole new list: labels without `id` are added, those left out are removed. */
        labels: rawLabels.optional(),
      }),
    )
    .output(projectSchema),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/projects/{id}',
      tags: ['projects'],
      summary: 'Delete a project and its tasks',
    })
    .input(z.object({ id: projectIdSchema }))
    .output(z.object({ deleted: z.boolean() })),
}
