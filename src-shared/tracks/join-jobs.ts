import type { Annotation, Keyframe, Shape, Tag, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { acceptedPairs } from './assignment.ts'
import { positionOn } from './interpolate.ts'
import { withKeyframe } from './on-frame.ts'
import { shapeSimilarity, trackSimilarity } from './similarity.ts'

/**
 * A task's annotations from those of its jobs, as CVAT's server puts them together, and the way back. Jobs may overlap: what
 * was annotated in both is there twice and is told by likeness.
 * @see formats.md 38.6
 */

/** One job's annotations. Frames are the task's, both ends included. */
export interface JobAnnotations {
  readonly start: FrameIndex
  readonly stop: FrameIndex
  readonly annotations: readonly Annotation[]
}

const MOST_SHAPE_COST = 0.25
const MOST_TRACK_COST = 0.5

/**
 * Joined job after job, by ascending start. Of tags and shapes that are alike the earlier job's stays; tracks that are alike
 * become one with the keyframes of both (the earlier one's where both have one on a frame) and all else from the earlier. A
 * track that goes on in no later job ends with its own.
 */
export function joinJobs(jobs: readonly JobAnnotations[]): Annotation[] {
  let joined: Annotation[] = []
  let previousStop: FrameIndex | null = null
  for (const job of jobs) {
    joined =
      previousStop === null
        ? [...job.annotations]
        : withJob(joined, job, job.start + Math.max(0, previousStop - job.start + 1))
    previousStop = job.stop
  }
  return joined
}

/** @param end  the first frame that only the new job has */
function withJob(
  existing: readonly Annotation[],
  { start, annotations }: JobAnnotations,
  end: FrameIndex,
): Annotation[] {
  const old = { tracks: existing.filter(isTrack), others: existing.filter(isNoTrack) }
  const fresh = { tracks: annotations.filter(isTrack), others: annotations.filter(isNoTrack) }
  return [
    ...old.others,
    ...newOthers(old.others, fresh.others, start, end),
    ...joinedTracks(old.tracks, fresh.tracks, start, end),
  ]
}

/** The new job's tags and shapes that the earlier jobs do not have. */
function newOthers(
  old: readonly (Tag | Shape)[],
  fresh: readonly (Tag | Shape)[],
  start: FrameIndex,
  end: FrameIndex,
): (Tag | Shape)[] {
  const known = Map.groupBy(
    old.filter(({ frame }) => frame >= start),
    ({ frame }) => frame,
  )
  const gone = new Set<Tag | Shape>()
  const shared = Map.groupBy(
    fresh.filter(({ frame }) => frame < end),
    ({ frame }) => frame,
  )
  for (const [frame, list] of shared) {
    const there = known.get(frame) ?? []
    const costs = list.map((one) => there.map((other) => 1 - likeness(one, other)))
    for (const [at] of acceptedPairs(costs, MOST_SHAPE_COST)) {
      const one = list[at]
      if (one) gone.add(one)
    }
  }
  return fresh.filter((one) => !gone.has(one))
}

function likeness(a: Tag | Shape, b: Tag | Shape): number {
  if (a.kind === 'tag' || b.kind === 'tag')
    return a.kind === b.kind && a.labelId === b.labelId ? 1 : 0
  return shapeSimilarity(a, b)
}

function joinedTracks(
  old: readonly Track[],
  fresh: readonly Track[],
  start: FrameIndex,
  end: FrameIndex,
): Track[] {
  const early = fresh.filter(({ frame }) => frame < end)
  const open = old.filter(isOpen)
  const costs = open.map((one) => early.map((other) => 1 - trackSimilarity(one, other, start, end)))
  const pairs = end > start ? acceptedPairs(costs, MOST_TRACK_COST) : []
  const partners = new Map(pairs.map(([row, column]) => [open[row], early[column]]))
  const taken = new Set(partners.values())
  const kept = old.map((track) => {
    const partner = partners.get(track)
    if (partner) return unitedTracks(track, partner)
    return isOpen(track) ? endedTrack(track, end) : track
  })
  return [...kept, ...fresh.filter((track) => !taken.has(track))]
}

/** Its last keyframe is one on which it is seen. */
const isOpen = ({ keyframes }: Track): boolean => keyframes.at(-1)?.outside === false

/** Keyframes of both, the earlier job's where both have one. A skeleton's joints that only the later one states are added. */
export function unitedTracks(earlier: Track, later: Track): Track {
  const keyframes = new Map(later.keyframes.map((one) => [one.frame, one]))
  for (const one of earlier.keyframes) {
    const other = keyframes.get(one.frame)
    keyframes.set(one.frame, other ? withJointsOf(one, other) : one)
  }
  const ordered = [...keyframes.values()].sort((a, b) => a.frame - b.frame)
  return { ...earlier, frame: ordered[0]?.frame ?? earlier.frame, keyframes: ordered }
}

function withJointsOf(keyframe: Keyframe, other: Keyframe): Keyframe {
  const stated = new Set(keyframe.elements.map(({ labelId }) => labelId))
  const more = other.elements.filter(({ labelId }) => !stated.has(labelId))
  return more.length === 0 ? keyframe : { ...keyframe, elements: [...keyframe.elements, ...more] }
}

function endedTrack(track: Track, frame: FrameIndex): Track {
  const last = positionOn(track, frame)
  return last ? withKeyframe(track, { ...last, attributes: [], outside: true }) : track
}

/**
 * The part of a track that a job has: the keyframes in its range, and where it has none on its first frame or goes on
 * elsewhere after its last, its position there. Leading keyframes on which it is not seen are left out.
 * @param stop  included
 * @returns null when it is not seen in the job
 */
export function cutTrack(track: Track, start: FrameIndex, stop: FrameIndex): Track | null {
  const inside = track.keyframes.filter(({ frame }) => frame >= start && frame <= stop)
  const atStart = inside[0]?.frame === start ? null : positionOn(track, start)
  const stated = atStart ? [atStart, ...inside] : inside
  const first = stated.findIndex(({ outside }) => !outside)
  const begin = first < 0 ? undefined : positionOn(track, stated[first]?.frame ?? start)
  if (!begin) return null
  // The first one states everything: all values, all joints. What stated them before is not in the job.
  const kept = [begin, ...stated.slice(first + 1)]
  return { ...track, frame: begin.frame, keyframes: closed(track, kept, stop) }
}

/** With the position on the job's last frame stated, where the track is on its way to a keyframe beyond. */
function closed(track: Track, kept: readonly Keyframe[], stop: FrameIndex): Keyframe[] {
  const [last, atStop] = [kept.at(-1), positionOn(track, stop)]
  if (!last || !atStop || last.outside) return [...kept]
  if (track.type === 'skeleton') return withJointsAt(kept, last, atStop)
  if (last.frame === stop || !isElsewhere(last, atStop)) return [...kept]
  return [...kept, { ...atStop, attributes: [] }]
}

/** Each joint is on a way of its own: those that are elsewhere than they were stated last. */
function withJointsAt(kept: readonly Keyframe[], last: Keyframe, atStop: Keyframe): Keyframe[] {
  const now = new Map(kept.flatMap(({ elements }) => elements).map((one) => [one.labelId, one]))
  const moved = atStop.elements.filter(({ labelId, points }) =>
    differ(points, now.get(labelId)?.points ?? []),
  )
  if (moved.length === 0) return [...kept]
  if (last.frame !== atStop.frame) return [...kept, { ...atStop, attributes: [], elements: moved }]
  return [...kept.slice(0, -1), { ...last, elements: [...last.elements, ...moved] }]
}

const differ = (left: readonly number[], right: readonly number[]): boolean =>
  left.length !== right.length || left.some((value, at) => value !== right[at])

function isElsewhere(a: Keyframe, b: Keyframe): boolean {
  return differ(a.points, b.points) || a.rotation !== b.rotation
}

/** A track of one job and the one of the next that goes on with it. */
export interface TrackJoin {
  readonly earlier: Track
  readonly later: Track
  readonly joined: Track
}

/**
 * Tracks of a task that are one object, drawn once in a job and again in the job after it: the one begins before the
 * overlap and states nothing beyond it, the other begins in the overlap, and there they are alike.
 * @param jobs  by ascending start
 */
export function joinsAcrossJobs(
  tracks: readonly Track[],
  jobs: readonly { readonly start: FrameIndex; readonly stop: FrameIndex }[],
): TrackJoin[] {
  const now = new Map(tracks.map((track) => [track.id, track]))
  const joins: TrackJoin[] = []
  for (const [at, { start }] of jobs.entries()) {
    const end = (jobs[at - 1]?.stop ?? -1) + 1
    if (at === 0 || end <= start) continue
    const open = [...now.values()].filter((one) => one.frame < start && lastOf(one) <= end)
    const fresh = [...now.values()].filter(({ frame }) => frame >= start && frame < end)
    const costs = open.map((one) => fresh.map((two) => 1 - trackSimilarity(one, two, start, end)))
    for (const [row, column] of acceptedPairs(costs, MOST_TRACK_COST)) {
      const [earlier, later] = [open[row], fresh[column]]
      if (!earlier || !later) continue
      const joined = unitedTracks(withoutEnd(earlier, end), later)
      joins.push({ earlier, later, joined })
      now.set(earlier.id, joined)
      now.delete(later.id)
    }
  }
  return joins
}

const lastOf = ({ keyframes }: Track): FrameIndex => keyframes.at(-1)?.frame ?? -1

/** The end that a track was given where its job ended is none when it goes on. */
function withoutEnd(track: Track, end: FrameIndex): Track {
  const last = track.keyframes.at(-1)
  return last?.outside && last.frame === end
    ? { ...track, keyframes: track.keyframes.slice(0, -1) }
    : track
}

const isTrack = (one: Annotation): one is Track => one.kind === 'track'
const isNoTrack = (one: Annotation): one is Tag | Shape => one.kind !== 'track'
