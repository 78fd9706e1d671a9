/**
 * The pixels of a picture as the places where its columns, read from the top, change between unset and set: what COCO's
 * runs and areas are made of. One table is used for one picture after the other; lists sorted for each polygon anew cost
 * ten times as much.
 */
import { countsBetween, createToggleList } from './toggles.ts'

/** Changes of one column the table has room for. Nearly all outlines cross a column two to four times. */
const ROOM = 8
/** Columns the table covers: no picture is wider, only what strangers' files say. */
const WIDEST = 2 ** 16

export interface ColumnCrossings {
  /** Start over on a picture of `height` x `width` pixels. */
  start(height: number, width: number): void
  /** A change above pixel `row` (0 … height) of `column` (0 … width - 1). Two at the same place cancel each other. */
  add(column: number, row: number): void
  /** Number of pixels set. */
  area(): number
  /** COCO's runs: down the columns, zeros first. */
  counts(): number[]
}

export function createColumnCrossings(): ColumnCrossings {
  return new Table()
}

class Table implements ColumnCrossings {
  #height = 0
  #width = 0
  /** Columns in use, both included. */
  #first = 0
  #last = -1
  /** How many changes each column has, and their rows, in no order. */
  #used = new Uint8Array(0)
  #rows = new Int32Array(0)
  /** Changes the table has no room for. */
  readonly #others = createToggleList()

  start(height: number, width: number): void {
    if (this.#last >= this.#first) this.#used.fill(0, this.#first, this.#last + 1)
    const columns = Math.min(width, WIDEST)
    if (columns > this.#used.length) {
      this.#used = new Uint8Array(columns)
      this.#rows = new Int32Array(columns * ROOM)
    }
    this.#height = height
    this.#width = width
    this.#first = columns
    this.#last = -1
    this.#others.clear()
  }

  add(column: number, row: number): void {
    // Reads as undefined, never as ROOM, beyond the table.
    const used = this.#used[column] ?? ROOM
    if (used === ROOM) {
      this.#others.add(column, row)
      return
    }
    this.#rows[column * ROOM + used] = row
    this.#used[column] = used + 1
    if (column < this.#first) this.#first = column
    if (column > this.#last) this.#last = column
  }

  area(): number {
    if (this.#others.length > 0) return areaOfRuns(this.counts())
    let area = 0
    let isOpen = false
    for (let column = this.#first; column <= this.#last; column++) {
      const used = this.#used[column] ?? 0
      if (used === 0) continue
      const k = column * ROOM
      if (used === 2 && !isOpen) {
        area += Math.abs((this.#rows[k] ?? 0) - (this.#rows[k + 1] ?? 0))
        continue
      }
      this.#sortColumn(k, used)
      for (let i = k; i < k + used; i++, isOpen = !isOpen) {
        const place = column * this.#height + (this.#rows[i] ?? 0)
        area += isOpen ? place : -place
      }
    }
    return isOpen ? area + this.#height * this.#width : area
  }

  counts(): number[] {
    const isWhole = this.#others.length === 0
    const places: number[] = []
    for (let column = this.#first; column <= this.#last; column++) {
      const used = this.#used[column] ?? 0
      const k = column * ROOM
      if (used > 1) this.#sortColumn(k, used)
      for (let i = k; i < k + used; i++) {
        const row = this.#rows[i] ?? 0
        if (isWhole) places.push(column * this.#height + row)
        else this.#others.add(column, row)
      }
    }
    if (!isWhole) return this.#others.counts(this.#height, this.#width)
    return countsBetween(Float64Array.from(places), this.#height * this.#width)
  }

  #sortColumn(start: number, used: number): void {
    const rows = this.#rows
    for (let i = start + 1; i < start + used; i++) {
      const row = rows[i] ?? 0
      let k = i - 1
      for (; k >= start && (rows[k] ?? 0) > row; k--) rows[k + 1] = rows[k] ?? 0
      rows[k + 1] = row
    }
  }
}

function areaOfRuns(counts: readonly number[]): number {
  let area = 0
  for (let i = 1; i < counts.length; i += 2) area += counts[i] ?? 0
  return area
}
