import type { Keyframe, Shape, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { positionOn, type Skipped } from './interpolate.ts'
import { statedOn, withKeyframe } from './on-frame.ts'

/** A shape as a track that begins on its frame and stays. */
export function trackOf(shape: Shape): Track {
  const { id, frame, labelId, group, source, attributes, type } = shape
  return {
    ...{ kind: 'track', id, frame, labelId, group, source, attributes, type },
    keyframes: [keyframeOf(shape)],
  }
}

/** A shape's place as a keyframe; attributes stay with whoever owns them. */
export function keyframeOf(shape: Shape, outside = false): Keyframe {
  const { frame, points, rotation, occluded, zOrder, elements } = shape
  return { frame, points, rotation, occluded, zOrder, elements, outside, attributes: [] }
}

/** K: state the track's position on a frame, or take the statement back. The only keyframe stays: a track is somewhere. */
export function toggleKeyframe(track: Track, frame: FrameIndex, skipped?: Skipped): Track {
  if (!statedOn(track, frame)) {
    const position = positionOn(track, frame, skipped)
    return position ? withKeyframe(track, { ...position, attributes: [] }) : track
  }
  const keyframes = track.keyframes.filter((keyframe) => keyframe.frame !== frame)
  const [first] = keyframes
  return first ? { ...track, frame: first.frame, keyframes } : track
}

/** O: from this frame on the track is not seen, or seen again. A track that has not begun here is left alone. */
export function toggleOutside(track: Track, frame: FrameIndex, skipped?: Skipped): Track {
  const position = positionOn(track, frame, skipped)
  if (!position) return track
  const attributes = statedOn(track, frame)?.attributes ?? []
  return withKeyframe(track, { ...position, attributes, outside: !position.outside })
}

export type KeyframeStep = 'first' | 'previous' | 'next' | 'last'

/** The frame of the keyframe a step leads to; null when there is none that way. */
export function keyframeFrom(
  track: Track,
  frame: FrameIndex,
  step: KeyframeStep,
): FrameIndex | null {
  const frames = track.keyframes.map((keyframe) => keyframe.frame)
  switch (step) {
    case 'first':
      return frames[0] ?? null
    case 'last':
      return frames.at(-1) ?? null
    case 'previous':
      return frames.findLast((at) => at < frame) ?? null
    case 'next':
      return frames.find((at) => at > frame) ?? null
  }
}
