import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'

/** Annotations came on these frames: jobs they are in are in progress, and every window learns of it. */
export function announceAnnotated(
  { store }: Pick<WorkDeps, 'store'>,
  taskId: TaskId,
  frames: readonly FrameIndex[],
  hooks: Pick<WorkHooks, 'event'>,
): void {
  if (frames.length > 0) store.jobs.touch(taskId, frames)
  const task = store.tasks.get(taskId)
  hooks.event({ type: 'annotations', taskId, revision: task.revision, by: null })
  hooks.event({ type: 'task', id: taskId, task })
  announcePredictions({ store }, taskId, hooks)
}

export function announcePredictions(
  { store }: Pick<WorkDeps, 'store'>,
  taskId: TaskId,
  hooks: Pick<WorkHooks, 'event'>,
): void {
  hooks.event({ type: 'predictions', taskId, open: store.predictions.open(taskId) })
}
