import type { Loss } from '#shared/contract/datasets.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { FrameRange, Store } from '../ports.ts'

/** What every format leaves out, as CVAT's do: deleted frames. [] when there are none. */
export function deletedFrameLosses(store: Store, taskId: TaskId, range?: FrameRange): Loss[] {
  const { deleted } = store.frames.marks(taskId)
  const isIn = (frame: number) => !range || (frame >= range.start && frame <= range.stop)
  const count = deleted.filter(isIn).length
  if (count === 0) return []
  const what = `deleted ${count === 1 ? 'frame, with what is' : 'frames, with what is'} annotated there`
  return [{ severity: 'dropped', count, what }]
}
