/** The few functions every head ends with. */

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** `count` numbers from `start` on as shares of one. Numbers that are not finite make all of them NaN. */
export function softmax(data: ArrayLike<number>, start = 0, count = data.length): Float64Array {
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < count; i++) most = Math.max(most, data[start + i] ?? 0)
  const shares = new Float64Array(count)
  let sum = 0
  for (let i = 0; i < count; i++) {
    const share = Math.exp((data[start + i] ?? 0) - most)
    shares[i] = share
    sum += share
  }
  for (let i = 0; i < count; i++) shares[i] = (shares[i] ?? 0) / sum
  return shares
}

/** Indices of the largest, largest first, of equal ones the earlier first; what is not a number is none of them. */
export function largest(data: ArrayLike<number>, count: number): number[] {
  return Array.from({ length: data.length }, (_, i) => i)
    .filter((i) => !Number.isNaN(data[i]))
    .sort((a, b) => (data[b] ?? 0) - (data[a] ?? 0) || a - b)
    .slice(0, count)
}
