import { lastUpTo } from './track-index.ts'

/** A point of a curve. */
interface Point {
  readonly x: number
  readonly y: number
}

/** A left point with the right points it becomes, by index, ascending. */
type Matching = ReadonlyMap<number, readonly number[]>

/**
 * A polygon or polyline between two keyframes. Points are matched by how far along their curve they lie, each pair is
 * interpolated linearly, and where one side has more points the crowd is thinned to what the other side had.
 * Both sides must start at about the same place and run the same way round. This is what CVAT's
 * exports and its page do.
 * @param left, right  flat points; polygons not closed
 * @param share  0 = left, 1 = right
 * @returns flat points
 */
export function interpolateCurves(
  left: readonly number[],
  right: readonly number[],
  share: number,
  closed: boolean,
): number[] {
  const [a, b] = [pointsOf(left, closed), pointsOf(right, closed)]
  const matching = matchCurves(fractions(a), fractions(b))
  const pairs = pairsOf(matching)
  const between = pairs.map(([i, j]) => mix(a[i], b[j], share))
  const result = reduce(a, b, matching, pairs, between)
  const kept = closed ? result.slice(0, -1) : result
  return kept.flatMap(({ x, y }) => [x, y])
}

function pointsOf(flat: readonly number[], closed: boolean): Point[] {
  const points: Point[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) points.push({ x: flat[i] ?? 0, y: flat[i + 1] ?? 0 })
  const first = points[0]
  return closed && first ? [...points, first] : points
}

/**
 * Not Math.hypot, whose last bits differ: a quarter and three quarters of the way, distances lie exactly on the threshold
 * of `thinned`, and the same bits as CVAT's decide whether a point stays.
 */
function distance(a: Point, b: Point): number {
  const [x, y] = [b.x - a.x, b.y - a.y]
  return Math.sqrt(x * x + y * y)
}

function mix(a: Point | undefined, b: Point | undefined, share: number): Point {
  if (!a || !b) return a ?? b ?? { x: 0, y: 0 }
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
}

/** Cumulative length at each point over the whole length; all zeros for a curve of no length. */
function fractions(points: readonly Point[]): number[] {
  const lengths: number[] = []
  let total = 0
  points.forEach((point, at) => {
    const before = points[at - 1]
    total += before ? distance(before, point) : 0
    lengths.push(total)
  })
  return lengths.map((length) => (total === 0 ? 0 : length / total))
}

function matchCurves(left: readonly number[], right: readonly number[]): Matching {
  const matching = new Map<number, number[]>()
  left.forEach((fraction, at) => {
    matching.set(at, [nearest(right, fraction)])
  })
  const chosen = new Set([...matching.values()].flat())
  right.forEach((fraction, at) => {
    if (!chosen.has(at)) matching.get(nearest(left, fraction))?.push(at)
  })
  for (const list of matching.values()) list.sort((a, b) => a - b)
  return matching
}

/** The index whose fraction is nearest, the first of equals. Fractions ascend, so it is found by halving. */
function nearest(fractions: readonly number[], wanted: number): number {
  const away = (at: number) => Math.abs((fractions[at] ?? 0) - wanted)
  const below = lastUpTo(fractions, wanted)
  const above = below + 1
  let best = below >= 0 && (above >= fractions.length || away(below) <= away(above)) ? below : above
  while (best > 0 && away(best - 1) === away(best)) best -= 1
  return best
}

function pairsOf(matching: Matching): [number, number][] {
  return [...matching].flatMap(([i, list]) => list.map((j): [number, number] => [i, j]))
}

/** Thin the segments in which many points of one side stand for one or few of the other. */
function reduce(
  a: readonly Point[],
  b: readonly Point[],
  matching: Matching,
  pairs: readonly [number, number][],
  between: readonly Point[],
): Point[] {
  const result: Point[] = []
  let at = 0
  while (at < pairs.length) {
    const [i, j] = pairs[at] ?? [0, 0]
    const several = matching.get(i) ?? []
    let end = at + 1
    if (several.length > 1) {
      end = at + several.length
      // All from the first to the last: where points lie on each other, one between may belong to another.
      const run = b.slice(several[0], (several.at(-1) ?? 0) + 1)
      result.push(...thinned(between.slice(at, end), lengthOf(run) / (2 * run.length)))
    } else {
      while (end < pairs.length && pairs[end]?.[1] === j && isSingle(matching, pairs[end])) end += 1
      const run = pairs.slice(at, end).flatMap(([index]) => a[index] ?? [])
      result.push(
        ...(end - at > 1
          ? thinned(between.slice(at, end), lengthOf(run) / (2 * run.length))
          : between.slice(at, end)),
      )
    }
    at = end
  }
  return result
}

const isSingle = (matching: Matching, pair: readonly [number, number] | undefined): boolean =>
  pair !== undefined && matching.get(pair[0])?.length === 1

function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, point, at) => {
    const before = points[at - 1]
    return before ? sum + distance(before, point) : sum
  }, 0)
}

/** Those that are as far as the threshold from the one kept before; the first and the last, or their middle. */
function thinned(points: readonly Point[], threshold: number): Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return []
  const kept = [first]
  for (const point of points.slice(1, -1))
    if (distance(kept.at(-1) ?? first, point) >= threshold) kept.push(point)
  kept.push(last)
  if (kept.length === 2 && distance(first, last) < threshold) return [mix(first, last, 0.5)]
  return kept
}
