import type { Keyframe, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { positionOn, type Skipped } from './interpolate.ts'
import { withKeyframe } from './on-frame.ts'

/** Frames, both ends inclusive. */
export interface Span {
  readonly start: FrameIndex
  readonly stop: FrameIndex
}

/** How far keyframes may go either way, frames: `{ back: -3, on: 5 }`. */
export interface Room {
  readonly back: number
  readonly on: number
}

/** No keyframe is meant, so nothing holds anything back. */
const BOUNDLESS: Room = { back: Number.NEGATIVE_INFINITY, on: Number.POSITIVE_INFINITY }

/**
 * How far the keyframes within `chosen` may be moved together: up to the keyframes beside them, never onto one, and to the
 * ends of `range`, the frames that may be changed at all. Keyframes outside of `range` stay where they are.
 */
export function shiftRoom(track: Track, chosen: Span, range: Span): Room {
  const within = common(chosen, range)
  const frames = track.keyframes.map(({ frame }) => frame)
  const meant = frames.filter((frame) => isIn(frame, within))
  const [first, last] = [meant[0], meant.at(-1)]
  if (first === undefined || last === undefined) return BOUNDLESS
  const before = frames.findLast((frame) => frame < first) ?? Number.NEGATIVE_INFINITY
  const after = frames.find((frame) => frame > last) ?? Number.POSITIVE_INFINITY
  return {
    back: Math.max(before + 1, range.start) - first,
    on: Math.min(after - 1, range.stop) - last,
  }
}

/** What all of them have room for. */
export function commonRoom(rooms: readonly Room[]): Room {
  return rooms.reduce(
    (sum, { back, on }) => ({ back: Math.max(sum.back, back), on: Math.min(sum.on, on) }),
    BOUNDLESS,
  )
}

/** `by`, as far as there is room for it. */
export function within({ back, on }: Room, by: number): number {
  return Math.max(back, Math.min(on, by))
}

/**
 * The keyframes within `chosen` so many frames later (or earlier, below 0). What they state goes with them; they stop at
 * their neighbours. The very same track where nothing moves.
 */
export function shiftKeyframes(track: Track, chosen: Span, by: number, range: Span): Track {
  const way = within(shiftRoom(track, chosen, range), by)
  const inside = common(chosen, range)
  if (way === 0 || !track.keyframes.some(({ frame }) => isIn(frame, inside))) return track
  return withKeyframes(
    track,
    track.keyframes.map((keyframe) =>
      isIn(keyframe.frame, inside) ? { ...keyframe, frame: keyframe.frame + way } : keyframe,
    ),
  )
}

/** One keyframe on another frame, or as near to it as its neighbours let it. */
export function moveKeyframe(track: Track, from: FrameIndex, to: FrameIndex, range: Span): Track {
  return shiftKeyframes(track, { start: from, stop: from }, to - from, range)
}

/** Without the keyframes within `chosen`; the first one stays where there would be none left: a track is somewhere. */
export function deleteKeyframesIn(track: Track, chosen: Span, range: Span): Track {
  const inside = common(chosen, range)
  const kept = track.keyframes.filter(({ frame }) => !isIn(frame, inside))
  if (kept.length === track.keyframes.length) return track
  return withKeyframes(track, kept.length > 0 ? kept : track.keyframes.slice(0, 1))
}

/**
 * Without the keyframes within `chosen` that say the track is not seen: it goes on from the one before. At the beginning,
 * where nothing comes before, it begins later. What is never seen is left alone.
 */
export function dropOutside(track: Track, chosen: Span, range: Span): Track {
  const inside = common(chosen, range)
  const kept = track.keyframes.filter(({ frame, outside }) => !outside || !isIn(frame, inside))
  const isChanged = kept.length !== track.keyframes.length && kept.length > 0
  return isChanged ? withKeyframes(track, kept) : track
}

/** The first frame a track is seen on; null when it never is. */
export function firstSeen(track: Pick<Track, 'keyframes'>): FrameIndex | null {
  return track.keyframes.find(({ outside }) => !outside)?.frame ?? null
}

/** The last frame a track is seen on: `lastFrame` where it stays; null when it is never seen. */
export function lastSeen(
  { keyframes }: Pick<Track, 'keyframes'>,
  lastFrame: FrameIndex,
): FrameIndex | null {
  const at = keyframes.findLastIndex(({ outside }) => !outside)
  const seen = keyframes[at]
  if (!seen) return null
  const end = keyframes[at + 1]
  return end ? end.frame - 1 : Math.max(lastFrame, seen.frame)
}

/**
 * A track that is first (`start`) or last (`end`) seen on `frame`. Cut, it looks the same on the frames that stay;
 * extended, it stands still on those it gains. Only frames of `range` change: where that end lies outside of it, the very
 * same track comes back, as where nothing changes.
 * @param skipped  deleted frames: their keyframes do not shape what is seen
 */
export function trimTrack(
  track: Track,
  edge: 'start' | 'end',
  frame: FrameIndex,
  range: Span,
  skipped?: Skipped,
): Track {
  const [start, end] = [firstSeen(track), lastSeen(track, range.stop)]
  if (start === null || end === null) return track
  return edge === 'start'
    ? trimStart(track, { start, stop: end }, frame, { ...range, skipped })
    : trimEnd(track, { start, stop: end }, frame, { ...range, skipped })
}

interface Job extends Span {
  readonly skipped: Skipped | undefined
}

function trimStart(track: Track, seen: Span, frame: FrameIndex, range: Job): Track {
  if (!isIn(seen.start, range)) return track
  const at = clamp(frame, range.start, Math.min(seen.stop, range.stop))
  if (at === seen.start) return track
  const later = track.keyframes.filter((keyframe) => keyframe.frame >= Math.max(at, seen.start))
  if (at > seen.start) return cutStart(track, at, later, range.skipped)
  const first = positionOn(track, seen.start)
  return first ? withKeyframes(track, [{ ...first, frame: at }, ...later]) : track
}

function cutStart(
  track: Track,
  at: FrameIndex,
  later: readonly Keyframe[],
  skipped: Skipped | undefined,
): Track {
  const here = positionOn(track, at, skipped)
  if (!here) return track
  if (!here.outside)
    return withKeyframes(track, [here, ...later.filter((keyframe) => keyframe.frame > at)])
  // Cut in a gap: it begins where it is seen again, with the values it had by then.
  const next = later.find(({ outside }) => !outside)
  const begin = next && positionOn(track, next.frame)
  if (!begin) return track
  return withKeyframes(track, [begin, ...later.filter(({ frame }) => frame > begin.frame)])
}

function trimEnd(track: Track, seen: Span, frame: FrameIndex, range: Job): Track {
  if (seen.stop < range.start || seen.start > range.stop) return track
  const at = clamp(frame, Math.max(seen.start, range.start), range.stop)
  const end = Math.min(seen.stop, range.stop)
  if (at === end) return track
  const beyond = track.keyframes.filter((keyframe) => keyframe.frame > range.stop)
  const last = positionOn(track, Math.min(at, end), range.skipped)
  if (!last) return track
  const early = track.keyframes.filter((keyframe) => keyframe.frame <= Math.min(at, end))
  // Cut in a gap: it ended before the gap.
  if (last.outside) return withKeyframes(track, [...early, ...beyond])
  const closing = at < range.stop ? [{ ...last, frame: at + 1, outside: true, attributes: [] }] : []
  const stated = withStated(track, early, last)
  return withKeyframes(track, [...stated, ...closing, ...beyond])
}

/**
 * With a keyframe for `last`, unless it stands there anyway: what was between keyframes must not move with the new end.
 * A skeleton's states every joint then: those it left out lie between keyframes, too.
 */
function withStated(track: Track, early: readonly Keyframe[], last: Keyframe): Keyframe[] {
  const before = early.at(-1)
  const known = before?.frame === last.frame ? before : null
  const isPlain = track.type !== 'skeleton' && before && (known || isSameForm(before, last))
  if (isPlain) return [...early]
  const stated = { ...last, attributes: known?.attributes ?? [] }
  return withKeyframe({ ...track, keyframes: [...early] }, stated).keyframes
}

function isSameForm(a: Keyframe, b: Keyframe): boolean {
  return (
    a.rotation === b.rotation &&
    a.points.length === b.points.length &&
    a.points.every((value, at) => value === b.points[at])
  )
}

/** `frame` of a track is its first keyframe's. */
function withKeyframes(track: Track, keyframes: Keyframe[]): Track {
  return { ...track, frame: keyframes[0]?.frame ?? track.frame, keyframes }
}

function common(a: Span, b: Span): Span {
  return { start: Math.max(a.start, b.start), stop: Math.min(a.stop, b.stop) }
}

const isIn = (frame: FrameIndex, { start, stop }: Span) => frame >= start && frame <= stop

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))
