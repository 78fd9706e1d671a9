// The twin of src-shared/geometry/trace-runs.ts: corners found by merging the toggles of neighbouring rows, then walked.
import { get, put, togglesIn } from './toggles'

let xs: usize = 0
let ys: usize = 0
let nexts: usize = 0
let lefts: usize = 0
let corners: i32 = 0

/**
 * Every loop around set pixels of a mask: for each its number of corners, the loop around it (-1: none), then x, y …
 * @param work  room for 10 numbers for each of n + 4 * rows + 4 toggles
 * @param out   room for as many
 * @returns the number of loops
 */
export function trace(points: usize, n: i32, work: usize, out: usize): i32 {
  const left = get(points, n)
  const top = get(points, n + 1)
  const right = get(points, n + 2) + 1
  const bottom = get(points, n + 3) + 1
  const width = right - left
  const rows = bottom - top
  const most = n + 2 * rows + 2
  const toggles = work
  const count = togglesIn(points, n, left, top, right, bottom, toggles)
  const room = (<usize>(2 * (count + 2 * rows + 2))) << 2
  let at = toggles + ((<usize>most) << 2)
  xs = at
  ys = xs + room
  nexts = ys + room
  lefts = nexts + room
  at = lefts + room
  corners = 0
  findCorners(toggles, count, width, rows, at)
  return walk(left, top, at, out)
}

function findCorners(toggles: usize, count: i32, width: i32, rows: i32, scratch: usize): void {
  const room = (<usize>(min(count, width) + 2)) << 2
  let above = scratch
  let aboveBegun = above + room
  let below = aboveBegun + room
  let belowBegun = below + room
  let countAbove = 0
  let at = 0
  for (let y = 0; y <= rows; y++) {
    const start = y * width
    const end = start + width
    let used = 0
    // The toggles of one row; a span that goes on from above begins, one that goes on below ends, at the row's edges.
    for (; at < count; at++) {
      const place = get(toggles, at)
      if (place >= end) break
      if (used === 0 && at & 1 && place > start) put(below, used++, 0)
      if (used > 0 || !(at & 1)) put(below, used++, place - start)
    }
    if (used === 0 && at & 1 && at < count) put(below, used++, 0)
    if (used & 1) put(below, used++, width)
    joinRows(above, aboveBegun, countAbove, below, belowBegun, used, y)
    const spare = above
    above = below
    below = spare
    const spareBegun = aboveBegun
    aboveBegun = belowBegun
    belowBegun = spareBegun
    countAbove = used
  }
}

function joinRows(
  above: usize,
  aboveBegun: usize,
  countAbove: i32,
  below: usize,
  belowBegun: usize,
  countBelow: i32,
  y: i32,
): void {
  put(above, countAbove, i32.MAX_VALUE)
  put(below, countBelow, i32.MAX_VALUE)
  let i = 0
  let j = 0
  let open = -1
  while (i < countAbove || j < countBelow) {
    const a = get(above, i)
    const b = get(below, j)
    if (a === b) {
      if (!((i ^ j) & 1)) {
        put(belowBegun, j++, get(aboveBegun, i++))
        continue
      }
      // Set pixels that touch at a corner: two corners, the part on the left has the first.
      if (j & 1) {
        open = turnDown(a, y, open, j, belowBegun, -1)
        j++
        open = turnUp(a, y, open, j, i, aboveBegun)
        i++
      } else {
        open = turnUp(a, y, open, j, i, aboveBegun)
        i++
        open = turnDown(a, y, open, j, belowBegun, -1)
        j++
      }
    } else if (b < a) {
      open = turnDown(b, y, open, j, belowBegun, j & 1 ? get(belowBegun, j - 1) : -1)
      j++
    } else {
      open = turnUp(a, y, open, j, i, aboveBegun)
      i++
    }
  }
}

function turnDown(x: i32, y: i32, open: i32, j: i32, begun: usize, leftOf: i32): i32 {
  const corner = addCorner(x, y, leftOf)
  put(begun, j, corner)
  return linkLevel(open, corner, j)
}

function turnUp(x: i32, y: i32, open: i32, j: i32, i: i32, begun: usize): i32 {
  const corner = addCorner(x, y, -1)
  const upper = get(begun, i)
  if (i & 1) put(nexts, upper, corner)
  else put(nexts, corner, upper)
  return linkLevel(open, corner, j)
}

function addCorner(x: i32, y: i32, leftOf: i32): i32 {
  put(xs, corners, x)
  put(ys, corners, y)
  put(lefts, corners, leftOf)
  return corners++
}

function linkLevel(open: i32, corner: i32, j: i32): i32 {
  if (open < 0) return corner
  if (j & 1) put(nexts, open, corner)
  else put(nexts, corner, open)
  return -1
}

/** Follows the corners round, from the topmost of each loop on. */
function walk(left: i32, top: i32, scratch: usize, out: usize): i32 {
  const loopOf = scratch
  const holeOf = scratch + ((<usize>corners) << 2)
  memory.fill(loopOf, 0xff, (<usize>corners) << 2)
  let loops = 0
  let at = out
  for (let first = 0; first < corners; first++) {
    if (get(loopOf, first) >= 0) continue
    const beside = get(lefts, first)
    let hole = -1
    if (beside >= 0) {
      hole = get(loopOf, beside)
      const around = get(holeOf, hole)
      if (around >= 0) hole = around
    }
    const head = at
    at += 8
    let corner = first
    do {
      store<i32>(at, left + get(xs, corner))
      store<i32>(at, top + get(ys, corner), 4)
      at += 8
      put(loopOf, corner, loops)
      corner = get(nexts, corner)
    } while (corner !== first)
    store<i32>(head, <i32>((at - head - 8) >> 3))
    store<i32>(head, hole, 4)
    put(holeOf, loops, hole)
    loops++
  }
  return loops
}
