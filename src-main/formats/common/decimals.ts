import { roundHalfEven } from '#shared/geometry/ellipse.ts'

/** Rounded to 0.01 as numpy does: scaled by 100, half to even, scaled back (formats.md 2.10). */
export function round2(x: number): number {
  return roundHalfEven(x * 100) / 100
}

/**
 * Python's `%.2f`. JavaScript's toFixed is the same but for exact ties, which it rounds up and C rounds to even; a tie
 * at two decimals is an odd number of eighths.
 */
export function fixed2(x: number): string {
  const eighths = x * 8
  const tie = Math.abs(eighths % 2) === 1
  const text = (tie ? roundHalfEven(x * 100) / 100 : x).toFixed(2)
  return text === '-0.00' ? '0.00' : text
}

/** A JSON number the way Python prints floats: `8.0`, never `8`. */
export function pythonFloat(x: number): string {
  return Number.isInteger(x) && Math.abs(x) < 1e16 ? `${x === 0 ? 0 : x}.0` : String(x)
}

/** Beyond this no picture reaches; such numbers are damage, and would make rasterising them run for hours. */
const FARTHEST = 1e7

/** True for a number that can be a coordinate in image pixels. */
export function isCoordinate(x: unknown): x is number {
  return typeof x === 'number' && x >= -FARTHEST && x <= FARTHEST
}
