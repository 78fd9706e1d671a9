import type { ReidBox } from '../../core/ports.ts'
import { assign } from './assign.ts'

export interface Look extends ReidBox {
  /** Only its direction matters. */
  readonly vector: ArrayLike<number>
}

/** Of pairs that may not be: more than any distance, and still a number. */
const NEVER = 1000

/**
 * Which box of one picture is which of another, as CVAT's function does it: only boxes of one label whose centres are near are
 * compared; the assignment of least cost over all, and of it the pairs whose looks are near enough.
 * @param threshold  largest cosine distance, 0 … 2
 * @param maxDistance  largest way of a centre, image pixels
 * @returns for each of `looks0` the index in `looks1`, or -1
 */
export function matchLooks(
  looks0: readonly Look[],
  looks1: readonly Look[],
  { threshold, maxDistance }: { readonly threshold: number; readonly maxDistance: number },
): number[] {
  const costs = looks0.map((one) =>
    looks1.map((other) =>
      one.labelId === other.labelId && centreDistance(one, other) <= maxDistance
        ? cosineDistance(one.vector, other.vector)
        : NEVER,
    ),
  )
  return assign(costs).map((at, row) => ((costs[row]?.[at] ?? NEVER) <= threshold ? at : -1))
}

function centreDistance(a: ReidBox, b: ReidBox): number {
  const [ax, ay] = centre(a)
  const [bx, by] = centre(b)
  return Math.hypot(ax - bx, ay - by)
}

const centre = ({ points: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }: ReidBox) =>
  [(x1 + x2) / 2, (y1 + y2) / 2] as const

/** 0 … 2; of vectors that have no direction `NEVER`. */
export function cosineDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0
  let a2 = 0
  let b2 = 0
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const x = a[at] ?? 0
    const y = b[at] ?? 0
    product += x * y
    a2 += x * x
    b2 += y * y
  }
  const distance = 1 - product / Math.sqrt(a2 * b2)
  return Number.isFinite(distance) ? distance : NEVER
}
