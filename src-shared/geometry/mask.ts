/**
 * Masks as Fieldmark keeps them, which is CVAT's way: runs in ROW-major order inside an inclusive pixel box, the first
 * run counting zeros, followed by the box `left, top, right, bottom`. COCO's runs are column-major over the whole image;
 * between the two, always go through pixels.
 */
import { maskOfToggles } from './mask-spans.ts'
import { at, isCoordinate } from './points.ts'

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
  let sum = 0
  // One pass without a copy: masks of a file have millions of runs.
  for (let i = 0; i < points.length - 4; i++) {
    const number = points[i] ?? 0
    if (!Number.isSafeInteger(number)) return 'a mask holds whole numbers only'
    if (number < 0) return 'a run of the mask is negative'
    sum += number
  }
  const [left, top, right, bottom] = points.slice(-4) as [number, number, number, number]
  if (![left, top, right, bottom].every(Number.isSafeInteger))
    return 'a mask holds whole numbers only'
  if (![left, top, right, bottom].every(isCoordinate))
    return 'the box of the mask is further away than any picture reaches'
  if (right < left || bottom < top) return 'the box of the mask is inside out'
  const area = (right - left + 1) * (bottom - top + 1)
  if (area > MOST_MASK_PIXELS) return `the box of the mask has ${area} pixels, too many`
  return sum === area ? null : `the runs of the mask add up to ${sum}, its box has ${area} pixels`
}

/** Runs of a row-major (or any flat) bitmap, zeros first. */
export function encodeRuns(data: Uint8Array): number[] {
  const counts: number[] = []
  let value = 0
  for (let start = 0; start < data.length || counts.length === 0; value = 1 - value) {
    const end = runEnd(data, start, value)
    counts.push(end - start)
    start = end
  }
  return counts
}

/** Calling `indexOf` and `fill`, which go many bytes at a time, costs as much as this many bytes looked at here. */
const SHORT_RUN = 48

function runEnd(data: Uint8Array, start: number, value: number): number {
  const near = Math.min(data.length, start + SHORT_RUN)
  for (let i = start; i < near; i++) if (data[i] !== value) return i
  if (near === data.length) return near
  const found = data.indexOf(1 - value, near)
  return found < 0 ? data.length : found
}

/** @param points mask points that `maskProblem` has nothing against */
export function decodeMask(points: readonly number[]): Bitmap {
  const n = points.length - 4
  const left = at(points, n)
  const top = at(points, n + 1)
  const bitmap = emptyBitmap(left, top, at(points, n + 2) - left + 1, at(points, n + 3) - top + 1)
  let position = 0
  for (let i = 0; i < n; i++) {
    const end = position + (points[i] ?? 0)
    if (i % 2 === 1) setRun(bitmap.data, position, end)
    position = end
  }
  return bitmap
}

function setRun(data: Uint8Array, start: number, end: number): void {
  if (end - start > SHORT_RUN) data.fill(1, start, end)
  else for (let i = start; i < end; i++) data[i] = 1
}

/** Mask points of a bitmap, its box tightened to the pixels that are set; null when none is. */
export function encodeMask({ left, top, width, height, data }: Bitmap): number[] | null {
  const places: number[] = []
  for (let value = 0, i = runEnd(data, 0, 0); i < data.length; i = runEnd(data, i, value)) {
    places.push(i)
    value = 1 - value
  }
  if (places.length % 2 === 1) places.push(data.length)
  const box = { left, top, right: left + width, bottom: top + height }
  return maskOfToggles({ places, length: places.length }, box)
}

/** Number of pixels set. */
export function maskArea(points: readonly number[]): number {
  let area = 0
  for (let i = 1; i < points.length - 4; i += 2) area += at(points, i)
  return area
}
