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
  for await (const match of search.matches({ first: from, last: size - 1 })) {
    frames.push(named(match))
    count += match.annotations.length
    if (count >= limit) return { frames, next: match.frame + 1 < size ? match.frame + 1 : null }
  }
  return { frames, next: null }
}
