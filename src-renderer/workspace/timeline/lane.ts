import type { TrackLane } from '#shared/contract/annotations.ts'
import type { AttributeValue, ShapeType, Source, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, LabelId } from '#shared/domain/ids.ts'

export const OUTSIDE = 1
export const OCCLUDED = 2

/** A track as the timeline draws it: when its keyframes are and what they say of being seen; no outlines. */
export interface Lane {
  readonly id: AnnotationId
  readonly labelId: LabelId
  readonly group: number
  readonly source: Source
  readonly type: ShapeType
  /** The track's own values, then those its keyframes give. */
  readonly attributes: readonly AttributeValue[]
  /** Of the keyframes, ascending. */
  readonly frames: Int32Array
  /** By the place of the keyframe: OUTSIDE + OCCLUDED. */
  readonly flags: Uint8Array
}

export function laneOf(track: Track): Lane {
  const { id, labelId, group, source, type, keyframes } = track
  const said = keyframes.flatMap((keyframe) => keyframe.attributes)
  return {
    ...{ id, labelId, group, source, type },
    attributes: said.length === 0 ? track.attributes : [...track.attributes, ...said],
    frames: Int32Array.from(keyframes, ({ frame }) => frame),
    flags: Uint8Array.from(
      keyframes,
      ({ outside, occluded }) => (outside ? OUTSIDE : 0) + (occluded ? OCCLUDED : 0),
    ),
  }
}

/** @param lane  as the core hands it out where a task has too many keyframes to hold their outlines */
export function unpackLane({ keyframes, ...lane }: TrackLane): Lane {
  return {
    ...lane,
    frames: Int32Array.from(keyframes, (packed) => packed >> 2),
    flags: Uint8Array.from(keyframes, (packed) => packed & 3),
  }
}

/** The place of the last keyframe at or before a frame; -1 before the first. */
export function keyframeBefore({ frames }: Pick<Lane, 'frames'>, frame: FrameIndex): number {
  let [low, high] = [0, frames.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((frames[middle] ?? 0) <= frame) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Whether there is a keyframe on that very frame. */
export function hasKeyframe(lane: Lane, frame: FrameIndex): boolean {
  return lane.frames[keyframeBefore(lane, frame)] === frame
}

export function isSeenOn(lane: Lane, frame: FrameIndex): boolean {
  const at = keyframeBefore(lane, frame)
  return at >= 0 && !isOutside(lane, at)
}

export function isOutside({ flags }: Lane, at: number): boolean {
  return ((flags[at] ?? 0) & OUTSIDE) !== 0
}

/** The first frame it is seen on; null when it never is. */
export function startOf(lane: Lane): FrameIndex | null {
  const at = lane.flags.findIndex((flags) => (flags & OUTSIDE) === 0)
  return lane.frames[at] ?? null
}

/** The last frame it is seen on, `last` where it stays; null when it is never seen. */
export function endOf(lane: Lane, last: FrameIndex): FrameIndex | null {
  const at = lane.flags.findLastIndex((flags) => (flags & OUTSIDE) === 0)
  const seen = lane.frames[at]
  if (seen === undefined) return null
  const end = lane.frames[at + 1]
  return end === undefined ? Math.max(last, seen) : end - 1
}

/** How many frames up to `last` it is seen on. */
export function seenFrames(lane: Lane, last: FrameIndex): number {
  let sum = 0
  eachStretch(lane, last, (from, end, isSeen) => {
    if (isSeen) sum += end - from
  })
  return sum
}

/** Stretches between keyframes, in order: from a keyframe up to (not with) the next, the last one up to the end. */
export function eachStretch(
  { frames, flags }: Lane,
  last: FrameIndex,
  tell: (from: FrameIndex, end: FrameIndex, isSeen: boolean) => void,
): void {
  for (let at = 0; at < frames.length; at += 1) {
    const from = frames[at] ?? 0
    const end = frames[at + 1] ?? Math.max(last + 1, from + 1)
    tell(from, end, ((flags[at] ?? 0) & OUTSIDE) === 0)
  }
}

/** Gaps: how often it goes out of sight and comes back. */
export function gapCount(lane: Lane): number {
  let gaps = 0
  for (let at = 2; at < lane.frames.length; at += 1) {
    if (isOutside(lane, at - 1) && !isOutside(lane, at)) gaps += startOfGap(lane, at - 1)
  }
  return gaps
}

/** 1 where something was seen before the gap that ends there, else 0. */
function startOfGap(lane: Lane, at: number): 0 | 1 {
  for (let before = at - 1; before >= 0; before -= 1) if (!isOutside(lane, before)) return 1
  return 0
}
