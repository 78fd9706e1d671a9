/** Which frame is shown at a time, by binary search; -1 where none is. Times ascend. */
export function frameAt(times: Float64Array, time: number): number {
  const at = firstFrom(times, time)
  return times[at] === time ? at : -1
}

/** Position of the last entry up to `n` in ascending frame numbers; -1 where there is none. */
export function lastUpTo(frames: Uint32Array, n: number): number {
  return firstFrom(frames, n + 1) - 1
}

/** Position of the first value not below `least`; the length when all are. */
export function firstFrom(values: Float64Array | Uint32Array, least: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? Number.POSITIVE_INFINITY) < least) low = middle + 1
    else high = middle
  }
  return low
}
