import { roundHalfEven } from '#shared/geometry/ellipse.ts'

/** Rounded to 0.01 as numpy does: scaled by 100, half to even, scaled back. */
export function round2(x: number): number {
  return roundHalfEven(x * 100) / 100
}

/**
 * Python's `%.2f`. JavaScript's toFixed is the same but for exact ties, which it rounds up and C rounds to even; a tie
 * at two decimals is an odd number of eighths.
 */
export function fixed2(x: number): string {
  const scaled = x * 100
  const nearest = Math.round(scaled)
  // Far from a tie the nearest hundredth is beyond doubt, and whole numbers print five times as fast as toFixed.
  if (Math.abs(scaled - nearest) < 0.49 && Math.abs(nearest) < 1e9) return hundredths(nearest)
  const tie = Math.abs((x * 8) % 2) === 1
  const text = (tie ? roundHalfEven(scaled) / 100 : x).toFixed(2)
  return text === '-0.00' ? '0.00' : text
}

function hundredths(n: number): string {
  const size = Math.abs(n)
  const rest = size % 100
  return `${n < 0 ? '-' : ''}${(size - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`
}

/** A JSON number the way Python prints floats: `8.0`, never `8`. */
export function pythonFloat(x: number): string {
  const nearest = Math.round(x * 100)
  if (nearest / 100 === x && Math.abs(nearest) < 1e9) {
    // At most two decimals, as nearly all of ours: quicker than finding the shortest digits of any float.
    const text = hundredths(nearest)
    return text.endsWith('0') ? text.slice(0, -1) : text
  }
  return Number.isInteger(x) && Math.abs(x) < 1e16 ? `${x}.0` : String(x)
}
