/**
 * Masks as Fieldmark keeps them, which is CVAT's way: runs in ROW-major order inside an inclusive pixel box, the first
 * run counting zeros, followed by the box `left, top, right, bottom`. COCO's runs are column-major over the whole image;
 * between the two, always go through pixels.
 */
import { at } from './points.ts'

/** Pixels 0 or 1, row-major, placed on the image at (left, top). */
export interface Bitmap {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export function emptyBitmap(left: number, top: number, width: number, height: number): Bitmap {
  return { left, top, width, height, data: new Uint8Array(width * height) }
}

/** A larger mask would take more memory than a whole import may; pictures have at most as many pixels. */
export const MOST_MASK_PIXELS = 2 ** 28

/** What is wrong with mask points, as a clause without a full stop; null when nothing is. */
export function maskProblem(points: readonly number[]): string | null {
  if (points.length < 6) return 'a mask needs at least 6 numbers'
  if (!points.every(Number.isSafeInteger)) return 'a mask holds whole numbers only'
  const [left, top, right, bottom] = points.slice(-4) as [number, number, number, number]
  if (right < left || bottom < top) return 'the box of the mask is inside out'
  const area = (right - left + 1) * (bottom - top + 1)
  if (area > MOST_MASK_PIXELS) return `the box of the mask has ${area} pixels, too many`
  let sum = 0
  for (const run of points.slice(0, -4)) {
    if (run < 0) return 'a run of the mask is negative'
    sum += run
  }
  return sum === area ? null : `the runs of the mask add up to ${sum}, its box has ${area} pixels`
}

/** Runs of a row-major (or any flat) bitmap, zeros first. */
export function encodeRuns(data: Uint8Array): number[] {
  const counts: number[] = []
  let value = 0
  // indexOf looks at many bytes at a time; a loop of our own would look at each.
  for (let start = 0; start < data.length || counts.length === 0; value = 1 - value) {
    const found = data.indexOf(1 - value, start)
    const end = found < 0 ? data.length : found
    counts.push(end - start)
    start = end
  }
  return counts
}

/** @param points mask points that `maskProblem` has nothing against */
export function decodeMask(points: readonly number[]): Bitmap {
  const n = points.length - 4
  const left = at(points, n)
  const top = at(points, n + 1)
  const bitmap = emptyBitmap(left, top, at(points, n + 2) - left + 1, at(points, n + 3) - top + 1)
  let position = 0
  for (let i = 0; i < n; i++) {
    const run = at(points, i)
    if (i % 2 === 1) bitmap.data.fill(1, position, position + run)
    position += run
  }
  return bitmap
}

/** Mask points of a bitmap, its box tightened to the pixels that are set; null when none is. */
export function encodeMask(bitmap: Bitmap): number[] | null {
  const tight = tighten(bitmap)
  if (tight === null) return null
  const { left, top, width, height, data } = tight
  return [...encodeRuns(data), left, top, left + width - 1, top + height - 1]
}

/** Number of pixels set. */
export function maskArea(points: readonly number[]): number {
  let area = 0
  for (let i = 1; i < points.length - 4; i += 2) area += at(points, i)
  return area
}

function tighten(bitmap: Bitmap): Bitmap | null {
  const { width, height, data } = bitmap
  let x1 = width
  let x2 = -1
  let y1 = height
  let y2 = -1
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width)
    const first = row.indexOf(1)
    if (first < 0) continue
    if (y1 > y) y1 = y
    y2 = y
    x1 = Math.min(x1, first)
    x2 = Math.max(x2, row.lastIndexOf(1))
  }
  return y2 < 0 ? null : crop(bitmap, x1, y1, x2 - x1 + 1, y2 - y1 + 1)
}

function crop(bitmap: Bitmap, x: number, y: number, width: number, height: number): Bitmap {
  const cropped = emptyBitmap(bitmap.left + x, bitmap.top + y, width, height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * bitmap.width + x
    cropped.data.set(bitmap.data.subarray(from, from + width), row * width)
  }
  return cropped
}
