import type { Tensor } from '../../family.ts'

/** Of the largest number of an output. Graphics processors round differently, and some multiply with ten bits only: too few. */
const TOLERANCE = 2e-3
const LEAST = 1e-5

/**
 * Whether two devices gave the same answer.
 * @returns where they differ, a clause; '' when they do not
 */
export function difference(
  expected: Readonly<Record<string, Tensor>>,
  actual: Readonly<Record<string, Tensor>>,
): string {
  for (const [name, one] of Object.entries(expected)) {
    const other = actual[name]
    if (!other || one.type !== other.type || one.dims.join() !== other.dims.join())
      return `its output ${name} has other dims than on the processor`
    if (!isNear(one, other)) return `its output ${name} is not what the processor computes`
  }
  return ''
}

function isNear({ type, data: a }: Tensor, { data: b }: Tensor): boolean {
  const isExact = type !== 'float32' && type !== 'float64'
  let largest = 0
  for (const value of a) {
    const size = Math.abs(Number(value))
    if (Number.isFinite(size) && size > largest) largest = size
  }
  const allowed = isExact ? 0 : LEAST + TOLERANCE * largest
  for (let at = 0; at < a.length; at += 1) {
    const x = Number(a[at])
    const y = Number(b[at])
    if (!Object.is(x, y) && !(Math.abs(x - y) <= allowed)) return false
  }
  return true
}
