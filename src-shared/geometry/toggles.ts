/**
 * A binary picture as the places where the value of its columns changes when they are read one after the other: the
 * common ground of the polygon rasteriser and of turning row-major runs into column-major ones. Work grows with the
 * outline, not the area.
 */

export interface ToggleList {
  readonly length: number
  clear(): void
  /** A change above pixel `row` of `column`, in any order. Two at the same place cancel each other. */
  add(column: number, row: number): void
  /** Runs down the columns, zeros first, of a picture of `height` x `width`. */
  counts(height: number, width: number): number[]
  /** The places (column * height + row) in ascending order, those that cancel each other gone. */
  inOrder(height: number): { places: Float64Array; length: number }
}

export function createToggleList(): ToggleList {
  return new Toggles()
}

class Toggles implements ToggleList {
  #columns = new Int32Array(1024)
  #rows = new Int32Array(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  add(column: number, row: number): void {
    if (this.#length === this.#columns.length) {
      this.#columns = grown(this.#columns)
      this.#rows = grown(this.#rows)
    }
    this.#columns[this.#length] = column
    this.#rows[this.#length++] = row
  }

  counts(height: number, width: number): number[] {
    return countsBetween(this.#sorted(height), height * width)
  }

  inOrder(height: number): { places: Float64Array; length: number } {
    const places = this.#sorted(height)
    let length = 0
    for (let i = 0; i < places.length; i++) {
      const place = places[i] ?? 0
      if (length > 0 && places[length - 1] === place) length--
      else places[length++] = place
    }
    return { places, length }
  }

  /** Into their columns by counting, then, where they did not come so, in order within each. */
  #sorted(height: number): Float64Array {
    const n = this.#length
    const columns = this.#columns.subarray(0, n)
    const rows = this.#rows
    const { first, next } = columnStarts(columns)
    const sorted = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const column = columns[i] ?? 0
      const place = next[column - first] ?? 0
      sorted[place] = column * height + (rows[i] ?? 0)
      next[column - first] = place + 1
    }
    return insertionSort(sorted)
  }
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * list.length)
  larger.set(list)
  return larger
}

/** Where the changes of each column, from the first that has any, begin in a list of all. */
function columnStarts(columns: Int32Array): { first: number; next: Int32Array } {
  let first = 2 ** 31 - 1
  let last = 0
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] ?? 0
    if (column < first) first = column
    if (column > last) last = column
  }
  const next = new Int32Array(Math.max(0, last - first) + 2)
  for (let i = 0; i < columns.length; i++) {
    const after = (columns[i] ?? 0) - first + 1
    next[after] = (next[after] ?? 0) + 1
  }
  for (let i = 1; i < next.length; i++) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0)
  return { first, next }
}

/** Linear where nothing is far from its place, as in nearly all outlines; one scribbled over and over is left to `sort`. */
function insertionSort(list: Float64Array): Float64Array {
  let before = Number.NEGATIVE_INFINITY
  let moves = 32 * list.length
  for (let i = 0; i < list.length; i++) {
    const value = list[i] ?? 0
    if (value >= before) {
      before = value
      continue
    }
    let k = i - 1
    for (; k >= 0 && (list[k] ?? 0) > value; k--) list[k + 1] = list[k] ?? 0
    list[k + 1] = value
    moves -= i - k
    if (moves < 0) return list.sort()
  }
  return list
}

/** Places of change in order, two at one place cancelling each other, to runs (zeros first). */
export function countsBetween(sorted: Float64Array, length: number): number[] {
  const counts: number[] = []
  let last = 0
  for (let i = 0; i < sorted.length; i++) {
    const place = sorted[i] ?? 0
    if (i + 1 < sorted.length && place === sorted[i + 1]) {
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
