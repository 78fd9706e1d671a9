import type { TaskId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import type { DatasetFrame, DatasetTask, FrameRange, FrameRecord } from '../ports.ts'
import type { WorkDeps } from './work.ts'

const PAGE = 1000

export function datasetTask({ store }: Pick<WorkDeps, 'store'>, taskId: TaskId): DatasetTask {
  const task = store.tasks.get(taskId)
  return {
    task,
    labels: store.labels.ofTask(taskId),
    jobs: store.jobs.ofTask(taskId),
    frameCount: task.size,
  }
}

/** Every frame record of a task, or of a part of it, in order, a page in memory at a time. */
export function* frameRecords(
  { store }: Pick<WorkDeps, 'store'>,
  taskId: TaskId,
  { start, stop }: FrameRange = { start: 0, stop: Number.MAX_SAFE_INTEGER },
): Iterable<FrameRecord> {
  for (let from = start; from <= stop; from += PAGE) {
    const page = store.frames.records(taskId, from, Math.min(PAGE, stop - from + 1))
    yield* page
    if (page.length < PAGE) return
  }
}

/** The frame as formats see it. The size of a picture that cannot be read is 0 x 0. */
export function toDatasetFrame(
  { task }: { readonly task: Task },
  record: Pick<FrameRecord, 'index' | 'name' | 'width' | 'height'>,
): DatasetFrame {
  return {
    index: record.index,
    absolute: task.startFrame + record.index * task.frameStep,
    name: record.name,
    fileName: task.video === null ? record.name : `${record.name}.PNG`,
    subset: 'default',
    width: record.width ?? 0,
    height: record.height ?? 0,
  }
}
