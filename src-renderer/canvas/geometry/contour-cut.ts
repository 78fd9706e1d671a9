import { toFlat } from '#shared/geometry/points.ts'
import { between, countOf, isBefore, lengthOf, type Path, type Place, vertexOf } from './outline.ts'
import type { ImagePoint } from './space.ts'

/** One of the two outlines a new path makes of an old one. */
export interface Cut {
  /** What would be left, flat image pixels; its first point is the old one's where that stays. */
  readonly points: readonly number[]
  /** Vertices that go. */
  readonly cutCount: number
  /** Image pixels of the outline that goes. */
  readonly cutLength: number
}

/**
 * The outlines to choose from when a new path leads from one place of an outline to another. Both keep the direction.
 * - closed: the path takes the place of the part from `start` forwards to `end`, or of the rest
 * - open with an `end`: it takes the place of what lies between; there is nothing to choose
 * - open without `end`: it becomes the line's new end, or its new beginning
 * @param path  places between `start` and `end`, without them
 */
export function cutsOf(
  outline: Path,
  start: Place,
  end: Place | null,
  path: readonly ImagePoint[],
): readonly Cut[] {
  if (end === null) return outline.closed ? [] : endCuts(outline, start, path)
  if (!outline.closed) return [middleCut(outline, start, end, path)]
  const back = path.toReversed()
  return [ringCut(outline, start, end, path), ringCut(outline, end, start, back)]
}

/**
 * Which of two cuts both of CVAT's criteria recommend: fewer points and a shorter curve cut off. A criterion that finds
 * them equal leaves it to the other. null when they disagree, or neither has an opinion: a person has to choose.
 */
export function recommended(first: Cut, second: Cut): Cut | null {
  const byCount = Math.sign(first.cutCount - second.cutCount)
  const byLength = Math.sign(first.cutLength - second.cutLength)
  if (byCount * byLength < 0 || (byCount === 0 && byLength === 0)) return null
  return byCount + byLength < 0 ? first : second
}

/** The part from `from` forwards to `to` goes. */
function ringCut(outline: Path, from: Place, to: Place, path: readonly ImagePoint[]): Cut {
  const gone = between(outline, from, to)
  const kept = between(outline, to, from)
  const places = kept.map((index) => vertexOf(outline.points, index))
  const ring = [...places, from.at, ...path, to.at]
  // A vertex the path ends on is one of the ring's own; on an edge it is a new point.
  const first = ringStart(kept, from, ring.length)
  return {
    points: toFlat([...ring.slice(first), ...ring.slice(0, first)]),
    ...measure(outline, from, gone, to),
  }
}

/** Where vertex 0 is in the ring `[...kept, from, ...path, to]`; `to`, the next one on the way, when it is gone. */
function ringStart(kept: readonly number[], from: Place, length: number): number {
  if (from.edge === 0 && from.t === 0) return kept.length
  const first = kept.indexOf(0)
  return first >= 0 ? first : length - 1
}

function middleCut(outline: Path, start: Place, end: Place, path: readonly ImagePoint[]): Cut {
  const forwards = isBefore(start, end)
  const [low, high] = forwards ? [start, end] : [end, start]
  const way = forwards ? path : path.toReversed()
  const gone = between(outline, low, high)
  const places = [...upTo(outline, low), low.at, ...way, high.at, ...after(outline, high)]
  return { points: toFlat(places), ...measure(outline, low, gone, high) }
}

function endCuts(outline: Path, start: Place, path: readonly ImagePoint[]): Cut[] {
  const last = countOf(outline.points) - 1
  const ends = [placeAt(outline, 0), placeAt(outline, last)] as const
  const tail = after(outline, start)
  const head = upTo(outline, start)
  const [toHead, toTail] = [headIndices(start), tailIndices(outline, start)]
  return [
    {
      points: toFlat([...head, start.at, ...path]),
      cutCount: tail.length,
      cutLength: measure(outline, start, toTail, ends[1]).cutLength,
    },
    {
      points: toFlat([...path.toReversed(), start.at, ...tail]),
      cutCount: head.length,
      cutLength: measure(outline, ends[0], toHead, start).cutLength,
    },
  ]
}

const placeAt = ({ points }: Path, index: number): Place => ({
  edge: index,
  t: 0,
  at: vertexOf(points, index),
})

/** Vertices before a place of an open outline, the place itself left out. */
function headIndices(place: Place): number[] {
  return Array.from({ length: place.edge + (place.t > 0 ? 1 : 0) }, (_, i) => i)
}

function tailIndices(outline: Path, place: Place): number[] {
  const n = countOf(outline.points)
  return Array.from({ length: Math.max(0, n - 1 - place.edge) }, (_, i) => place.edge + 1 + i)
}

const upTo = (outline: Path, place: Place): ImagePoint[] =>
  headIndices(place).map((index) => vertexOf(outline.points, index))

const after = (outline: Path, place: Place): ImagePoint[] =>
  tailIndices(outline, place).map((index) => vertexOf(outline.points, index))

function measure(
  outline: Path,
  from: Place,
  gone: readonly number[],
  to: Place,
): Pick<Cut, 'cutCount' | 'cutLength'> {
  const places = [from.at, ...gone.map((index) => vertexOf(outline.points, index)), to.at]
  return { cutCount: gone.length, cutLength: lengthOf(places) }
}
