import { at } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

interface Sums {
  /** Where each run ends, in pixels from the box's first. */
  readonly ends: Float64Array
  /** Pixels that are set. */
  readonly area: number
}

/** Summed once per shape value, on the first question; they go when the value does. */
const known = new WeakMap<object, Sums>()

/** Is the pixel under `p` set? As many looks as the runs have digits, in base two. */
export function hitMask(p: ImagePoint, points: ArrayLike<number>): boolean {
  const n = points.length
  const left = at(points, n - 4)
  const width = at(points, n - 2) - left + 1
  const [x, y] = [Math.floor(p.x) - left, Math.floor(p.y) - at(points, n - 3)]
  if (x < 0 || x >= width || y < 0 || y > at(points, n - 1) - at(points, n - 3)) return false
  const { ends } = sumsOf(points)
  const offset = y * width + x
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  // Runs begin with one of unset pixels. Past the last run nothing is set.
  return low < ends.length && low % 2 === 1
}

export const maskPixelCount = (points: ArrayLike<number>): number => sumsOf(points).area

function sumsOf(points: ArrayLike<number>): Sums {
  const found = known.get(points)
  if (found) return found
  const ends = new Float64Array(Math.max(0, points.length - 4))
  let [sum, area] = [0, 0]
  for (let i = 0; i < ends.length; i++) {
    const run = at(points, i)
    sum += run
    if (i % 2 === 1) area += run
    ends[i] = sum
  }
  const sums = { ends, area }
  known.set(points, sums)
  return sums
}
