import type { FrameIndex } from '#shared/domain/ids.ts'
import type { FrameMarks } from '#shared/operations/frame-marks.ts'

export const frameFilters = [
  'all',
  'annotated',
  'empty',
  'checked',
  'unchecked',
  'deleted',
  'problems',
] as const
export type FrameFilter = (typeof frameFilters)[number]

export interface FrameFacts {
  readonly marks: FrameMarks
  /** Annotations by frame; null while they are being counted. */
  readonly counts: ((frame: FrameIndex) => number) | null
  readonly problems: ReadonlySet<FrameIndex>
}

/** What asks for numbers that are not there yet passes nothing, rather than everything for a moment. */
const passes: Record<FrameFilter, (frame: FrameIndex, facts: FrameFacts) => boolean> = {
  all: () => true,
  annotated: (frame, { counts }) => counts !== null && counts(frame) > 0,
  // A deleted frame is no work left to do.
  empty: (frame, { counts, marks }) =>
    counts !== null && counts(frame) === 0 && !marks.isDeleted(frame),
  checked: (frame, { marks }) => marks.isChecked(frame),
  unchecked: (frame, { marks }) => !marks.isChecked(frame) && !marks.isDeleted(frame),
  deleted: (frame, { marks }) => marks.isDeleted(frame),
  problems: (frame, { problems }) => problems.has(frame),
}

/** @param named  frames whose name was searched for; null: all */
export function filterFrames(
  range: { readonly start: FrameIndex; readonly stop: FrameIndex },
  filter: FrameFilter,
  facts: FrameFacts,
  named: readonly FrameIndex[] | null,
): FrameIndex[] {
  const inRange = (frame: FrameIndex) => frame >= range.start && frame <= range.stop
  const frames =
    named?.filter(inRange) ??
    Array.from({ length: range.stop - range.start + 1 }, (_, at) => range.start + at)
  return filter === 'all' ? frames : frames.filter((frame) => passes[filter](frame, facts))
}
