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

/**
 * The time each frame is shown at, ascending. Mostly what its packet says. Where packets have no such time (AVI), frames
 * take the decoding times in order; where times are missing or set back, a frame comes one unit after the one before it.
 * @param times  of the packet each frame came from, NaN where it has none
 */
export function presentationTimes(
  times: readonly number[],
  packets: readonly { readonly dts: number }[],
): Float64Array {
  const decoding = packets.map(({ dts }) => dts)
  const usesDecoding = times.some(Number.isNaN) && !decoding.some(Number.isNaN)
  const ordered = usesDecoding ? decoding.sort((a, b) => a - b) : times
  const ascending = new Float64Array(times.length)
  let before = Number.NaN
  for (let n = 0; n < times.length; n += 1) {
    const own = ordered[n] ?? Number.NaN
    const next = Number.isNaN(before) ? 0 : before + 1
    before = own >= next || (n === 0 && !Number.isNaN(own)) ? own : next
    ascending[n] = before
  }
  return ascending
}
