/** Runs along the lines of one direction to runs along the other, without going through pixels. */
import { createToggleList } from './toggles.ts'

export interface TransposeTarget {
  /** Where the first input pixel lies. */
  readonly firstLine: number
  readonly firstPosition: number
  readonly lines: number
  readonly positions: number
}

/** Nothing here waits, so one set of lists serves every mask. */
const toggles = createToggleList()
/** Where the value of a line, and of the one before it, changes: from, to, from, to … */
let edges = new Int32Array(256)
let edgesBefore = new Int32Array(256)

/**
 * @param counts  runs, zeros first, line after line of `lineLength` pixels
 * @param target  the picture of `lines` x `positions` they go to; what lies outside is cut off
 * @returns runs over the whole target; pixel (line, position) has the index position * lines + line
 */
export function transposeRuns(
  counts: readonly number[],
  lineLength: number,
  target: TransposeTarget,
): number[] {
  toggles.clear()
  let used = 0
  let usedBefore = 0
  let line = 0
  let lineStart = 0
  /** Only lines with set pixels are looked at, and the one after each of them. */
  const finishLine = (): void => {
    addChanges(usedBefore, used, line, target)
    const spare = edgesBefore
    edgesBefore = edges
    edges = spare
    usedBefore = used
    used = 0
    line++
    lineStart += lineLength
  }
  let start = 0
  for (let i = 0; i < counts.length; i++) {
    const end = start + (counts[i] ?? 0)
    for (let from = start; i % 2 === 1 && from < end; ) {
      while (from >= lineStart + lineLength) {
        if (used === 0 && usedBefore === 0) {
          line = Math.floor(from / lineLength)
          lineStart = line * lineLength
        } else finishLine()
      }
      const to = Math.min(end, lineStart + lineLength)
      if (used + 2 > edges.length) edges = larger(edges)
      edges[used++] = from - lineStart
      edges[used++] = to - lineStart
      from = to
    }
    start = end
  }
  finishLine()
  finishLine()
  return toggles.counts(target.lines, target.positions)
}

function larger(list: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * list.length)
  copy.set(list)
  return copy
}

/** After every edge. Infinity would turn the loop's whole numbers into floats. */
const NO_EDGE = 2 ** 31 - 1

/** Where two neighbouring lines differ, a run of the other direction begins or ends: their edges, merged in order. */
function addChanges(
  usedBefore: number,
  used: number,
  line: number,
  { firstLine, firstPosition, lines, positions }: TransposeTarget,
): void {
  const y = line + firstLine
  if (y < 0 || y > lines) return
  // Above and below the picture nothing is set; what reaches its end still has to end there.
  const before = y === 0 ? 0 : usedBefore
  const here = y === lines ? 0 : used
  let [i, j] = [0, 0]
  let open = 0
  let isOpen = false
  while (i < before || j < here) {
    const a = i < before ? (edgesBefore[i] ?? 0) : NO_EDGE
    const b = j < here ? (edges[j] ?? 0) : NO_EDGE
    const edge = Math.min(a, b)
    if (a <= b) i++
    else j++
    if (isOpen) {
      const end = Math.min(positions, edge + firstPosition)
      for (let x = Math.max(0, open + firstPosition); x < end; x++) toggles.add(x, y)
    }
    open = edge
    isOpen = !isOpen
  }
}
