import { oc } from '@orpc/contract'
import { z } from 'zod'
import { requestIdSchema, taskIdSchema } from '../domain/ids.ts'
import { sidecarFormatSchema, sidecarStateSchema } from '../domain/sidecar.ts'
import { lossSchema } from './datasets.ts'

/** Files of other programs beside a task's pictures, kept in step with its annotations: docs/sidecar.md. */
export const sidecarContract = {
  get: oc
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/sidecar',
      tags: ['sidecar'],
      summary: 'Whether a task keeps files beside its pictures, and how they stand',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(sidecarStateSchema),
  /**
   * Switch it on in a format, or off (null): files stay as they are then. `requestId` is the first pass over the files,
   * whose result is a SidecarReport; `losses` is what the format cannot hold, and what therefore stays here alone.
   * @throws SIDECAR_NO_PLACE, SIDECAR_READ_ONLY
   */
  set: oc
    .route({
      method: 'PUT',
      path: '/tasks/{taskId}/sidecar',
      tags: ['sidecar'],
      summary:
        'Keep files of another program beside the pictures in step with the annotations, or stop',
    })
    .input(z.object({ taskId: taskIdSchema, format: sidecarFormatSchema.nullable() }))
    .output(z.object({ requestId: requestIdSchema.nullable(), losses: z.array(lossSchema) })),
  /** Look at every file now. The request's result is a SidecarReport. @throws SIDECAR_OFF */
  sync: oc
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/sidecar/sync',
      tags: ['sidecar'],
      summary: 'Look at every file now: write what changed here, read what changed there',
    })
    .input(z.object({ taskId: taskIdSchema }))
    .output(z.object({ requestId: requestIdSchema })),
}
