import type { LabelsById } from '#renderer/state/coloring.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { annotationMatcher, looksAtFrame } from '#shared/filter/annotation-facts.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { parseFilter } from '#shared/filter/parser.ts'
import { searchObjects } from '../side-bar/search-objects.ts'
import { isSeenOn, type Lane } from './lane.ts'
import type { Lanes } from './lane-store.ts'

export type LaneSort = 'start' | 'label' | 'number'

/** What a search means: words to find in a track's texts, or a filter; a filter that looks at outlines is the core's. */
export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'filter'; readonly filter: Filter; readonly isForCore: boolean }

/** Signs no label is likely to have: with one of them a text is tried as a filter first. */
const LOOKS_LIKE_FILTER = /[=<>:!()]|\b(and|or|not)\b/i

export function searchOf(text: string): Search {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'none' }
  const parsed = LOOKS_LIKE_FILTER.test(trimmed) ? parseFilter(trimmed) : null
  if (parsed?.ok !== true || !parsed.filter) return { kind: 'words', text: trimmed }
  return { kind: 'filter', filter: parsed.filter, isForCore: looksAtFrame(parsed.filter) }
}

export interface RowsWanted {
  readonly search: Search
  /** What the core found for a search that is for it; null while it is looking. */
  readonly found: ReadonlySet<AnnotationId> | null
  readonly sort: LaneSort
  /** Only tracks seen on this frame; null for all. */
  readonly onFrame: FrameIndex | null
  readonly labels: readonly Label[]
  readonly labelsById: LabelsById
}

/** The lanes to show, in order. */
export function rowsOf(lanes: Lanes, wanted: RowsWanted): readonly Lane[] {
  const { onFrame } = wanted
  const all = [...lanes.values()]
  const here = onFrame === null ? all : all.filter((lane) => isSeenOn(lane, onFrame))
  return searched(here, wanted).toSorted(orderOf(wanted))
}

function searched(lanes: readonly Lane[], wanted: RowsWanted): readonly Lane[] {
  const { search, found, labels, labelsById } = wanted
  switch (search.kind) {
    case 'none':
      return lanes
    case 'words': {
      const tracks = lanes.map(asTrack)
      const hits = new Set(searchObjects(tracks, search.text, labelsById).map(({ id }) => id))
      return lanes.filter(({ id }) => hits.has(id))
    }
    case 'filter': {
      if (search.isForCore) return found ? lanes.filter(({ id }) => found.has(id)) : []
      const matches = annotationMatcher(search.filter, labels)
      return lanes.filter((lane) => matches(asTrack(lane), lane.frames[0] ?? 0))
    }
  }
}

/** What searches look at of a track, without the outlines a lane does not know. */
function asTrack({ id, labelId, group, source, type, attributes, frames }: Lane): Track {
  const frame = frames[0] ?? 0
  return {
    ...{ kind: 'track', id, frame, labelId, group, source, type, keyframes: [] },
    attributes: [...attributes],
  }
}

function orderOf({ sort, labelsById }: RowsWanted): (a: Lane, b: Lane) => number {
  const byStart = (a: Lane, b: Lane) => (a.frames[0] ?? 0) - (b.frames[0] ?? 0) || a.id - b.id
  switch (sort) {
    case 'start':
      return byStart
    case 'number':
      return (a, b) => a.id - b.id
    case 'label': {
      const places = new Map([...labelsById.keys()].map((id, at) => [id, at]))
      const place = ({ labelId }: Lane) => places.get(labelId) ?? places.size
      return (a, b) => place(a) - place(b) || byStart(a, b)
    }
  }
}
