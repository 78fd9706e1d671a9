import { oc } from '@orpc/contract'
import { z } from 'zod'
import { projectIdSchema, requestIdSchema, taskIdSchema } from '../domain/ids.ts'

/** Overlap from which two shapes are the same object, 0 … 1. */
const overlap = (standard: number) => z.coerce.number().min(0).max(1).default(standard)

export const qualityContract = {
  /** Of a task or of all tasks of a project. The request's result is Stats. */
  stats: oc
    .route({
      method: 'POST',
      path: '/stats',
      tags: ['quality'],
      summary: 'How many annotations there are, by label',
    })
    .input(z.union([z.object({ taskId: taskIdSchema }), z.object({ projectId: projectIdSchema })]))
    .output(z.object({ requestId: requestIdSchema })),
  /** The request's result is a ValidationReport. */
  validate: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/validate',
      tags: ['quality'],
      summary: 'Look for what is wrong with annotations and media',
    })
    .input(z.object({ taskId: taskIdSchema, duplicateOverlap: overlap(0.95) }))
    .output(z.object({ requestId: requestIdSchema })),
  /** Compare a task with another, or with a file. The request's result is a Comparison. */
  compare: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/compare',
      tags: ['quality'],
      summary: 'How two sets of annotations differ',
    })
    .input(
      z.object({
        taskId: taskIdSchema,
        with: z.union([
          z.object({ taskId: taskIdSchema }),
          z.object({ path: z.string(), format: z.string().nullable().default(null) }),
        ]),
        overlap: overlap(0.5),
      }),
    )
    .output(z.object({ requestId: requestIdSchema })),
}
