import type { FrameIndex } from '#shared/domain/ids.ts'
import type { FrameRange } from '../../ports.ts'

/** Ascending frames as ranges, both ends included. */
export function toRanges(frames: Iterable<FrameIndex>): FrameRange[] {
  const ranges: { start: FrameIndex; stop: FrameIndex }[] = []
  for (const frame of frames) {
    const last = ranges.at(-1)
    if (last && frame === last.stop + 1) last.stop = frame
    else ranges.push({ start: frame, stop: frame })
  }
  return ranges
}

/** Every frame of the ranges beyond `after`, in order. */
export function* framesIn(ranges: readonly FrameRange[], after = -1): Generator<FrameIndex> {
  for (const { start, stop } of ranges)
    for (let frame = Math.max(start, after + 1); frame <= stop; frame += 1) yield frame
}

export function countFrames(ranges: readonly FrameRange[], upTo = Number.MAX_SAFE_INTEGER): number {
  return ranges.reduce(
    (sum, { start, stop }) => sum + Math.max(0, Math.min(stop, upTo) - start + 1),
    0,
  )
}

/** Whether a frame is in any of the ranges. Halving: ranges may be many. */
export function isIn(ranges: readonly FrameRange[], frame: FrameIndex): boolean {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.stop ?? 0) < frame) low = middle + 1
    else high = middle
  }
  const found = ranges[low]
  return found !== undefined && found.start <= frame
}

/**
 * The same with what lies between two of them, or beyond the first and last, as far as it is nothing but such frames.
 * @param frameCount  of the task
 */
export function bridged(
  ranges: readonly FrameRange[],
  frames: ReadonlySet<FrameIndex>,
  frameCount: number,
): FrameRange[] {
  const all = new Set(frames)
  const grown = ranges.map(({ start, stop }) => {
    let [first, last] = [start, stop]
    while (first > 0 && all.has(first - 1)) first -= 1
    while (last + 1 < frameCount && all.has(last + 1)) last += 1
    return { start: first, stop: last }
  })
  const joined: { start: FrameIndex; stop: FrameIndex }[] = []
  for (const range of grown) {
    const last = joined.at(-1)
    if (last && range.start <= last.stop + 1) last.stop = Math.max(last.stop, range.stop)
    else joined.push({ ...range })
  }
  return joined
}
