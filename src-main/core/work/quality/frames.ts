import type { Tag } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { DatasetFrame } from '../../ports.ts'
import { toDatasetFrame } from '../dataset-task.ts'
import { TaskStream } from '../export/dataset-stream.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'

export interface FrameOfTask {
  readonly frame: DatasetFrame
  readonly annotations: readonly (Tag | WovenShape)[]
}

/**
 * Every live frame of a task with its annotations, tracks as the shapes they are there. Tells progress on the way.
 * @throws CANCELLED
 */
export function* wovenFrames(
  { store }: WorkDeps,
  taskId: TaskId,
  hooks: WorkHooks,
): Generator<FrameOfTask> {
  const selection = { frames: 'all', filter: '' } as const
  const stream = new TaskStream(store, taskId, { job: null, selection })
  let done = 0
  for (const { record, annotations } of stream.frames('woven')) {
    if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'The work' })
    done += 1
    hooks.progress(done, stream.frameCount, `frame ${done} of ${stream.frameCount}`)
    yield { frame: toDatasetFrame(stream, record), annotations }
  }
}
