import { oc } from '@orpc/contract'
import { z } from 'zod'
import { requestIdSchema } from '../domain/ids.ts'
import { workRequestSchema } from '../domain/request.ts'

export const requestsContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/requests',
      tags: ['requests'],
      summary: 'Machine work, newest first',
    })
    .input(z.object({ limit: z.coerce.number().int().positive().max(200).default(50) }))
    .output(z.array(workRequestSchema)),
  get: oc
    .route({ method: 'GET', path: '/requests/{id}', tags: ['requests'], summary: 'One request' })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
  cancel: oc
    .route({ method: 'POST', path: '/requests/{id}/cancel', tags: ['requests'], summary: 'Cancel' })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
  /** It stands as soon as what is under way is done, and keeps all it has, also when Fieldmark ends. */
  pause: oc
    .route({
      method: 'POST',
      path: '/requests/{id}/pause',
      tags: ['requests'],
      summary: 'Pause automatic annotation',
    })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
  resume: oc
    .route({
      method: 'POST',
      path: '/requests/{id}/resume',
      tags: ['requests'],
      summary: 'Go on where it was paused',
    })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
  retry: oc
    .route({
      method: 'POST',
      path: '/requests/{id}/retry',
      tags: ['requests'],
      summary: 'Run a failed or cancelled one again',
    })
    .input(z.object({ id: requestIdSchema }))
    .output(workRequestSchema),
}
