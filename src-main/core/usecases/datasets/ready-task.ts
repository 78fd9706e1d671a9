import { access } from 'node:fs/promises'
import type { Job, Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetFormat } from '../../ports.ts'
import type { Deps } from '../../usecase.ts'

/** @throws INPUT_INVALID while the media are still being listed */
export function readyTask({ store }: Deps, id: Task['id']): Task {
  const task = store.tasks.get(id)
  if (task.mediaState === 'ready') return task
  throw new AppError('INPUT_INVALID', {
    where: `task ${id}`,
    problem:
      task.mediaState === 'scanning'
        ? 'its media are still being listed; wait a moment'
        : 'its media could not be listed; relink it first',
  })
}

/** @throws NOT_FOUND for a job of another task */
export function jobOf({ store }: Deps, taskId: Task['id'], jobId: Job['id'] | null): Job | null {
  if (jobId === null) return null
  const job = store.jobs.get(jobId)
  if (job.taskId !== taskId) throw new AppError('NOT_FOUND', { what: 'job', id: jobId })
  return job
}

export function cannot(format: DatasetFormat, verb: string): AppError {
  return new AppError('INPUT_INVALID', {
    where: `format ${format.name}`,
    problem: `it cannot be ${verb}`,
  })
}

export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
