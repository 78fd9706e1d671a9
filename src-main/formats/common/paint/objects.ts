/** From pixels back to objects. */
import type { ReadRow } from '../png/rows.ts'

/** An object of a picture: the value of its pixels and where they are, as mask points in their tight box. */
export interface PixelObject {
  readonly value: number
  readonly points: number[]
}

/** Runs of one value, row by row: y, first x, end x. */
interface Runs {
  readonly list: number[]
  left: number
  right: number
}

export interface PixelRows {
  readonly width: number
  readonly height: number
  readonly readRow: ReadRow
  /** Whether row `y` is the same as the one above it: such rows are not read. */
  readonly isRepeated?: (y: number) => boolean
}

/**
 * Every value that is wanted, in order of value. One pass over the pixels, whatever the number of objects.
 * @param isObject  asked once for each run of a value, so that pictures of noise cost no memory
 */
export function objectsOf(
  { width, height, readRow, isRepeated }: PixelRows,
  isObject: (value: number) => boolean,
): PixelObject[] {
  const found = new Map<number, Runs>()
  const row = new Uint32Array(width)
  let wanted: RowRun[] = []
  for (let y = 0; y < height; y += 1) {
    if (!isRepeated?.(y)) {
      readRow(y, row)
      wanted = runsOf(row, isObject)
    }
    for (const run of wanted) addRun(found, run, y)
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([value, runs]) => ({ value, points: toPoints(runs) }))
}

interface RowRun {
  readonly value: number
  readonly first: number
  readonly end: number
}

function runsOf(row: Uint32Array, isObject: (value: number) => boolean): RowRun[] {
  const runs: RowRun[] = []
  for (let x = 0; x < row.length; ) {
    const value = row[x] ?? 0
    const first = x
    do x += 1
    while (x < row.length && row[x] === value)
    if (isObject(value)) runs.push({ value, first, end: x })
  }
  return runs
}

function addRun(found: Map<number, Runs>, { value, first, end }: RowRun, y: number): void {
  const runs = found.get(value) ?? { list: [], left: first, right: end }
  found.set(value, runs)
  runs.list.push(y, first, end)
  runs.left = Math.min(runs.left, first)
  runs.right = Math.max(runs.right, end)
}

/** Row-major runs in the object's own box, zeros first, then the box. */
function toPoints({ list, left, right }: Runs): number[] {
  const top = list[0] ?? 0
  const bottom = list[list.length - 3] ?? top
  const width = right - left
  const counts: number[] = []
  let done = 0
  for (let i = 0; i < list.length; i += 3) {
    const row = ((list[i] ?? 0) - top) * width - left
    const [start, end] = [row + (list[i + 1] ?? 0), row + (list[i + 2] ?? 0)]
    // A run that goes on at the beginning of the next row is one run.
    if (start === done && counts.length > 0)
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + end - start
    else counts.push(start - done, end - start)
    done = end
  }
  const pixels = width * (bottom - top + 1)
  if (done < pixels) counts.push(pixels - done)
  counts.push(left, top, right - 1, bottom)
  return counts
}
