import type { Bulk } from '#shared/domain/bulk.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Store } from '../../../ports.ts'
import { FilterSearch, type FrameMatch } from '../../search/filter-search.ts'

/** Holds for everything that has a number. */
const EVERYTHING: Filter = {
  kind: 'rule',
  property: { field: 'objectID' },
  operator: '>',
  value: 0,
}

/**
 * The annotations meant, by frames, each once: those with the ids given, or those that match on the range. A track is
 * meant when it is seen, and matches, on a frame of the range; it comes with the first such frame.
 * Gives way to others every few milliseconds.
 * @throws FILTER_INVALID, NOT_FOUND
 */
export async function* matching(
  store: Store,
  taskId: TaskId,
  { scope, deletedFrames }: Bulk,
): AsyncGenerator<FrameMatch> {
  if (scope.kind === 'ids') {
    const annotations = store.annotations.byIds(taskId, scope.ids)
    const byFrame = Map.groupBy(annotations, ({ frame }) => frame)
    for (const [frame, list] of byFrame) yield { frame, annotations: list }
    return
  }
  const { size } = store.tasks.get(taskId)
  const filter = scope.filter.trim() === '' ? EVERYTHING : requireFilter(scope.filter)
  const deleted = deletedFrames ? 'show' : 'skip'
  const search = new FilterSearch(store, { taskId, filter, deleted })
  yield* search.matches({ first: scope.first, last: Math.min(scope.last, size - 1) }, 'span')
}
