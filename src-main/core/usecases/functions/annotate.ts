import { AppError } from '#shared/errors/app-error.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { readyTask } from '../datasets/ready-task.ts'
import type { AnnotateParams } from './annotate-params.ts'
import { checkedRun } from './detector-run.ts'
import { chosenRange } from './frame-choice.ts'

/** A request of the queue. Whatever can be wrong with it is said before it is one. */
export function createAnnotate(deps: Deps): Usecases['functions']['annotate'] {
  return async ({ taskId, jobId, frames, filter, ...asked }) => {
    readyTask(deps, taskId)
    const { task, info, mapping, resolved } = await checkedRun(deps, taskId, asked)
    if (resolved.size === 0) {
      const problem = `none of the labels of ${info.name} is one of the task's`
      throw new AppError('MAPPING_INVALID', { problem })
    }
    chosenRange(deps.store, { taskId, jobId, frames })
    if (filter.trim() !== '') requireFilter(filter)
    if (asked.cleanup && asked.as === 'predictions') {
      const problem = 'predictions lie beside the annotations, so there is nothing to clean'
      throw new AppError('INPUT_INVALID', { where: 'cleanup', problem })
    }
    const params: AnnotateParams = {
      ...{ ...asked, taskId, jobId, frames, filter, mapping },
      functionName: info.name,
    }
    const title = `${info.name} on ${task.name}`
    return deps.queue.enqueue('annotate', taskId, title, params)
  }
}
