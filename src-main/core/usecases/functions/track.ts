import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import type { TrackParams } from '../../work/functions/track.ts'
import { readyTask } from '../datasets/ready-task.ts'

type Verb = Usecases['functions']['track']

/**
 * Ask the queue to lead objects from one frame to another. What can be known to be wrong is told now.
 * @throws NOT_FOUND, FUNCTION_WRONG_KIND, FUNCTION_UNAVAILABLE, INPUT_INVALID
 */
export function createTrack(deps: Deps): Verb {
  return async (input) => {
    const { taskId, functionId, from, to } = input
    const task = readyTask(deps, taskId)
    const problem = problemOf(from, to, task.size)
    if (problem) throw new AppError('INPUT_INVALID', problem)
    const tracker = await deps.functions.get(functionId, 'tracker')
    const annotationIds = deps.store.annotations
      .byIds(taskId, input.annotationIds as TrackParams['annotationIds'])
      .map(({ id }) => id)
    if (annotationIds.length === 0 && input.annotationIds.length > 0) {
      const [first] = input.annotationIds
      throw new AppError('NOT_FOUND', { what: 'annotation', id: first ?? 0 })
    }
    const title = `Track objects of ${task.name} with ${tracker.name}`
    const params: TrackParams = { ...input, annotationIds }
    return deps.queue.enqueue('track', taskId, title, params)
  }
}

function problemOf(
  from: number,
  to: number,
  size: number,
): { where: string; problem: string } | null {
  const beyond = `the task has ${size} frames, counted from 0`
  if (from >= size) return { where: 'from', problem: beyond }
  if (to >= size) return { where: 'to', problem: beyond }
  return from === to ? { where: 'to', problem: 'it is the frame the objects are on' } : null
}
