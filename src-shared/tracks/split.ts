import type { Keyframe, Track } from '../domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '../domain/ids.ts'
import { positionOn } from './interpolate.ts'
import { statedOn, withKeyframe } from './on-frame.ts'

/**
 * One track as two, the second beginning on `frame`, be it a keyframe or not; in a gap, where it is seen again. Neither
 * moves: the first gets its last position stated on the frame before, and is outside from `frame` on. `mergeToTrack` puts
 * them together again as it was.
 * @returns null where there is nothing to split: before the second frame of the track, or after it went outside for good
 */
export function splitTrack(
  track: Track,
  frame: FrameIndex,
  id: AnnotationId,
): [Track, Track] | null {
  const here = positionOn(track, frame)
  if (!here || !positionOn(track, frame - 1)) return null
  const late = track.keyframes.filter((keyframe) => keyframe.frame > frame)
  const right = beginning(track, [here, ...late])
  return right && [endedAt(track, frame), { ...right, id }]
}

/** What a track is before a frame, from which on it is not seen. It must have begun before. */
function endedAt(track: Track, frame: FrameIndex): Track {
  const early = track.keyframes.filter((keyframe) => keyframe.frame < frame)
  const before = positionOn(track, frame - 1)
  const here = positionOn(track, frame)
  if (!before || !here || before.outside) return { ...track, keyframes: early }
  const attributes = statedOn(track, frame - 1)?.attributes ?? []
  const left = withKeyframe({ ...track, keyframes: early }, { ...before, attributes })
  return withKeyframe(left, { ...here, attributes: [], outside: true })
}

/** A track of these keyframes, from the first on which it is seen, with the values in force there. Null: never seen. */
function beginning(track: Track, keyframes: readonly Keyframe[]): Track | null {
  const at = keyframes.findIndex(({ outside }) => !outside)
  const first = keyframes[at]
  if (!first) return null
  const { attributes } = positionOn({ ...track, keyframes: [...keyframes] }, first.frame) ?? first
  const later = keyframes.slice(at + 1)
  return { ...track, frame: first.frame, keyframes: [{ ...first, attributes }, ...later] }
}

/** From `first` to `last`, both included. */
export interface Span {
  readonly first: FrameIndex
  readonly last: FrameIndex
}

/**
 * A track that is not seen on some frames; on all others it is where it was (polygons between keyframes as nearly as
 * matching allows).
 * @param lastFrame  of the task: nothing is stated beyond it
 * @returns null when nothing of it is seen any more
 */
export function withoutRange(
  track: Track,
  { first, last }: Span,
  lastFrame: FrameIndex,
): Track | null {
  const hasBegun = track.frame < first
  const early = hasBegun ? endedAt(track, first).keyframes : []
  const here = last < lastFrame ? positionOn(track, last + 1) : null
  const late = track.keyframes.filter(({ frame }) => frame > last + 1)
  const rest = here && !(here.outside && late.length === 0) ? [here, ...late] : late
  if (!hasBegun) return beginning(track, rest)
  const keyframes = [...early, ...rest]
  return keyframes.every(({ outside }) => outside) ? null : { ...track, keyframes }
}

/** The part of a track on some frames: what `withoutRange` takes away. Null when it is not seen there. */
export function onlyRange(
  track: Track,
  { first, last }: Span,
  lastFrame: FrameIndex,
): Track | null {
  const here = positionOn(track, first)
  const inside = track.keyframes.filter(({ frame }) => frame > first && frame <= last)
  const part = [...(here ? [here] : []), ...inside]
  if (last >= lastFrame || part.length === 0) return beginning(track, part)
  const rest = track.keyframes.filter(({ frame }) => frame > last)
  return beginning(track, endedAt({ ...track, keyframes: [...part, ...rest] }, last + 1).keyframes)
}
