import type { Keyframe, Shape, Track } from '../domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '../domain/ids.ts'
import { positionOn } from './interpolate.ts'
import { withKeyframe } from './on-frame.ts'

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
export function toggleKeyframe(track: Track, frame: FrameIndex): Track {
  const keyframes = track.keyframes.filter((keyframe) => keyframe.frame !== frame)
  if (keyframes.length === track.keyframes.length) {
    const position = positionOn(track, frame)
    return position ? withKeyframe(track, { ...position, attributes: [] }) : track
  }
  const [first] = keyframes
  return first ? { ...track, frame: first.frame, keyframes } : track
}

/** O: from this frame on the track is not seen, or seen again. A track that has not begun here is left alone. */
export function toggleOutside(track: Track, frame: FrameIndex): Track {
  const position = positionOn(track, frame)
  if (!position) return track
  const known = track.keyframes.find((keyframe) => keyframe.frame === frame)
  const attributes = known?.attributes ?? []
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

/**
 * One track as two, the second beginning on `frame`. Neither moves: the first gets its last position stated on the frame
 * before, and is outside from `frame` on.
 * @returns null where there is nothing to split: before the second frame of the track, or after it went outside for good
 */
export function splitTrack(
  track: Track,
  frame: FrameIndex,
  id: AnnotationId,
): [Track, Track] | null {
  const here = positionOn(track, frame)
  const before = positionOn(track, frame - 1)
  if (!here || !before) return null
  const early = track.keyframes.filter((keyframe) => keyframe.frame < frame)
  const late = track.keyframes.filter((keyframe) => keyframe.frame > frame)
  if (here.outside && late.length === 0) return null
  const stated = track.keyframes.find((keyframe) => keyframe.frame === frame - 1)
  const left = withKeyframe(
    withKeyframe(
      { ...track, keyframes: early },
      { ...before, attributes: stated?.attributes ?? [] },
    ),
    { ...here, attributes: [], outside: true },
  )
  return [left, { ...track, id, frame, keyframes: [here, ...late] }]
}

/** Why shapes and tracks do not make one track. */
export type MergeProblem = 'too-few' | 'labels-differ' | 'types-differ' | 'same-frame'

/**
 * Shapes and tracks of one object as one track, with the first one's id, label and attributes. Between two parts with a
 * gap the object is not seen; a shape's part is its own frame alone. Where the parts' keyframes meet on a frame, one may
 * be outside; two places at once are refused.
 * @param lastFrame  of the task: nothing is stated beyond it
 */
export function mergeToTrack(
  parts: readonly (Shape | Track)[],
  lastFrame: FrameIndex,
): Track | MergeProblem {
  const [first] = parts
  if (!first || parts.length < 2) return 'too-few'
  if (parts.some((part) => part.labelId !== first.labelId)) return 'labels-differ'
  if (parts.some((part) => part.type !== first.type)) return 'types-differ'
  const keyframes = new Map<FrameIndex, Keyframe>()
  for (const keyframe of parts.flatMap(statementsOf)) {
    if (keyframe.frame > lastFrame) continue
    const there = keyframes.get(keyframe.frame)
    if (there && !there.outside && !keyframe.outside) return 'same-frame'
    if (!there || there.outside) keyframes.set(keyframe.frame, keyframe)
  }
  const ordered = [...keyframes.values()].sort((a, b) => a.frame - b.frame)
  const { id, labelId, group, source, attributes, type } = first
  const frame = ordered[0]?.frame ?? first.frame
  return { kind: 'track', id, frame, labelId, group, source, attributes, type, keyframes: ordered }
}

function statementsOf(part: Shape | Track): Keyframe[] {
  if (part.kind === 'track') return [...part.keyframes]
  const seen = keyframeOf(part)
  return [seen, { ...seen, frame: part.frame + 1, outside: true }]
}
