// Toggles: the places, row-major in some box, where a mask's pixels change between unset and set; start, end, start … of
// its set spans as u32. The twin of src-shared/geometry/mask-spans.ts, for boxes of less than 2^31 pixels.

export function get(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2))
}

export function put(list: usize, i: i32, value: i32): void {
  store<i32>(list + ((<usize>i) << 2), value)
}

/**
 * Toggles of mask points (`n` runs, then left, top, right, bottom, inclusive) in the box (left, top, right, bottom), the
 * last two exclusive; what lies outside is cut off.
 * @returns their number; `out` has room for n + 2 * rows + 2
 */
export function togglesIn(
  points: usize,
  n: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  out: usize,
): i32 {
  const ownLeft = get(points, n)
  const ownTop = get(points, n + 1)
  const ownRight = get(points, n + 2) + 1
  const width = right - left
  const box = (ownTop - top) * width + ownLeft - left
  if (ownLeft >= left && ownTop >= top && ownRight <= right && get(points, n + 3) < bottom) {
    return ownRight - ownLeft === width
      ? sums(points, n, box, out)
      : moved(points, n, ownRight - ownLeft, width, box, out)
  }
  return clipped(points, n, left, top, right, bottom, out)
}

/** Boxes of one width: toggles are the runs added up. The zeros after the last set pixel end nothing. */
function sums(points: usize, n: i32, first: i32, out: usize): i32 {
  let place = first
  let count = 0
  for (let i = 0; i < (n & ~1); i++) {
    const run = get(points, i)
    // A run of nothing, which strangers' masks may have, takes back the toggle before it.
    if (run === 0 && count > 0) {
      count--
      continue
    }
    place += run
    put(out, count++, place)
  }
  return count
}

/** Nothing to cut off: the spans of a row all move by the same distance. */
function moved(points: usize, n: i32, ownWidth: i32, width: i32, box: i32, out: usize): i32 {
  const step = width - ownWidth
  let count = 0
  let end = 0
  let rowEnd = ownWidth
  let shift = box
  for (let i = 1; i < n; i += 2) {
    const gap = get(points, i - 1)
    const from = end + gap
    end = from + get(points, i)
    while (from >= rowEnd) {
      rowEnd += ownWidth
      shift += step
    }
    // Runs of nothing, which strangers' masks may have: no span, or one that goes on with the one before.
    if (from === end) continue
    if (gap === 0 && count > 0 && get(out, count - 1) === from + shift) count--
    else put(out, count++, from + shift)
    // The box is wider, so no span goes on in the next row without a gap.
    for (; end > rowEnd; rowEnd += ownWidth) {
      put(out, count++, rowEnd + shift)
      shift += step
      put(out, count++, rowEnd + shift)
    }
    put(out, count++, end + shift)
  }
  return count
}

function clipped(
  points: usize,
  n: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  out: usize,
): i32 {
  const ownLeft = get(points, n)
  const ownWidth = get(points, n + 2) - ownLeft + 1
  const shift = ownLeft - left
  const width = right - left
  const height = bottom - top
  let count = 0
  let start = 0
  let rowStart = 0
  let y = get(points, n + 1) - top
  for (let i = 1; i < n; i += 2) {
    let from = start + get(points, i - 1)
    const end = from + get(points, i)
    start = end
    while (from < end) {
      while (from >= rowStart + ownWidth) {
        y++
        rowStart += ownWidth
      }
      const to = min(end, rowStart + ownWidth)
      const x1 = max(0, from - rowStart + shift)
      const x2 = min(width, to - rowStart + shift)
      from = to
      if (<u32>y >= <u32>height || x1 >= x2) continue
      const place = y * width
      // A span that reaches the right edge goes on with the next row's first pixel.
      if (count > 0 && get(out, count - 1) === place + x1) count--
      else put(out, count++, place + x1)
      put(out, count++, place + x2)
    }
  }
  return count
}

/** Both lists in order, noting where what the truth table says of the two changes. @returns how many places `out` has */
export function sweep(a: usize, countA: i32, b: usize, countB: i32, table: i32, out: usize): i32 {
  put(a, countA, i32.MAX_VALUE)
  put(b, countB, i32.MAX_VALUE)
  let nextA = get(a, 0)
  let nextB = get(b, 0)
  const start = out
  let state = 0
  let value = 0
  // No branch on what the masks look like: it would be mispredicted half of the time.
  for (;;) {
    const after = load<i32>(a, 4)
    const afterB = load<i32>(b, 4)
    const ahead = nextA - nextB
    const isA = i32(ahead <= 0)
    const isB = i32(ahead >= 0)
    const place = nextB + (ahead & (ahead >> 31))
    if (place === i32.MAX_VALUE) break
    state ^= isA | (isB << 1)
    nextA += (after - nextA) & -isA
    nextB += (afterB - nextB) & -isB
    a += <usize>(isA << 2)
    b += <usize>(isB << 2)
    const now = (table >> state) & 1
    store<i32>(out, place)
    // Kept only where the value changes.
    out += <usize>((now ^ value) << 2)
    value = now
  }
  return <i32>((out - start) >> 2)
}

/** How many pixels are set in both. */
export function sharedArea(a: usize, countA: i32, b: usize, countB: i32): i32 {
  const stopA = a + ((<usize>countA) << 2)
  const stopB = b + ((<usize>countB) << 2)
  let area = 0
  while (a < stopA && b < stopB) {
    const endA = load<i32>(a, 4)
    const endB = load<i32>(b, 4)
    area += max(0, min(endA, endB) - max(load<i32>(a), load<i32>(b)))
    // Eight bytes on, without a branch that would be mispredicted half of the time.
    a += (<usize>(endA <= endB)) << 3
    b += (<usize>(endB <= endA)) << 3
  }
  return area
}

/**
 * Toggles of a box `width` wide at (left, top) as mask points in their tight box.
 * @returns how many numbers `out` has (room for count + 5), 0 when no pixel is set
 */
export function maskOf(
  toggles: usize,
  count: i32,
  width: i32,
  left: i32,
  top: i32,
  out: usize,
): i32 {
  if (count === 0) return 0
  let x1 = width
  let x2 = 0
  let rowStart = (get(toggles, 0) / width) * width
  for (let i = 0; i < count; i += 2) {
    const from = get(toggles, i)
    const to = get(toggles, i + 1)
    while (from - rowStart >= width) rowStart += width
    if (to > rowStart + width) {
      x1 = 0
      x2 = width
      break
    }
    x1 = min(x1, from - rowStart)
    x2 = max(x2, to - rowStart)
    if (x2 - x1 === width) break
  }
  const y1 = get(toggles, 0) / width
  const y2 = (get(toggles, count - 1) - 1) / width + 1
  let n =
    x2 - x1 === width
      ? wholeRows(toggles, count, y1 * width, y2 * width, out)
      : partRows(toggles, count, width, x1, y1, x2, y2, out)
  put(out, n++, left + x1)
  put(out, n++, top + y1)
  put(out, n++, left + x2 - 1)
  put(out, n++, top + y2 - 1)
  return n
}

function wholeRows(toggles: usize, count: i32, start: i32, end: i32, out: usize): i32 {
  put(out, 0, get(toggles, 0) - start)
  let i = 1
  for (; i + 4 <= count; i += 4) {
    const p = toggles + ((<usize>i) << 2)
    v128.store(out + ((<usize>i) << 2), i32x4.sub(v128.load(p), v128.load(p - 4)))
  }
  for (; i < count; i++) put(out, i, get(toggles, i) - get(toggles, i - 1))
  const last = get(toggles, count - 1)
  if (last === end) return count
  put(out, count, end - last)
  return count + 1
}

/** No span leaves its row here: one that did would touch both edges of the box. */
function partRows(
  toggles: usize,
  count: i32,
  width: i32,
  x1: i32,
  y1: i32,
  x2: i32,
  y2: i32,
  out: usize,
): i32 {
  const tight = x2 - x1
  let n = 0
  let last = 0
  let row = y1
  let rowStart = y1 * width
  for (let i = 0; i < count; i += 2) {
    const from = get(toggles, i)
    if (from - rowStart >= width) {
      row = from / width
      rowStart = row * width
    }
    const start = (row - y1) * tight + from - rowStart - x1
    const end = start + get(toggles, i + 1) - from
    if (start === last && n > 0) put(out, n - 1, get(out, n - 1) + end - start)
    else {
      put(out, n++, start - last)
      put(out, n++, end - start)
    }
    last = end
  }
  const pixels = tight * (y2 - y1)
  if (last < pixels) put(out, n++, pixels - last)
  return n
}
