/**
 * Contours of a mask along its pixels' edges, straight from the runs. Between two rows, an edge runs wherever exactly one
 * of them is set; it begins and ends where one of the rows toggles, and each such corner is the end of one upright edge.
 * So corners are found by merging the toggles of neighbouring rows, linked in the same pass, and walked afterwards: work
 * grows with the outline's corners and rows, where following borders through pixels would visit the whole box.
 */
import type { Toggles } from './mask-spans.ts'

/** Corners only, set pixels on the right hand: outlines run clockwise on screen, holes the other way round. */
export interface ContourLoop {
  /** Flat `[x0, y0 …]`, whole image pixels, from the topmost corner (the leftmost of them). */
  readonly points: number[]
  /** Index of the outline around this hole; -1 when the loop is an outline. */
  readonly hole: number
}

/** Corners in the order rows and columns are read, linked into loops. */
interface Corners {
  readonly x: Int32Array
  readonly y: Int32Array
  readonly next: Int32Array
  /** Where a hole may begin, a corner of the upright edge to its left; NONE where an outline may. */
  readonly leftOf: Int32Array
  count: number
}

const NONE = -1
const NO_EDGE = 2 ** 31 - 1

/**
 * Pixels that touch only at a corner are separate parts (4-connected), so a gap that closes at a corner still leads out.
 * @param toggles of a box `width` wide whose top-left pixel is (left, top)
 * @returns every outline before the holes in it
 */
export function traceToggles(
  toggles: Toggles,
  width: number,
  left: number,
  top: number,
): ContourLoop[] {
  const corners = findCorners(toggles, width)
  const loops: ContourLoop[] = []
  const loopOf = new Int32Array(corners.count).fill(NONE)
  for (let first = 0; first < corners.count; first++) {
    if (loopOf[first] !== NONE) continue
    const points: number[] = []
    let corner = first
    do {
      points.push(left + (corners.x[corner] ?? 0), top + (corners.y[corner] ?? 0))
      loopOf[corner] = loops.length
      corner = corners.next[corner] ?? first
    } while (corner !== first)
    // What is left of a hole's first corner was walked before: the outline itself, or another hole in it.
    const beside = corners.leftOf[first] ?? NONE
    const loop = beside === NONE ? NONE : (loopOf[beside] ?? NONE)
    const around = loops[loop]?.hole ?? NONE
    loops.push({ points, hole: around === NONE ? loop : around })
  }
  return loops
}

/** Toggles of one row and, for each, the corner where its upright edge began. */
interface Row {
  edges: Int32Array
  begun: Int32Array
  length: number
}

function findCorners(toggles: Toggles, width: number): Corners {
  const { places, length } = toggles
  const rows = length === 0 ? 0 : Math.ceil((places[length - 1] ?? 0) / width) + 1
  const most = 2 * (length + 2 * rows)
  const corners: Corners = {
    x: new Int32Array(most),
    y: new Int32Array(most),
    next: new Int32Array(most),
    leftOf: new Int32Array(most).fill(NONE),
    count: 0,
  }
  let above = emptyRow(length)
  let below = emptyRow(length)
  let at = 0
  for (let y = 0; y < rows; y++) {
    at = takeRow(toggles, at, y * width, width, below)
    if (above.length > 0 || below.length > 0) joinRows(above, below, y, corners)
    const spare = above
    above = below
    below = spare
  }
  return corners
}

function emptyRow(length: number): Row {
  return { edges: new Int32Array(length + 2), begun: new Int32Array(length + 2), length: 0 }
}

/** The toggles of one row; a span that goes on below ends at the row's right edge here. @returns the first one left over */
function takeRow(
  { places, length }: Toggles,
  from: number,
  start: number,
  width: number,
  row: Row,
): number {
  const end = start + width
  let used = 0
  let i = from
  for (; i < length && (places[i] ?? 0) < end; i++) {
    const place = places[i] ?? 0
    // A span from above that goes on: its first toggle is at this row's left edge, and not in the list.
    if (used === 0 && i % 2 === 1 && place > start) row.edges[used++] = 0
    if (used > 0 || i % 2 === 0) row.edges[used++] = place - start
  }
  if (used === 0 && i % 2 === 1 && i < length) row.edges[used++] = 0
  if (used % 2 === 1) row.edges[used++] = width
  row.length = used
  return i
}

/** Merges the toggles of two neighbouring rows: every place where only one toggles, or they do so oppositely, has a corner. */
function joinRows(above: Row, below: Row, y: number, corners: Corners): void {
  let [i, j] = [0, 0]
  /** The left end of the level edge that is being drawn. */
  let open = NONE
  while (i < above.length || j < below.length) {
    const a = i < above.length ? (above.edges[i] ?? 0) : NO_EDGE
    const b = j < below.length ? (below.edges[j] ?? 0) : NO_EDGE
    if (a === b && i % 2 === j % 2) {
      below.begun[j++] = above.begun[i++] ?? 0
      continue
    }
    const x = Math.min(a, b)
    // Where set pixels touch at a corner there are two: the part on the left has the first.
    const isSetBelow = j % 2 === 1
    for (const turnsDown of a !== b ? [b < a] : [isSetBelow, !isSetBelow]) {
      const corner = corners.count++
      corners.x[corner] = x
      corners.y[corner] = y
      open = linkLevel(corners, open, corner, j % 2 === 1)
      if (turnsDown) {
        if (a !== b && j % 2 === 1) corners.leftOf[corner] = below.begun[j - 1] ?? 0
        below.begun[j++] = corner
      } else {
        linkUpright(corners, above.begun[i] ?? 0, corner, i % 2 === 0)
        i++
      }
    }
  }
}

/** Below the edge is set: it is a top edge and runs to the right. @returns the left end of an edge that begins here */
function linkLevel(corners: Corners, open: number, corner: number, isTop: boolean): number {
  if (open === NONE) return corner
  if (isTop) corners.next[open] = corner
  else corners.next[corner] = open
  return NONE
}

/** What lies right of a rising edge is set: it is a left edge and runs up. */
function linkUpright(corners: Corners, upper: number, lower: number, rises: boolean): void {
  if (rises) corners.next[lower] = upper
  else corners.next[upper] = lower
}
