/** Coordinates relative to the picture's size, as the YOLO formats write them: text with six decimals. */
import type { DatasetFrame } from '#main/core/ports.ts'
import { roundHalfEven } from '#shared/geometry/ellipse.ts'
import { decimalAt } from './decimal-text.ts'

/** Image pixels; the unit of relative numbers. */
export type PictureSize = Pick<DatasetFrame, 'width' | 'height'>

/** Larger numbers are pixels or damage: no annotation reaches a thousand pictures beyond its own. */
const FARTHEST = 1000

export function hasSize({ width, height }: PictureSize): boolean {
  return width > 0 && height > 0
}

const MILLION = 1e6
/** Below it a number of millionths is exact. */
const MOST_MILLIONTHS = 1e12

/**
 * C's `%.6f`. JavaScript's toFixed is the same but for exact ties, which it rounds up and C rounds to even; a tie at six
 * decimals is an odd number of 128ths.
 */
export function fixed6(x: number): string {
  const scaled = x * MILLION
  const nearest = Math.round(scaled)
  // Far from a tie the nearest millionth is beyond doubt, and whole numbers print in a third of the time of toFixed.
  if (Math.abs(scaled - nearest) < 0.49 && Math.abs(nearest) < MOST_MILLIONTHS) {
    return millionths(nearest)
  }
  const isTie = Math.abs((x * 128) % 2) === 1
  const text = isTie ? (roundHalfEven(scaled) / MILLION).toFixed(6) : x.toFixed(6)
  return text === '-0.000000' ? '0.000000' : text
}

function millionths(n: number): string {
  const size = Math.abs(n)
  const rest = size % MILLION
  // A leading 1 keeps the zeros.
  return `${n < 0 ? '-' : ''}${(size - rest) / MILLION}.${String(MILLION + rest).slice(1)}`
}

/** Flat points as text, x and y in turns relative to the picture's size. @param size  known, see `hasSize` */
export function relativeText(points: readonly number[], { width, height }: PictureSize): string {
  let text = ''
  for (let i = 0; i < points.length; i++) {
    const share = (points[i] ?? 0) / (i % 2 === 0 ? width : height)
    text += i === 0 ? fixed6(share) : ` ${fixed6(share)}`
  }
  return text
}

/** Flat relative points in image pixels. */
export function toPixels(numbers: readonly number[], { width, height }: PictureSize): number[] {
  return numbers.map((value, i) => value * (i % 2 === 0 ? width : height))
}

/**
 * The box `[x1, y1, x2, y2]` around two corners as centre and size: cx, cy, width, height; what of it lies beside the
 * picture is kept, as in CVAT.
 */
export function centreAndSize(points: readonly number[]): [number, number, number, number] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
  return [(x1 + x2) / 2, (y1 + y2) / 2, Math.abs(x2 - x1), Math.abs(y2 - y1)]
}

export function fromCentre([cx = 0, cy = 0, width = 0, height = 0]: readonly number[]): number[] {
  return [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2]
}

/**
 * A relative number in text. Decimal notation only: `NaN`, `Infinity` and `0x10` are numbers to JavaScript, not to people.
 * @param refuse says what is wrong, as a clause, and does not come back
 */
export function relativeNumber(text: string, refuse: (problem: string) => never): number {
  const value = decimalAt(text, 0, text.length)
  if (Number.isNaN(value)) refuse(`"${text}" is not a number`)
  if (Math.abs(value) > FARTHEST) refuse(`${text} is not relative to the picture's size`)
  return value
}
