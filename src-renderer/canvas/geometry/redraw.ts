import { at } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/**
 * The outline with a new path between two of its vertices. Of a polygon's two ways between them the shorter one is
 * replaced: what is redrawn is a part, not the rest. The order of what stays is kept.
 * @param points  image pixels, flat
 * @param path  between the vertices `from` and `to`, without them
 */
export function redrawn(
  points: readonly number[],
  closed: boolean,
  from: number,
  to: number,
  path: readonly ImagePoint[],
): number[] {
  const [low, high] = from < to ? [from, to] : [to, from]
  const way = (from < to ? path : path.toReversed()).flatMap(({ x, y }) => [x, y])
  const inside = length(points, low, high)
  const outside =
    length(points, high, points.length / 2) + closingLength(points) + length(points, 0, low)
  if (!closed || inside <= outside)
    return [...points.slice(0, 2 * low + 2), ...way, ...points.slice(2 * high)]
  const back = path.length === 0 ? [] : reversedPairs(way)
  return [...points.slice(2 * low, 2 * high + 2), ...back]
}

/** Of the edges from vertex `first` to vertex `last`; past the last vertex there is none. */
function length(points: readonly number[], first: number, last: number): number {
  let sum = 0
  for (let i = first; i < Math.min(last, points.length / 2 - 1); i++) {
    sum += Math.hypot(
      at(points, 2 * i + 2) - at(points, 2 * i),
      at(points, 2 * i + 3) - at(points, 2 * i + 1),
    )
  }
  return sum
}

function closingLength(points: readonly number[]): number {
  const n = points.length
  return Math.hypot(at(points, n - 2) - at(points, 0), at(points, n - 1) - at(points, 1))
}

function reversedPairs(flat: readonly number[]): number[] {
  const out: number[] = []
  for (let i = flat.length - 2; i >= 0; i -= 2) out.push(at(flat, i), at(flat, i + 1))
  return out
}
