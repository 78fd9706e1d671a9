/**
 * Parts of a picture as trackers, re-identification and zoomed-in interactors see them: cut out, resized, and filled
 * with one colour where they reach beyond the picture.
 */
import type { Box } from '#shared/geometry/box.ts'
import type { RgbPicture } from '../../core/ports.ts'
import { roundHalfEven } from './taps.ts'

/** 0 … 255 of all channels, or red, green, blue. */
export type PadColor = number | readonly [red: number, green: number, blue: number]

/**
 * Part of a picture, bilinear, at another size: what `cv2.warpAffine(…, INTER_LINEAR, BORDER_CONSTANT)` gives for the
 * matrix that moves `box` onto the whole of `width` x `height`, to the grey level (places are rounded to 1/32 pixel, as
 * there). Nothing is averaged when it shrinks. Sides may change apart, and the box may reach beyond the picture.
 * @param box  image pixels, edges, need not be whole numbers: `{ left: cx - side / 2, … }` for a square around (cx, cy)
 * @param pad  what lies outside the picture
 * @returns a picture of its own; `toTensor` of `picture-tensor.ts` normalises it
 */
export function cropTo(
  picture: RgbPicture,
  box: Box,
  width: number,
  height: number,
  pad: PadColor = 0,
): RgbPicture {
  const rgb = new Uint8Array(width * height * 3)
  const columns = places(box.left, box.right - box.left, width)
  const rows = places(box.top, box.bottom - box.top, height)
  const color = colorOf(pad)
  for (let y = 0, out = 0; y < height; y++)
    for (let x = 0; x < width; x++, out += 3)
      blend(picture, columns[x] ?? 0, rows[y] ?? 0, color, rgb, out)
  return { width, height, rgb }
}

/**
 * Whole pixels of a picture, those outside it filled: what `cv2.copyMakeBorder` and a slice give. Resize it with
 * `resizePicture` for trackers that cut first (SiamMask, NanoTrack, DEXTR).
 * @param left, top  image pixels, whole, may be negative
 */
export function cutOut(
  picture: RgbPicture,
  left: number,
  top: number,
  width: number,
  height: number,
  pad: PadColor = 0,
): RgbPicture {
  const rgb = new Uint8Array(width * height * 3)
  const [red, green, blue] = colorOf(pad)
  if (red === green && green === blue) rgb.fill(red)
  else for (let i = 0; i < rgb.length; i += 3) rgb.set([red, green, blue], i)
  const from = Math.max(0, left)
  const to = Math.min(picture.width, left + width)
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + height) && from < to; y++) {
    const source = (y * picture.width + from) * 3
    const row = picture.rgb.subarray(source, source + (to - from) * 3)
    rgb.set(row, ((y - top) * width + from - left) * 3)
  }
  return { width, height, rgb }
}

export function colorOf(pad: PadColor): readonly [number, number, number] {
  return typeof pad === 'number' ? [pad, pad, pad] : pad
}

/** OpenCV's fixed point: pixels in 1/32, from sums in 1/1024. */
const STEPS = 32
const FINE = 1024

/** For each pixel of the result, where between the centres of the picture's pixels it lies, in 1/32. */
function places(start: number, length: number, count: number): Int32Array {
  const step = length / count
  const origin = roundHalfEven((start + 0.5 * step - 0.5) * FINE) + FINE / STEPS / 2
  const found = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const fine = origin + roundHalfEven(i * step * FINE)
    found[i] = Math.max(-(2 ** 30), Math.min(2 ** 30, Math.floor((fine * STEPS) / FINE)))
  }
  return found
}

function blend(
  { width, height, rgb }: RgbPicture,
  column: number,
  row: number,
  pad: readonly [number, number, number],
  out: Uint8Array,
  at: number,
): void {
  const x = column >> 5
  const y = row >> 5
  const fx = column & 31
  const fy = row & 31
  const isLeft = x >= 0 && x < width
  const isRight = x + 1 >= 0 && x + 1 < width
  const isUpper = y >= 0 && y < height
  const isLower = y + 1 >= 0 && y + 1 < height
  const i = (y * width + x) * 3
  const below = i + width * 3
  for (let c = 0; c < 3; c++) {
    const outside = pad[c] ?? 0
    const a = isUpper && isLeft ? (rgb[i + c] ?? 0) : outside
    const b = isUpper && isRight ? (rgb[i + 3 + c] ?? 0) : outside
    const d = isLower && isLeft ? (rgb[below + c] ?? 0) : outside
    const e = isLower && isRight ? (rgb[below + 3 + c] ?? 0) : outside
    const sum = (a * (32 - fx) + b * fx) * (32 - fy) + (d * (32 - fx) + e * fx) * fy
    out[at + c] = (sum + 512) >> 10
  }
}
