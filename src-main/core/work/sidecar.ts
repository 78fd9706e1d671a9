import { z } from 'zod'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { syncTask } from '../sidecar/sync-task.ts'
import { readPendingHeaders } from './media/index-headers.ts'
import type { Work } from './work.ts'

const sidecarParams = z.object({ taskId: taskIdSchema })

/** Every file beside a task's pictures looked at: see core/sidecar. */
export const sidecar: Work = async (deps, params, hooks) => {
  const { taskId } = sidecarParams.parse(params)
  await readPendingHeaders(deps, taskId, hooks)
  return syncTask(deps, taskId, null, hooks)
}
