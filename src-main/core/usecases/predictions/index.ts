import { randomUUID } from 'node:crypto'
import type { TaskId } from '#shared/domain/ids.ts'
import type { PredictionChoice } from '#shared/domain/prediction.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { publishTask } from '../../usecase.ts'
import { acceptNow } from './accept-predictions.ts'
import { differencesOf } from './differences.ts'

/** More take longer than a person waits without being told how far it is. */
const MOST_AT_ONCE = 1000

export function predictionUsecases(deps: Deps): Usecases['predictions'] {
  const { store, events, queue } = deps

  function tell(taskId: TaskId): number {
    const open = store.predictions.open(taskId)
    events.publish({ type: 'predictions', taskId, open })
    return open
  }

  async function decide(
    verdict: 'reject' | 'restore',
    taskId: TaskId,
    choice: PredictionChoice,
  ): Promise<{ count: number; open: number }> {
    store.tasks.get(taskId)
    let count = 0
    for (let from: number | null = 0; from !== null; ) {
      const slice = store.predictions.decide(taskId, verdict, choice, from)
      count += slice.count
      from = slice.next
      // A layer of a million takes seconds: whoever asks for something else meanwhile gets it.
      await new Promise(setImmediate)
    }
    return { count, open: tell(taskId) }
  }

  return {
    frame: ({ taskId, frame }) => store.predictions.ofFrame(taskId, frame),
    summary: ({ taskId }) => {
      const { byLabel, byScore, ...counts } = store.predictions.summary(taskId)
      return { ...counts, byLabel: [...byLabel], byScore: [...byScore] }
    },
    next: ({ taskId, from, direction, ...filter }) => ({
      frame: store.predictions.nextFrame(taskId, from, direction, filter),
    }),
    accept: ({ taskId, replaces, ...choice }) => {
      const task = store.tasks.get(taskId)
      const count = store.predictions.count(taskId, choice)
      if (count > MOST_AT_ONCE && replaces === undefined) {
        const title = `Accept predictions of ${task.name}`
        const request = queue.enqueue('accept-predictions', taskId, title, { taskId, choice })
        return { count, open: store.predictions.open(taskId), requestId: request.id }
      }
      const accepted = acceptNow(store, { taskId, choice, replaces }, `accept:${randomUUID()}`)
      if (accepted.count > 0) {
        deps.sidecars.touched(taskId, accepted.frames)
        events.publish({ type: 'annotations', taskId, revision: accepted.revision, by: null })
        store.jobs.touch(taskId, accepted.frames)
        publishTask(deps, taskId)
      }
      return { count: accepted.count, open: tell(taskId), requestId: null }
    },
    reject: ({ taskId, ...choice }) => decide('reject', taskId, choice),
    restore: ({ taskId, ...choice }) => decide('restore', taskId, choice),
    clear: async ({ taskId }) => {
      store.tasks.get(taskId)
      const count = store.predictions.open(taskId)
      while (store.predictions.clear(taskId)) await new Promise(setImmediate)
      return { count, open: tell(taskId) }
    },
    differences: ({ taskId, ...how }) => differencesOf(store, taskId, how),
  }
}
