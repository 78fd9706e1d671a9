import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { FilterSearch, type FrameMatch } from './filter-search.ts'

type Query = Usecases['annotations']['query']

/** See the contract. @throws FILTER_INVALID, NOT_FOUND */
export async function queryAnnotations(
  { store }: Deps,
  { taskId, filter, from, limit }: Parameters<Query>[0],
): Promise<Awaited<ReturnType<Query>>> {
  const { size } = store.tasks.get(taskId)
  const search = new FilterSearch(store, {
    taskId,
    filter: requireFilter(filter),
    deleted: 'skip',
  })
  const named = ({ frame, annotations }: FrameMatch) => {
    const name = store.frames.list(taskId, frame, 1)[0]?.name ?? ''
    return { frame, name, annotations }
  }
  const frames: ReturnType<typeof named>[] = []
  let count = 0
  // What is read is told: a page that ended in the middle of a piece would have its rest read again by the next.
  for await (const piece of search.pieces({ first: from, last: size - 1 })) {
    frames.push(...piece.frames.map(named))
    count = piece.frames.reduce((sum, { annotations }) => sum + annotations.length, count)
    if (count >= limit && piece.last + 1 < size) return { frames, next: piece.last + 1 }
  }
  return { frames, next: null }
}
