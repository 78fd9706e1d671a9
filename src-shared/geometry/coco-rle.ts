/**
 * COCO run-length encoding: COLUMN-major over the whole image, zeros first. Dialect of COCO files; the document's own
 * masks are `mask.ts`.
 */
import type { Box } from './box.ts'
import { type Bitmap, encodeRuns } from './mask.ts'
import { uniteToggles } from './mask-algebra.ts'
import type { Toggles } from './mask-spans.ts'
import { at } from './points.ts'
import { countsBetween } from './toggles.ts'
import { transposeRuns } from './transpose-runs.ts'

export interface CocoRle {
  readonly counts: readonly number[]
  /** height, width: COCO's order. */
  readonly size: readonly [number, number]
}

/**
 * Document mask points on an image of `height` x `width`, what lies outside cut off. Never goes through pixels.
 * @param points mask points that `maskProblem` has nothing against
 */
export function maskToCoco(points: readonly number[], height: number, width: number): CocoRle {
  const n = points.length - 4
  const left = at(points, n)
  const top = at(points, n + 1)
  const lineLength = at(points, n + 2) - left + 1
  return pasteRuns(points.slice(0, n), { left, top, lineLength }, height, width)
}

/** Paste a bitmap into an image of `height` x `width` (what lies outside is cut off) and take its runs down the columns. */
export function bitmapToCoco(bitmap: Bitmap, height: number, width: number): CocoRle {
  const { left, top, width: lineLength, data } = bitmap
  return pasteRuns(encodeRuns(data), { left, top, lineLength }, height, width)
}

function pasteRuns(
  rows: readonly number[],
  { left, top, lineLength }: { left: number; top: number; lineLength: number },
  height: number,
  width: number,
): CocoRle {
  const target = { firstLine: top, firstPosition: left, lines: height, positions: width }
  return { counts: transposeRuns(rows, lineLength, target), size: [height, width] }
}

/** The pixels as document mask points in their tight box; null when no pixel is set. */
export function cocoToMask(rle: CocoRle): number[] | null {
  const box = cocoBox(rle)
  if (box === null) return null
  const { left, top, right, bottom } = box
  const target = {
    firstLine: -left,
    firstPosition: -top,
    lines: right - left,
    positions: bottom - top,
  }
  const points = transposeRuns(rle.counts, rle.size[0], target)
  points.push(left, top, right - 1, bottom - 1)
  return points
}

/** Box around the set pixels (right and bottom are edges); null when there are none. */
export function cocoBox({ counts, size: [height] }: CocoRle): Box | null {
  let [left, right, top, bottom] = [0, -1, height, -1]
  let start = 0
  for (let i = 1; i < counts.length; i += 2) {
    const from = start + (counts[i - 1] ?? 0)
    const to = from + (counts[i] ?? 0)
    start = to
    if (to === from) continue
    const firstColumn = Math.floor(from / height)
    const lastColumn = Math.floor((to - 1) / height)
    if (right < 0) left = firstColumn
    right = lastColumn
    // A run that crosses into another column touches the bottom row of one and the top row of the next.
    const crosses = firstColumn !== lastColumn
    top = Math.min(top, crosses ? 0 : from - firstColumn * height)
    bottom = Math.max(bottom, crosses ? height - 1 : to - 1 - lastColumn * height)
  }
  return right < 0 ? null : { left, top, right: right + 1, bottom: bottom + 1 }
}

/** Number of pixels set. */
export function cocoArea(counts: readonly number[]): number {
  let area = 0
  for (let i = 1; i < counts.length; i += 2) area += counts[i] ?? 0
  return area
}

/** Union of masks of one image, by merging their runs. */
export function uniteCoco(rles: readonly CocoRle[]): CocoRle | null {
  const [first, ...rest] = rles
  if (first === undefined) return null
  return rest.reduce((a, b) => ({ counts: uniteCounts(a.counts, b.counts), size: a.size }), first)
}

function uniteCounts(a: readonly number[], b: readonly number[]): number[] {
  const first = togglesOfCounts(a)
  const united = uniteToggles(first.toggles, togglesOfCounts(b).toggles)
  return countsBetween(united.places.subarray(0, united.length), first.pixels)
}

/** Where the value changes, and how many pixels there are. Runs of nothing are left out. */
function togglesOfCounts(counts: readonly number[]): { toggles: Toggles; pixels: number } {
  const places = new Float64Array(counts.length + 1)
  let length = 0
  let pixels = 0
  for (let i = 0; i < counts.length; i++) {
    const run = counts[i] ?? 0
    if (i % 2 === 1 && run > 0) {
      if (length > 0 && places[length - 1] === pixels) length--
      else places[length++] = pixels
      places[length++] = pixels + run
    }
    pixels += run
  }
  return { toggles: { places, length }, pixels }
}

/** COCO's compressed string of counts: five payload bits a character, least significant first. */
export function compressCounts(counts: readonly number[]): string {
  let text = ''
  for (let i = 0; i < counts.length; i++) {
    let x = i > 2 ? at(counts, i) - at(counts, i - 2) : at(counts, i)
    for (let more = true; more; ) {
      // Plain arithmetic, not bit operators: counts of a very large image do not fit 32 bits.
      let bits = ((x % 32) + 32) % 32
      x = Math.floor(x / 32)
      more = bits & 0x10 ? x !== -1 : x !== 0
      if (more) bits |= 0x20
      text += String.fromCharCode(bits + 48)
    }
  }
  return text
}

/** Counts of a compressed string; null when the string is no such thing. */
export function decompressCounts(text: string): number[] | null {
  const counts: number[] = []
  for (let i = 0; i < text.length; ) {
    let x = 0
    let scale = 1
    for (let more = true; more; i++) {
      const bits = text.charCodeAt(i) - 48
      // Twelve groups hold 60 bits: more than any count, and where floats stop being exact.
      if (!(bits >= 0 && bits < 64) || scale > 2 ** 50) return null
      x += (bits & 0x1f) * scale
      scale *= 32
      more = (bits & 0x20) !== 0
      if (!more && bits & 0x10) x -= scale
    }
    if (counts.length > 2) x += at(counts, counts.length - 2)
    if (x < 0) return null
    counts.push(x)
  }
  return counts
}
