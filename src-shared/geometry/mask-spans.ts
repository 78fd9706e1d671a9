/**
 * A mask as toggles: the places, in row-major order of some box, where pixels change between unset and set. Runs of two
 * masks cannot be compared, because each counts in its own box; toggles in a common box can. Work grows with the number
 * of runs and rows, never with the area.
 */
import { at } from './points.ts'

/** Whole image pixels; `right` and `bottom` are the first ones outside. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** `places` holds start, end, start, end … of the set spans, strictly ascending; only the first `length` count. */
export interface Toggles {
  readonly places: ArrayLike<number>
  readonly length: number
}

/** The box a mask's runs count in, which is its tight box for every mask `encodeMask` or the mask algebra made. */
export function maskBox(points: readonly number[]): PixelBox {
  const n = points.length - 4
  return {
    left: at(points, n),
    top: at(points, n + 1),
    right: at(points, n + 2) + 1,
    bottom: at(points, n + 3) + 1,
  }
}

/**
 * Toggles of a mask in another box, whatever lies outside cut off.
 * @param points mask points that `maskProblem` has nothing against
 */
export function togglesIn(points: readonly number[], box: PixelBox): Toggles {
  const own = maskBox(points)
  const isInside =
    own.left >= box.left && own.top >= box.top && own.right <= box.right && own.bottom <= box.bottom
  return isInside ? moved(points, own, box) : clipped(points, own, box)
}

/** Nothing to cut off: the spans of a row all move by the same distance. */
function moved(points: readonly number[], own: PixelBox, box: PixelBox): Toggles {
  const ownWidth = own.right - own.left
  const width = box.right - box.left
  const runs = points.length - 4
  const places = new Float64Array(runs + 2 * (own.bottom - own.top) + 2)
  let length = 0
  let end = 0
  let rowEnd = ownWidth
  let shift = (own.top - box.top) * width + own.left - box.left
  for (let i = 1; i < runs; i += 2) {
    let from = end + (points[i - 1] ?? 0)
    end = from + (points[i] ?? 0)
    while (from < end) {
      while (from >= rowEnd) {
        rowEnd += ownWidth
        shift += width - ownWidth
      }
      const to = Math.min(end, rowEnd)
      // What ends at the right edge of a box as wide goes on with the next row's first pixel.
      if (length > 0 && places[length - 1] === from + shift) length--
      else places[length++] = from + shift
      places[length++] = to + shift
      from = to
    }
  }
  return { places, length }
}

function clipped(points: readonly number[], own: PixelBox, box: PixelBox): Toggles {
  const ownWidth = own.right - own.left
  const width = box.right - box.left
  const firstRow = own.top - box.top
  const shift = own.left - box.left
  const runs = points.length - 4
  const places = new Float64Array(runs + 2 * (own.bottom - own.top) + 2)
  let length = 0
  let start = 0
  let row = 0
  for (let i = 0; i < runs; i++) {
    const end = start + (points[i] ?? 0)
    for (let from = start; i % 2 === 1 && from < end; ) {
      while (from >= (row + 1) * ownWidth) row = Math.floor(from / ownWidth)
      const rowStart = row * ownWidth
      const to = Math.min(end, rowStart + ownWidth)
      const y = row + firstRow
      const x1 = Math.max(0, from - rowStart + shift)
      const x2 = Math.min(width, to - rowStart + shift)
      from = to
      if (y < 0 || y >= box.bottom - box.top || x1 >= x2) continue
      // A span that reaches the box's right edge goes on with the next row's first pixel.
      if (length > 0 && places[length - 1] === y * width + x1) length--
      else places[length++] = y * width + x1
      places[length++] = y * width + x2
    }
    start = end
  }
  return { places, length }
}

/** Toggles of a box as mask points, their box tightened; null when no pixel is set. */
export function maskOfToggles({ places, length }: Toggles, box: PixelBox): number[] | null {
  if (length === 0) return null
  const width = box.right - box.left
  const tight = tightBox(places, length, width)
  const points =
    tight.right - tight.left === width
      ? runsOfWholeRows(places, length, tight, width)
      : runsOfPartRows(places, length, tight, width)
  points.push(
    box.left + tight.left,
    box.top + tight.top,
    box.left + tight.right - 1,
    box.top + tight.bottom - 1,
  )
  return points
}

function tightBox(places: ArrayLike<number>, length: number, width: number): PixelBox {
  let left = width
  let right = 0
  for (let i = 0; i + 1 < length; i += 2) {
    const from = places[i] ?? 0
    const to = places[i + 1] ?? 0
    const rowStart = Math.floor(from / width) * width
    const crosses = to > rowStart + width
    left = crosses ? 0 : Math.min(left, from - rowStart)
    right = crosses ? width : Math.max(right, to - rowStart)
    if (right - left === width) break
  }
  const top = Math.floor((places[0] ?? 0) / width)
  const bottom = Math.ceil((places[length - 1] ?? 0) / width)
  return { left, top, right, bottom }
}

function runsOfWholeRows(
  places: ArrayLike<number>,
  length: number,
  { top, bottom }: PixelBox,
  width: number,
): number[] {
  const runs: number[] = []
  let last = top * width
  for (let i = 0; i < length; i++) {
    const place = places[i] ?? 0
    runs.push(place - last)
    last = place
  }
  if (last < bottom * width) runs.push(bottom * width - last)
  return runs
}

/** No span leaves its row here: one that did would touch both edges of the box. */
function runsOfPartRows(
  places: ArrayLike<number>,
  length: number,
  { left, top, right, bottom }: PixelBox,
  width: number,
): number[] {
  const runs: number[] = []
  const tightWidth = right - left
  let last = 0
  for (let i = 0; i + 1 < length; i += 2) {
    const from = places[i] ?? 0
    const row = Math.floor(from / width)
    const start = (row - top) * tightWidth + from - row * width - left
    const end = start + (places[i + 1] ?? 0) - from
    // One span ends at the right edge and the next begins at the left one: a single run.
    if (start === last && runs.length > 0) runs[runs.length - 1] = (runs.at(-1) ?? 0) + end - start
    else runs.push(start - last, end - start)
    last = end
  }
  const pixels = tightWidth * (bottom - top)
  if (last < pixels) runs.push(pixels - last)
  return runs
}
