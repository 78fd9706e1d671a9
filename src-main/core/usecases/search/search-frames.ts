import type { FrameIndex } from '#shared/domain/ids.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { FilterSearch } from './filter-search.ts'
import { type Direction, type FrameSpan, framesOf, slices } from './frame-span.ts'

type SearchMatching = Usecases['frames']['searchMatching']
type SearchEmpty = Usecases['frames']['searchEmpty']

/** See the contract. @throws FILTER_INVALID, NOT_FOUND */
export async function searchMatching(
  { store }: Deps,
  input: Parameters<SearchMatching>[0],
): Promise<Awaited<ReturnType<SearchMatching>>> {
  const { taskId, from, direction, deleted } = input
  const all = spanOf(store.tasks.get(taskId).size, input)
  const search = new FilterSearch(store, { taskId, deleted, filter: requireFilter(input.filter) })
  const frame = await search.nearest(beyond(all, from, direction), direction)
  if (frame !== null) return { frame, by: 'filter' }
  // What is ahead holds no match, so only the rest can tell whether there is one at all.
  const rest = upTo(all, from, direction)
  if ((await search.nearest(rest, direction)) !== null) return { frame: null, by: 'filter' }
  const annotated = store.annotations.searchFrame(taskId, from, direction, deleted)
  return { frame: isWithin(all, annotated) ? annotated : null, by: 'annotations' }
}

/** See the contract. @throws NOT_FOUND */
export async function searchEmpty(
  { store }: Deps,
  input: Parameters<SearchEmpty>[0],
): Promise<Awaited<ReturnType<SearchEmpty>>> {
  const { taskId, from, direction, deleted } = input
  const all = spanOf(store.tasks.get(taskId).size, input)
  const passedOver = new Set(deleted === 'skip' ? store.frames.marks(taskId).deleted : [])
  for await (const slice of slices(beyond(all, from, direction), direction)) {
    const { first, last } = slice
    const counts = store.annotations.countByFrame(taskId, first, last - first + 1)
    for (const frame of framesOf(slice, direction))
      if (counts[frame - first] === 0 && !passedOver.has(frame)) return { frame }
  }
  return { frame: null }
}

function spanOf(size: number, input: { start?: number | undefined; stop?: number | undefined }) {
  const last = Math.min(size - 1, input.stop ?? size - 1)
  return { first: Math.max(0, input.start ?? 0), last }
}

function beyond(all: FrameSpan, from: FrameIndex, direction: Direction): FrameSpan {
  return direction === 'forward'
    ? { first: Math.max(all.first, from + 1), last: all.last }
    : { first: all.first, last: Math.min(all.last, from - 1) }
}

/** The frames `beyond` leaves out, the one it starts from among them. */
function upTo(all: FrameSpan, from: FrameIndex, direction: Direction): FrameSpan {
  return direction === 'forward'
    ? { first: all.first, last: Math.min(all.last, from) }
    : { first: Math.max(all.first, from), last: all.last }
}

function isWithin({ first, last }: FrameSpan, frame: FrameIndex | null): boolean {
  return frame !== null && frame >= first && frame <= last
}
