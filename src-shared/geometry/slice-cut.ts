/** The line a shape is sliced along: how it crosses outlines, and how it is prolonged until it leaves. */
import { at } from './points.ts'

/** Image pixels that a prolonged line reaches beyond the border. */
const BEYOND = 1e-3

/** Where a cut crosses an edge. */
export interface Crossing {
  /** Along the cut: index of its segment plus 0 … 1. */
  readonly along: number
  /** Index of the ring, of its edge's first vertex, and 0 … 1 along that edge. */
  readonly ring: number
  readonly edge: number
  readonly share: number
}

/** Positive when (x, y) lies on one side of the line through a and b, negative on the other. */
export function sideOf(
  [ax, ay, bx, by]: readonly [number, number, number, number],
  x: number,
  y: number,
): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
}

/**
 * Every crossing of a cut with closed rings, in order along the cut. A vertex exactly on the other line counts as lying
 * beside it, always on the same side, so passing through a vertex is one crossing and grazing it none or two.
 */
export function crossingsOf(
  cut: readonly number[],
  rings: readonly (readonly number[])[],
): Crossing[] {
  const found: Crossing[] = []
  for (let s = 0; s + 3 < cut.length; s += 2) {
    const segment = segmentAt(cut, s, s + 2)
    for (const [ring, points] of rings.entries()) {
      const n = points.length
      for (let p = 0; p < n; p += 2) {
        const hit = crossingOf(segment, segmentAt(points, p, (p + 2) % n))
        if (hit) found.push({ along: s / 2 + hit.along, ring, edge: p / 2, share: hit.share })
      }
    }
  }
  return found.sort((a, b) => a.along - b.along)
}

type Segment = readonly [number, number, number, number]

function segmentAt(points: readonly number[], i: number, j: number): Segment {
  return [at(points, i), at(points, i + 1), at(points, j), at(points, j + 1)]
}

function crossingOf(cut: Segment, edge: Segment): { along: number; share: number } | null {
  const p = sideOf(cut, edge[0], edge[1])
  const q = sideOf(cut, edge[2], edge[3])
  if (p >= 0 === q >= 0) return null
  const a = sideOf(edge, cut[0], cut[1])
  const b = sideOf(edge, cut[2], cut[3])
  if (a >= 0 === b >= 0) return null
  return { along: a / (a - b), share: p / (p - q) }
}

/**
 * A cut whose ends lie inside is prolonged straight on to the border; every end goes a hair further than it was drawn, so
 * that one exactly on the border lies outside.
 * @param isInside  whether a point is inside the shape
 * @param rings     the shape's border
 */
export function prolonged(
  cut: readonly number[],
  rings: readonly (readonly number[])[],
  isInside: (x: number, y: number) => boolean,
): number[] {
  const longer = [...hairBefore(cut), ...cut]
  const back = reversed([...longer, ...hairBefore(reversed(longer))])
  const end = isInside(at(back, 0), at(back, 1)) ? beyond(back, rings) : []
  const start = isInside(at(longer, 0), at(longer, 1)) ? beyond(longer, rings) : []
  return [...start, ...reversed(back), ...end]
}

function hairBefore(cut: readonly number[]): number[] {
  const [x, y] = [at(cut, 0), at(cut, 1)]
  const [dx, dy] = [x - at(cut, 2), y - at(cut, 3)]
  const by = BEYOND / Math.hypot(dx, dy)
  return [x + dx * by, y + dy * by]
}

/** The point outside, straight before the first of `cut`. */
function beyond(cut: readonly number[], rings: readonly (readonly number[])[]): number[] {
  const [x, y] = [at(cut, 0), at(cut, 1)]
  const [dx, dy] = [x - at(cut, 2), y - at(cut, 3)]
  const length = Math.hypot(dx, dy)
  if (length === 0) return []
  const reach = reachOf(rings, x, y)
  const far = [x, y, x + (dx / length) * reach, y + (dy / length) * reach]
  const first = crossingsOf(far, rings)[0]
  if (!first) return []
  const by = first.along * reach + BEYOND
  return [x + (dx / length) * by, y + (dy / length) * by]
}

/** From (x, y) beyond everything. */
function reachOf(rings: readonly (readonly number[])[], x: number, y: number): number {
  let reach = 1
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2)
      reach = Math.max(reach, Math.hypot(at(ring, i) - x, at(ring, i + 1) - y) + 1)
  }
  return reach
}

/** Flat points, last first. */
export function reversed(points: readonly number[]): number[] {
  const back: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) back.push(at(points, i), at(points, i + 1))
  return back
}

/** Without points that repeat the one before. */
export function withoutRepeats(points: readonly number[]): number[] {
  const kept: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const same = at(points, i) === kept.at(-2) && at(points, i + 1) === kept.at(-1)
    if (!same) kept.push(at(points, i), at(points, i + 1))
  }
  return kept
}
