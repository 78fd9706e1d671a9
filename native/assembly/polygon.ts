// The twin of fillPolygonMask: crossings by row, counted first so that each row's lie together, then put in order.
import { get, maskOf, put } from './toggles'

/** Rows the polygon reaches, as countCrossings found them. */
let top: i32 = 0
let rows: i32 = 0

/** Above so many crossings a row is sorted by flipping pixels: sorting by comparison would take hours on a scribble. */
const BUSY = 64

/**
 * How often the polygon of `n` corners (f64 x, y) crosses the centres of the frame's rows; -1 when more often than 2^31.
 * @param starts  room for height + 2 numbers; gets where each row's crossings begin, from the polygon's first row on
 */
export function countCrossings(polygon: usize, n: i32, height: i32, starts: usize): i32 {
  let lowest = Infinity
  let highest = -Infinity
  for (let i = 0; i < n; i++) {
    const y = load<f64>(polygon + ((<usize>i) << 4), 8)
    lowest = min(lowest, y)
    highest = max(highest, y)
  }
  top = rowAt(lowest, height)
  rows = rowAt(highest, height) - top
  if (rows <= 0) return 0
  memory.fill(starts, 0, (<usize>(rows + 2)) << 2)
  let before = rowAt(load<f64>(polygon + ((<usize>(n - 1)) << 4), 8), height)
  for (let i = 0; i < n; i++) {
    const here = rowAt(load<f64>(polygon + ((<usize>i) << 4), 8), height)
    // One more crossing from the upper row on, one less from the lower: summed below.
    const first = min(before, here) - top
    const end = max(before, here) - top
    put(starts, first, get(starts, first) + 1)
    put(starts, end, get(starts, end) - 1)
    before = here
  }
  let total: i64 = 0
  let active = 0
  for (let row = 0; row < rows; row++) {
    active += get(starts, row)
    put(starts, row, <i32>total)
    total += active
  }
  return total > i32.MAX_VALUE ? -1 : <i32>total
}

/** The first row whose centre is at `y` or below, kept in the frame (`height` is beyond its last). */
function rowAt(y: f64, height: i32): i32 {
  return <i32>min(<f64>height, max(0, ceil(y - 0.5)))
}

/**
 * @param starts   what `countCrossings` left there; the same polygon and frame
 * @param line     room for width + 17 bytes
 * @param crossed  room for as many numbers as it counted
 * @param out      room for that many and 5
 * @returns how many numbers `out` has, 0 when no pixel's centre is inside
 */
export function fillPolygon(
  polygon: usize,
  n: i32,
  width: i32,
  height: i32,
  starts: usize,
  line: usize,
  crossed: usize,
  out: usize,
): i32 {
  let before = polygon + ((<usize>(n - 1)) << 4)
  for (let i = 0; i < n; i++) {
    const here = polygon + ((<usize>i) << 4)
    const isDown = load<f64>(before, 8) < load<f64>(here, 8)
    crossRows(isDown ? before : here, isDown ? here : before, width, height, starts, crossed)
    before = here
  }
  memory.fill(line, 0, <usize>width + 17)
  let from = 0
  let count = 0
  for (let row = 0; row < rows; row++) {
    // Where a row's crossings began, they now end.
    const to = get(starts, row)
    if (to - from > BUSY) sortByFlipping(crossed, from, to, width, line)
    else sortRow(crossed, from, to)
    const start = row * width
    for (let i = from; i < to; i++) {
      const column = get(crossed, i)
      // What was flipped away.
      if (column < 0) continue
      const place = start + column
      if (count > 0 && get(crossed, count - 1) === place) count--
      else put(crossed, count++, place)
    }
    from = to
  }
  return maskOf(crossed, count, width, 0, top, out)
}

function crossRows(
  upper: usize,
  lower: usize,
  width: i32,
  height: i32,
  starts: usize,
  crossed: usize,
): void {
  const x1 = load<f64>(upper)
  const y1 = load<f64>(upper, 8)
  const y2 = load<f64>(lower, 8)
  const slope = (load<f64>(lower) - x1) / (y2 - y1)
  const end = rowAt(y2, height)
  const widest = <f64>width
  for (let row = rowAt(y1, height); row < end; row++) {
    const column = ceil(x1 + (<f64>row + 0.5 - y1) * slope - 0.5)
    const place = get(starts, row - top)
    put(crossed, place, <i32>min(widest, max(0, column)))
    put(starts, row - top, place + 1)
  }
}

function sortRow(list: usize, from: i32, to: i32): void {
  for (let i = from + 1; i < to; i++) {
    const column = get(list, i)
    let k = i - 1
    for (; k >= from && get(list, k) > column; k--) put(list, k + 1, get(list, k))
    put(list, k + 1, column)
  }
}

/** The columns crossed an odd number of times, in order, then -1 for each that is gone. */
function sortByFlipping(list: usize, from: i32, to: i32, width: i32, line: usize): void {
  for (let i = from; i < to; i++) {
    const p = line + get(list, i)
    store<u8>(p, load<u8>(p) ^ 1)
  }
  let used = from
  for (let at = 0; at <= width; at += 16) {
    const flipped = v128.load(line + at)
    if (!v128.any_true(flipped)) continue
    let bits = i8x16.bitmask(i8x16.neg(flipped))
    for (; bits !== 0; bits &= bits - 1) put(list, used++, at + ctz(bits))
    v128.store(line + at, i8x16.splat(0))
  }
  while (used < to) put(list, used++, -1)
}
