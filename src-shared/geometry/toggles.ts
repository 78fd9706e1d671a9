/**
 * A binary picture as the places where its value changes when it is read in one long line: the common ground of the
 * polygon rasteriser and of turning row-major runs into column-major ones. Work grows with the outline, not the area.
 */
import { at } from './points.ts'

/**
 * Places of change, in any order, to runs (zeros first). Two changes at one place cancel each other.
 * @param length of the whole line
 * @param stride the line is made of columns this long; toggles of one column are few
 */
export function togglesToCounts(
  toggles: readonly number[],
  length: number,
  stride: number,
): number[] {
  return countsBetween(sortByColumn(toggles, Math.max(1, stride)), length)
}

/** Places of change in order, two at one place cancelling each other, to runs (zeros first). */
export function countsBetween(sorted: ArrayLike<number>, length: number): number[] {
  const counts: number[] = []
  let last = 0
  for (let i = 0; i < sorted.length; i++) {
    const place = at(sorted, i)
    if (place === sorted[i + 1]) {
      i++
      continue
    }
    if (place >= length) break
    counts.push(place - last)
    last = place
  }
  if (last < length || counts.length === 0) counts.push(length - last)
  return counts
}

/** Into their columns by counting, then in order within each. */
function sortByColumn(toggles: readonly number[], stride: number): Float64Array {
  const n = toggles.length
  const columns = new Int32Array(n)
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (let i = 0; i < n; i++) {
    const column = Math.floor(at(toggles, i) / stride)
    columns[i] = column
    if (column < first) first = column
    if (column > last) last = column
  }
  const sorted = new Float64Array(n)
  if (n === 0) return sorted
  const next = new Int32Array(last - first + 2)
  for (let i = 0; i < n; i++)
    next[at(columns, i) - first + 1] = at(next, at(columns, i) - first + 1) + 1
  for (let i = 1; i < next.length; i++) next[i] = at(next, i) + at(next, i - 1)
  for (let i = 0; i < n; i++) {
    const column = at(columns, i) - first
    const place = at(next, column)
    sorted[place] = at(toggles, i)
    next[column] = place + 1
  }
  return insertionSort(sorted)
}

/** Linear where, as here, nothing is far from its place. */
function insertionSort(list: Float64Array): Float64Array {
  for (let i = 1; i < list.length; i++) {
    const value = at(list, i)
    let k = i - 1
    for (; k >= 0 && at(list, k) > value; k--) list[k + 1] = at(list, k)
    list[k + 1] = value
  }
  return list
}

/**
 * Runs along the lines of one direction to runs along the other.
 * @param counts  runs, zeros first, line after line of `lineLength` pixels
 * @param target  the picture of `lines` x `positions` they go to, the first input pixel lying at
 *   (firstLine, firstPosition); what lies outside is cut off
 * @returns runs over the whole target; pixel (line, position) has the index position * lines + line
 */
export function transposeRuns(
  counts: readonly number[],
  lineLength: number,
  target: Target,
): number[] {
  const toggles: number[] = []
  let before: number[] = []
  let beforeLine = -1
  const next = (line: number, edges: number[]): void => {
    if (line !== beforeLine + 1) {
      addChanges(toggles, before, [], beforeLine + 1, target)
      before = []
    }
    addChanges(toggles, before, edges, line, target)
    before = edges
    beforeLine = line
  }
  forEachLine(counts, lineLength, (line, edges) => {
    const y = line + target.firstLine
    // Below the last line nothing begins any more; what reaches it still has to end there.
    if (y >= 0) next(line, y < target.lines ? edges : [])
  })
  addChanges(toggles, before, [], beforeLine + 1, target)
  return togglesToCounts(toggles, target.lines * target.positions, target.lines)
}

interface Target {
  readonly firstLine: number
  readonly firstPosition: number
  readonly lines: number
  readonly positions: number
}

/** Lines that have set pixels, in order, as the positions where their value changes: [from, to, from, to …]. */
function forEachLine(
  counts: readonly number[],
  lineLength: number,
  visit: (line: number, edges: number[]) => void,
): void {
  let edges: number[] = []
  let current = -1
  let start = 0
  for (let i = 0; i < counts.length; i++) {
    const end = start + at(counts, i)
    if (i % 2 === 1) {
      for (let from = start; from < end; ) {
        const line = Math.floor(from / lineLength)
        const to = Math.min(end, (line + 1) * lineLength)
        if (line !== current) {
          if (edges.length > 0) visit(current, edges)
          edges = []
          current = line
        }
        edges.push(from - line * lineLength, to - line * lineLength)
        from = to
      }
    }
    start = end
  }
  if (edges.length > 0) visit(current, edges)
}

/** Where two neighbouring lines differ, a run of the other direction begins or ends: their edges, merged in order. */
function addChanges(
  toggles: number[],
  a: readonly number[],
  b: readonly number[],
  line: number,
  { firstLine, firstPosition, lines, positions }: Target,
): void {
  const y = line + firstLine
  if (y < 0 || y > lines) return
  let [i, j] = [0, 0]
  let open = Number.NaN
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && at(a, i) <= at(b, j))
    const edge = takeA ? at(a, i++) : at(b, j++)
    if (Number.isNaN(open)) {
      open = edge
      continue
    }
    const end = Math.min(positions, edge + firstPosition)
    for (let x = Math.max(0, open + firstPosition); x < end; x++) toggles.push(x * lines + y)
    open = Number.NaN
  }
}
