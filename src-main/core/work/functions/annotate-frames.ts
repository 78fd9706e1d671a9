import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { FrameRange, Store } from '../../ports.ts'
import type { AnnotateParams } from '../../usecases/functions/annotate-params.ts'
import { chosenRange } from '../../usecases/functions/frame-choice.ts'
import { FilterSearch } from '../../usecases/search/filter-search.ts'
import { toRanges } from './frame-ranges.ts'

/** Frames counted at one go. */
const PAGE = 10_000

/**
 * The frames to look at: of the task, job or range, without deleted ones; with a filter those on which it finds something,
 * tracks too on every frame they are seen on; with `onlyEmpty` those on which nothing is.
 * @throws FILTER_INVALID, INPUT_INVALID, NOT_FOUND
 */
export async function framesToAnnotate(
  store: Store,
  params: AnnotateParams,
): Promise<FrameRange[]> {
  const { taskId, filter, onlyEmpty } = params
  const range = chosenRange(store, params)
  const deleted = new Set(store.frames.marks(taskId).deleted)
  const wanted = filter.trim() === '' ? null : await framesFound(store, taskId, filter, range)
  function* chosen(): Generator<FrameIndex> {
    for (let first = range.start; first <= range.stop; first += PAGE) {
      const count = Math.min(PAGE, range.stop - first + 1)
      const counts = onlyEmpty ? store.annotations.countByFrame(taskId, first, count) : []
      for (let at = 0; at < count; at += 1) {
        const frame = first + at
        if (deleted.has(frame) || (wanted && !wanted.has(frame))) continue
        if ((counts[at] ?? 0) === 0) yield frame
      }
    }
  }
  return toRanges(chosen())
}

async function framesFound(
  store: Store,
  taskId: TaskId,
  text: string,
  { start, stop }: FrameRange,
): Promise<ReadonlySet<FrameIndex>> {
  const filter = requireFilter(text)
  const search = new FilterSearch(store, { taskId, filter, deleted: 'skip' })
  const found = new Set<FrameIndex>()
  // A search tells each track once, on its first frame; asked frame after frame it tells all that it is seen on.
  for (let from = start; from <= stop; ) {
    const frame = await search.nearest({ first: from, last: stop }, 'forward')
    if (frame === null) break
    found.add(frame)
    from = frame + 1
  }
  return found
}
