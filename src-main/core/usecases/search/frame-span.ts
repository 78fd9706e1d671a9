import type { FrameIndex } from '#shared/domain/ids.ts'

/** Frames next to each other, both ends inclusive; empty when `last` is before `first`. */
export interface FrameSpan {
  readonly first: FrameIndex
  readonly last: FrameIndex
}
export type Direction = 'forward' | 'backward'

/** Longer than this and a key pressed meanwhile would be felt to wait. */
const SLICE_MS = 6
const FIRST_FRAMES = 4
const MOST_FRAMES = 1 << 16

/**
 * A span cut into pieces, in the order of a search. Each is read at one go, and the next is larger or smaller so that
 * reading takes a few milliseconds, whatever lies on a frame; in between, everybody else has a turn.
 */
export async function* slices(span: FrameSpan, direction: Direction): AsyncGenerator<FrameSpan> {
  let { first, last } = span
  let count = FIRST_FRAMES
  while (first <= last) {
    const slice =
      direction === 'forward'
        ? { first, last: Math.min(last, first + count - 1) }
        : { first: Math.max(first, last - count + 1), last }
    const begun = performance.now()
    yield slice
    const took = performance.now() - begun
    count = Math.round(Math.max(1, Math.min(MOST_FRAMES, took > SLICE_MS ? count / 2 : count * 2)))
    if (direction === 'forward') first = slice.last + 1
    else last = slice.first - 1
    await new Promise(setImmediate)
  }
}

/** Frames of a span from the end a search starts at. */
export function* framesOf({ first, last }: FrameSpan, direction: Direction): Generator<FrameIndex> {
  if (direction === 'forward') for (let frame = first; frame <= last; frame += 1) yield frame
  else for (let frame = last; frame >= first; frame -= 1) yield frame
}
