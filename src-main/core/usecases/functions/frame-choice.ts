import type { FrameIndex, JobId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FrameRange, Store } from '../../ports.ts'

/**
 * The frames a person means by a task, a job of it, a range, or both.
 * @throws NOT_FOUND also for a job of another task; INPUT_INVALID for a range the wrong way round, or one that is not there
 */
export function chosenRange(
  store: Pick<Store, 'tasks' | 'jobs'>,
  {
    taskId,
    jobId,
    frames,
  }: {
    taskId: TaskId
    jobId: JobId | null
    frames: { start: FrameIndex; stop: FrameIndex } | null
  },
): FrameRange {
  const { size } = store.tasks.get(taskId)
  const job = jobId === null ? null : store.jobs.get(jobId)
  if (job && job.taskId !== taskId) throw new AppError('NOT_FOUND', { what: 'job', id: job.id })
  const all = job ? { start: job.startFrame, stop: job.stopFrame } : { start: 0, stop: size - 1 }
  if (!frames) return all
  if (frames.stop < frames.start) throw invalid('frames', 'the last frame is before the first')
  if (frames.start < all.start || frames.stop > all.stop)
    throw invalid('frames', `there are frames ${all.start} to ${all.stop}`)
  return frames
}

const invalid = (where: string, problem: string) =>
  new AppError('INPUT_INVALID', { where, problem })
