import type { RgbPicture } from '../../core/ports.ts'
import {
  type Interpolation,
  type Plan,
  planOf,
  type Resampling,
  type Rounding,
} from './resample-plan.ts'
import { roundHalfEven, type Taps } from './taps.ts'

/** Takes row `y` of the wanted part; its pixels are written over by the next row. */
export type RowSink = (y: number, rgb: Uint8Array) => void

/**
 * Resize a picture row by row, without a copy of it.
 * @see https://docs.opencv.org/4.x/da/d54/group__imgproc__transform.html#ga47a974309e9102f5f08231edc7e7529d
 */
export function resampleRows(picture: RgbPicture, resampling: Resampling, sink: RowSink): void {
  const plan = planOf(resampling)
  if (plan.rounding === 'copy') copyRows(picture, resampling, plan, sink)
  else if (plan.rounding === 'linear') linearRows(picture, resampling, plan, sink)
  else weightedRows(picture, resampling, plan, plan.rounding, sink)
}

function copyRows(
  picture: RgbPicture,
  { source }: Resampling,
  { columns, rows }: Plan,
  sink: RowSink,
): void {
  const out = new Uint8Array(columns.length * 3)
  for (let y = 0; y < rows.length; y++) {
    const start = ((source.top + (rows.index[y] ?? 0)) * picture.width + source.left) * 3
    for (let x = 0, o = 0; x < columns.length; x++, o += 3) {
      const i = start + (columns.index[x] ?? 0) * 3
      out[o] = picture.rgb[i] ?? 0
      out[o + 1] = picture.rgb[i + 1] ?? 0
      out[o + 2] = picture.rgb[i + 2] ?? 0
    }
    sink(y, out)
  }
}

/** OpenCV's own arithmetic for two taps: 11 bits a weight, the sums cut to 16 bits between. */
function linearRows(
  picture: RgbPicture,
  { source }: Resampling,
  { columns, rows }: Plan,
  sink: RowSink,
): void {
  const weights = Int32Array.from(columns.weight)
  const offsets = columns.index.map((index) => (index + source.left) * 3)
  const kept = [new Int32Array(columns.length * 3), new Int32Array(columns.length * 3)] as const
  const held = [-1, -1]
  const across = (row: number, other: number): Int32Array => {
    const found = held.indexOf(row)
    if (found >= 0) return kept[found as 0 | 1]
    const slot = held[0] === other ? 1 : 0
    held[slot] = row
    const start = (source.top + row) * picture.width * 3
    linearRow(picture.rgb, start, offsets, weights, kept[slot])
    return kept[slot]
  }
  const out = new Uint8Array(columns.length * 3)
  for (let y = 0; y < rows.length; y++) {
    const first = rows.index[2 * y] ?? 0
    const second = rows.index[2 * y + 1] ?? 0
    const upper = across(first, second)
    const lower = across(second, first)
    mixRows(upper, lower, rows.weight[2 * y] ?? 0, rows.weight[2 * y + 1] ?? 0, out)
    sink(y, out)
  }
}

function linearRow(
  rgb: Uint8Array,
  start: number,
  offsets: Int32Array,
  weights: Int32Array,
  out: Int32Array,
): void {
  for (let k = 0, o = 0; o < out.length; k += 2, o += 3) {
    const i = start + (offsets[k] ?? 0)
    const j = start + (offsets[k + 1] ?? 0)
    const a = weights[k] ?? 0
    const b = weights[k + 1] ?? 0
    out[o] = (rgb[i] ?? 0) * a + (rgb[j] ?? 0) * b
    out[o + 1] = (rgb[i + 1] ?? 0) * a + (rgb[j + 1] ?? 0) * b
    out[o + 2] = (rgb[i + 2] ?? 0) * a + (rgb[j + 2] ?? 0) * b
  }
}

function mixRows(
  upper: Int32Array,
  lower: Int32Array,
  a: number,
  b: number,
  out: Uint8Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const above = ((upper[i] ?? 0) >> 4) * a
    const below = ((lower[i] ?? 0) >> 4) * b
    out[i] = ((above >> 16) + (below >> 16) + 2) >> 2
  }
}

function weightedRows(
  picture: RgbPicture,
  { source }: Resampling,
  { columns, rows }: Plan,
  rounding: Rounding,
  sink: RowSink,
): void {
  const width = columns.length * 3
  const slots = rows.size + 1
  const kept = Array.from({ length: slots }, () => new Float64Array(width))
  const held = new Int32Array(slots).fill(-1)
  const sums = new Float64Array(width)
  const out = new Uint8Array(width)
  for (let y = 0; y < rows.length; y++) {
    sums.fill(0)
    for (let k = y * rows.size; k < (y + 1) * rows.size; k++) {
      const weight = rows.weight[k] ?? 0
      if (weight === 0) continue
      const row = rows.index[k] ?? 0
      const line = kept[row % slots] ?? sums
      if (held[row % slots] !== row) {
        held[row % slots] = row
        const start = ((source.top + row) * picture.width + source.left) * 3
        weightedRow(picture.rgb, start, columns, line)
        if (rounding.between) roundAll(line, rounding, line)
      }
      for (let i = 0; i < width; i++) sums[i] = (sums[i] ?? 0) + weight * (line[i] ?? 0)
    }
    roundAll(sums, rounding, out)
    sink(y, out)
  }
}

function weightedRow(rgb: Uint8Array, start: number, columns: Taps, out: Float64Array): void {
  const { size, index, weight } = columns
  for (let o = 0, from = 0; o < out.length; o += 3, from += size) {
    let red = 0
    let green = 0
    let blue = 0
    for (let k = from; k < from + size; k++) {
      const w = weight[k] ?? 0
      const i = start + (index[k] ?? 0) * 3
      red += w * (rgb[i] ?? 0)
      green += w * (rgb[i + 1] ?? 0)
      blue += w * (rgb[i + 2] ?? 0)
    }
    out[o] = red
    out[o + 1] = green
    out[o + 2] = blue
  }
}

function roundAll(
  sums: Float64Array,
  { unit, ties }: Rounding,
  out: Float64Array | Uint8Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const value = (sums[i] ?? 0) * unit
    const whole = ties === 'up' ? Math.floor(value + 0.5) : roundHalfEven(value)
    out[i] = whole < 0 ? 0 : whole > 255 ? 255 : whole
  }
}

/** The whole picture at another size. */
export function resizePicture(
  picture: RgbPicture,
  width: number,
  height: number,
  interpolation: Interpolation,
): RgbPicture {
  const rgb = new Uint8Array(width * height * 3)
  resampleRows(
    picture,
    {
      interpolation,
      source: { left: 0, top: 0, right: picture.width, bottom: picture.height },
      width,
      height,
      wanted: { left: 0, top: 0, right: width, bottom: height },
    },
    (y, row) => rgb.set(row, y * width * 3),
  )
  return { width, height, rgb }
}
