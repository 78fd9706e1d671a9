import { z } from 'zod'
import { bulkSchema } from '#shared/domain/bulk.ts'
import { requestIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import { runBulk } from '../usecases/annotations/bulk/run.ts'
import type { Work } from './work.ts'

const bulkParams = z.object({ taskId: taskIdSchema, bulk: bulkSchema })

/** A bulk action that is too large to be done while a person waits: see `usecases/annotations/bulk`. */
export const bulkEdit: Work = async (deps, params, hooks, requestId) => {
  const { taskId, bulk } = bulkParams.parse(params)
  const id = requestIdSchema.parse(requestId)
  const report = await runBulk(deps.store, {
    taskId,
    bulk,
    clientStepId: `request:${id}`,
    requestId: id,
    progress: (done) => hooks.progress(done, null, `${done.toLocaleString('en')} changes`),
  })
  const task = deps.store.tasks.get(taskId)
  hooks.event({ type: 'annotations', taskId, revision: task.revision, by: null })
  hooks.event({ type: 'task', id: taskId, task })
  return report
}
