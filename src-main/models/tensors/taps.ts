/**
 * Which source pixels, with which weights, make each pixel of a resized line: resizing goes axis by axis, and every kind
 * of it is a table like this one. The conventions are OpenCV's (half-pixel centres; `cv::resize`) and Pillow's
 * (`ImagingResample`), down to their fixed-point weights, since that is what models were trained and measured with.
 */

/** `size` taps for each of the `length` targets; unused ones weigh 0. */
export interface Taps {
  readonly length: number
  readonly size: number
  readonly index: Int32Array
  readonly weight: Float64Array
}

/** Fixed point of OpenCV's linear and cubic weights, and of Pillow's. */
export const OPENCV_ONE = 2 ** 11
export const PILLOW_ONE = 2 ** 22

/** @param source, target  pixels of the whole line before and after */
export function nearestTaps(source: number, target: number): Taps {
  const taps = emptyTaps(target, 1)
  for (let i = 0; i < target; i++) {
    taps.index[i] = Math.min(source - 1, Math.floor(i * (source / target)))
    taps.weight[i] = 1
  }
  return taps
}

/** INTER_LINEAR; weights in 1/2048. */
export function linearTaps(source: number, target: number): Taps {
  return interpolated(source, target, 2, (part) => [1 - part, part])
}

/** INTER_CUBIC (a = -0.75); weights in 1/2048. */
export function cubicTaps(source: number, target: number): Taps {
  return interpolated(source, target, 4, cubicWeights)
}

function cubicWeights(part: number): number[] {
  const a = -0.75
  const far = ((a * (part + 1) - 5 * a) * (part + 1) + 8 * a) * (part + 1) - 4 * a
  const near = ((a + 2) * part - (a + 3)) * part * part + 1
  const next = ((a + 2) * (1 - part) - (a + 3)) * (1 - part) * (1 - part) + 1
  return [far, near, next, 1 - far - near - next]
}

function interpolated(
  source: number,
  target: number,
  size: number,
  weights: (part: number) => number[],
): Taps {
  const taps = emptyTaps(target, size)
  const scale = 1 / (target / source)
  for (let i = 0; i < target; i++) {
    const place = Math.fround((i + 0.5) * scale - 0.5)
    const below = Math.floor(place)
    const parts = weights(Math.fround(place - below))
    for (let k = 0; k < size; k++) {
      const from = below + k + 1 - size / 2
      taps.index[i * size + k] = Math.max(0, Math.min(source - 1, from))
      taps.weight[i * size + k] = roundHalfEven((parts[k] ?? 0) * OPENCV_ONE)
    }
  }
  return taps
}

/** Of whole-number shrinking every pixel weighs 1, and the sum is divided at the end. */
export function wholeAreaTaps(source: number, target: number): Taps {
  const size = Math.round(source / target)
  const taps = emptyTaps(target, size)
  for (let i = 0; i < taps.index.length; i++) taps.index[i] = i
  taps.weight.fill(1)
  return taps
}

/** INTER_AREA for shrinking by any factor: the share of each pixel under the target's. Weights add up to 1. */
export function areaTaps(source: number, target: number): Taps {
  const scale = source / target
  const taps = emptyTaps(target, Math.ceil(scale) + 2)
  for (let i = 0; i < target; i++) {
    const start = i * scale
    const end = start + scale
    const cell = Math.min(scale, source - start)
    const last = Math.min(Math.floor(end), source - 1)
    const first = Math.min(Math.ceil(start), last)
    let k = i * taps.size
    const put = (index: number, weight: number) => {
      taps.index[k] = index
      taps.weight[k++] = Math.fround(weight)
    }
    // What covers less than a thousandth of a pixel is left out, as there.
    if (first - start > 1e-3) put(first - 1, (first - start) / cell)
    for (let from = first; from < last; from++) put(from, 1 / cell)
    if (end - last > 1e-3) put(last, Math.min(end - last, 1, cell) / cell)
  }
  return taps
}

/** Pillow's BILINEAR and BICUBIC (a = -0.5), which widen their filter when shrinking; weights in 1/2^22. */
export function pillowTaps(source: number, target: number, kind: 'linear' | 'cubic'): Taps {
  const scale = source / target
  const widened = Math.max(1, scale)
  const support = (kind === 'linear' ? 1 : 2) * widened
  const filter = kind === 'linear' ? triangle : cubic
  const taps = emptyTaps(target, Math.ceil(support) * 2 + 1)
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * scale
    const first = Math.max(0, Math.trunc(centre - support + 0.5))
    const last = Math.min(source, Math.trunc(centre + support + 0.5))
    let sum = 0
    for (let from = first; from < last; from++) sum += filter((from - centre + 0.5) / widened)
    for (let from = first; from < last; from++) {
      const k = i * taps.size + from - first
      const weight = (filter((from - centre + 0.5) / widened) / sum) * PILLOW_ONE
      taps.index[k] = from
      taps.weight[k] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5)
    }
  }
  return taps
}

function triangle(x: number): number {
  return Math.max(0, 1 - Math.abs(x))
}

function cubic(signed: number): number {
  const a = -0.5
  const x = Math.abs(signed)
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
}

/** The targets from … to alone. */
export function sliceTaps(taps: Taps, from: number, to: number): Taps {
  const { size } = taps
  return {
    length: to - from,
    size,
    index: taps.index.subarray(from * size, to * size),
    weight: taps.weight.subarray(from * size, to * size),
  }
}

function emptyTaps(length: number, size: number): Taps {
  return {
    length,
    size,
    index: new Int32Array(length * size),
    weight: new Float64Array(length * size),
  }
}

export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const part = value - below
  if (part !== 0.5) return part < 0.5 ? below : below + 1
  return below % 2 === 0 ? below : below + 1
}
