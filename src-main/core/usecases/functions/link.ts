import type { Deps, Usecases } from '../../usecase.ts'
import { readyTask } from '../datasets/ready-task.ts'
import { chosenRange } from './frame-choice.ts'
import type { LinkParams } from './link-params.ts'

/**
 * Ask the queue to link boxes into tracks by their looks.
 * @throws NOT_FOUND, FUNCTION_WRONG_KIND, INPUT_INVALID
 */
export function createLink(deps: Deps): Usecases['functions']['link'] {
  return async ({ taskId, jobId, frames, ...how }) => {
    const task = readyTask(deps, taskId)
    const { name } = await deps.functions.get(how.functionId, 'reid')
    const range = chosenRange(deps.store, { taskId, jobId, frames })
    const params: LinkParams = { ...how, taskId, range }
    return deps.queue.enqueue('link', taskId, `Link boxes of ${task.name} with ${name}`, params)
  }
}
