import type { Keyframe, Shape, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { keyframeOf, trackOf } from './edit.ts'
import { statedOn, withKeyframe } from './on-frame.ts'

/** What a tracker found of one object, from the frame it began on towards later or earlier frames. */
export interface LedPath {
  /** In the order it went: ascending forward, descending backward; without the frame it began on, and none skipped by mistake. */
  readonly found: readonly Place[]
  /** The frame on which it was looked for and not found; null: found to the end. */
  readonly lostOn: FrameIndex | null
}

export interface Place {
  readonly frame: FrameIndex
  readonly points: readonly number[]
  readonly rotation: number
}

export interface LedOptions {
  /** A keyframe every so many places; the last one always. */
  readonly keyframeEvery: number
  /** Of the task: nothing is stated beyond it. */
  readonly lastFrame: FrameIndex
}

/**
 * An annotation after a tracker led it. A shape becomes a track that is seen on the frames it was found on and on no
 * other; of a track the stretch it was led over is stated anew, and what lies before and after stays as it was. Where the
 * tracker lost it, it goes outside, unless it states a position there itself.
 * @param seen  as it is on the frame the tracker began on
 * @returns null when nothing was found: then nothing is to be changed
 */
export function ledTrack(
  annotation: Shape | Track,
  seen: Shape,
  { found, lostOn }: LedPath,
  { keyframeEvery, lastFrame }: LedOptions,
): Track | null {
  const [first, last] = [found[0], found.at(-1)]
  if (!first || !last) return null
  const isForward = first.frame > seen.frame
  const places = new Map(found.map((place) => [place.frame, place]))
  const base = annotation.kind === 'track' ? annotation : trackOf(annotation)
  const kept = base.keyframes.flatMap((one): Keyframe[] => {
    const place = places.get(one.frame)
    if (!place) return [one]
    // What a person said of the object there stays said, at the place that was found.
    return one.attributes.length > 0
      ? [{ ...positionAt(seen, place), attributes: one.attributes }]
      : []
  })
  const stated = found.filter((_, at) => (at + 1) % keyframeEvery === 0 || at === found.length - 1)
  const start = statedOn(base, seen.frame) ?? keyframeOf(seen)
  const keyframes = new Map<FrameIndex, Keyframe>([[seen.frame, start]])
  for (const place of stated) keyframes.set(place.frame, positionAt(seen, place))
  for (const one of kept) keyframes.set(one.frame, one)
  const led = withAttributesFrom(base, inOrder(base, keyframes))
  const end = endOf({ annotation, isForward, seen, last, lostOn })
  if (!end || end.frame > lastFrame || statedOn(led, end.frame)) return led
  return withKeyframe(led, end)
}

function positionAt(seen: Shape, { frame, points, rotation }: Place): Keyframe {
  return { ...keyframeOf(seen), frame, points: [...points], rotation }
}

function inOrder(base: Track, keyframes: ReadonlyMap<FrameIndex, Keyframe>): Track {
  const ordered = [...keyframes.values()].sort((a, b) => a.frame - b.frame)
  return { ...base, frame: ordered[0]?.frame ?? base.frame, keyframes: ordered }
}

/** A track that begins earlier than it did has from there on what its first keyframe said. */
function withAttributesFrom(before: Track, after: Track): Track {
  const [old, first] = [before.keyframes[0], after.keyframes[0]]
  if (!old || !first || first.frame >= old.frame || old.attributes.length === 0) return after
  return withKeyframe(after, { ...first, attributes: old.attributes })
}

/** Where it stops being seen; null where it goes on as it was stated before. */
function endOf({
  annotation,
  isForward,
  seen,
  last,
  lostOn,
}: {
  annotation: Shape | Track
  isForward: boolean
  seen: Shape
  last: Place
  lostOn: FrameIndex | null
}): Keyframe | null {
  const gone = (frame: FrameIndex, place: Place): Keyframe => ({
    ...positionAt(seen, place),
    frame,
    outside: true,
  })
  if (annotation.kind === 'shape') {
    const final = isForward ? last : seen
    return gone(final.frame + 1, final)
  }
  if (lostOn === null) return null
  // Before its first keyframe a track is not seen anyhow.
  const isStatedBefore = annotation.keyframes.some(({ frame }) => frame < lostOn)
  return isForward || isStatedBefore ? gone(lostOn, last) : null
}
