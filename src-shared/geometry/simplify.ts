/**
 * Fewer points for closed outlines, by Visvalingam and Whyatt: again and again the corner that spans the smallest triangle
 * with its neighbours goes. Chosen over Douglas and Peucker because it ranks the points instead of testing them against a
 * distance: a density is a number of points whatever the shape's size, a lower density keeps a subset of a higher one, and
 * stair-steps, of which contours of pixels consist, go first and evenly.
 *
 * A corner stays while another corner lies in its triangle, so no outline ever crosses itself, its holes or its neighbours.
 * @see Visvalingam and Whyatt 1993, "Line generalisation by repeated elimination of points", Cartographic Journal 30
 */

import { createPointGrid, type PointGrid } from './point-grid.ts'
import { at } from './points.ts'

/** A loop with fewer corners has no area to speak of. */
const FEWEST = 4

/**
 * @param loops    flat, unclosed, none crossing another; simplified together
 * @param density  0 … 1: 1 keeps every corner, 0 about four; in between each step multiplies their number
 * @returns loops in the same order, their points a subset in the same order
 */
export function simplifyLoops(loops: readonly (readonly number[])[], density: number): number[][] {
  if (density >= 1) return loops.map((loop) => [...loop])
  return new Thinning(loops).run(Math.max(0, density))
}

/** How many of `count` corners stay. Geometric, so that every part of a slider changes the picture. */
function cornersAt(density: number, count: number): number {
  return count <= FEWEST ? count : Math.round(FEWEST * (count / FEWEST) ** density)
}

class Thinning {
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #before: Int32Array
  readonly #after: Int32Array
  readonly #loopOf: Int32Array
  readonly #starts: number[] = []
  readonly #grid: PointGrid
  readonly #heap: CornerHeap

  constructor(loops: readonly (readonly number[])[]) {
    const count = loops.reduce((sum, loop) => sum + (loop.length >> 1), 0)
    this.#x = new Float64Array(count)
    this.#y = new Float64Array(count)
    this.#before = new Int32Array(count)
    this.#after = new Int32Array(count)
    this.#loopOf = new Int32Array(count)
    let first = 0
    for (const [index, loop] of loops.entries()) {
      this.#starts.push(first)
      this.#link(loop, first, index)
      first += loop.length >> 1
    }
    this.#grid = createPointGrid(this.#x, this.#y)
    this.#heap = new CornerHeap(count)
  }

  #link(loop: readonly number[], first: number, index: number): void {
    const n = loop.length >> 1
    for (let i = 0; i < n; i++) {
      this.#x[first + i] = at(loop, 2 * i)
      this.#y[first + i] = at(loop, 2 * i + 1)
      this.#before[first + i] = first + ((i + n - 1) % n)
      this.#after[first + i] = first + ((i + 1) % n)
      this.#loopOf[first + i] = index
    }
  }

  run(density: number): number[][] {
    const ends = [...this.#starts.slice(1), this.#x.length]
    const spare = this.#starts.map((start, i) => {
      const count = (ends[i] ?? start) - start
      return count - cornersAt(density, count)
    })
    const gone = new Uint8Array(this.#x.length)
    for (let corner = 0; corner < gone.length; corner++) this.#rank(corner)
    for (let corner = this.#heap.pop(); corner >= 0; corner = this.#heap.pop()) {
      const loop = this.#loopOf[corner] ?? 0
      if ((spare[loop] ?? 0) === 0 || !this.#isFree(corner)) continue
      spare[loop] = (spare[loop] ?? 0) - 1
      gone[corner] = 1
      this.#unlink(corner)
    }
    return this.#starts.map((start, i) => this.#remaining(start, ends[i] ?? start, gone))
  }

  #unlink(corner: number): void {
    const before = this.#before[corner] ?? 0
    const after = this.#after[corner] ?? 0
    this.#after[before] = after
    this.#before[after] = before
    this.#grid.remove(corner)
    this.#rank(before)
    this.#rank(after)
  }

  #rank(corner: number): void {
    const area = this.#turn(this.#before[corner] ?? 0, corner, this.#after[corner] ?? 0)
    this.#heap.put(corner, Math.abs(area))
  }

  /** Twice the triangle's area; positive when b, c turn clockwise about a. */
  #turn(a: number, b: number, c: number): number {
    const [ax, ay] = [this.#x[a] ?? 0, this.#y[a] ?? 0]
    const [bx, by] = [this.#x[b] ?? 0, this.#y[b] ?? 0]
    return (bx - ax) * ((this.#y[c] ?? 0) - ay) - ((this.#x[c] ?? 0) - ax) * (by - ay)
  }

  /** No other corner lies in or on the triangle that removing `corner` would sweep over. */
  #isFree(corner: number): boolean {
    const a = this.#before[corner] ?? 0
    const c = this.#after[corner] ?? 0
    const side = this.#turn(a, corner, c) < 0 ? -1 : 1
    return !this.#grid.someInBoxOf(a, corner, c, (other) => {
      if (other === a || other === corner || other === c) return false
      return (
        side * this.#turn(a, corner, other) >= 0 &&
        side * this.#turn(corner, c, other) >= 0 &&
        side * this.#turn(c, a, other) >= 0
      )
    })
  }

  #remaining(start: number, end: number, gone: Uint8Array): number[] {
    const loop: number[] = []
    for (let i = start; i < end; i++) if (!gone[i]) loop.push(this.#x[i] ?? 0, this.#y[i] ?? 0)
    return loop
  }
}

/** A binary heap of corners, smallest area first, earlier corner first among equals. */
class CornerHeap {
  readonly #area: Float64Array
  readonly #heap: Int32Array
  readonly #placeOf: Int32Array
  #size = 0

  constructor(count: number) {
    this.#area = new Float64Array(count)
    this.#heap = new Int32Array(count)
    this.#placeOf = new Int32Array(count).fill(-1)
  }

  /** Adds a corner, or moves it to where its new area belongs. */
  put(corner: number, area: number): void {
    this.#area[corner] = area
    const known = this.#placeOf[corner] ?? -1
    if (known < 0) this.#set(this.#size++, corner)
    this.#rise(this.#placeOf[corner] ?? 0)
    this.#sink(this.#placeOf[corner] ?? 0)
  }

  /** @returns -1 when the heap is empty */
  pop(): number {
    if (this.#size === 0) return -1
    const first = this.#heap[0] ?? 0
    this.#placeOf[first] = -1
    const last = this.#heap[--this.#size] ?? 0
    if (this.#size > 0) {
      this.#set(0, last)
      this.#sink(0)
    }
    return first
  }

  #rise(from: number): void {
    let place = from
    while (place > 0 && this.#isLess(place, (place - 1) >> 1)) {
      this.#swap(place, (place - 1) >> 1)
      place = (place - 1) >> 1
    }
  }

  #sink(from: number): void {
    for (let place = from; ; ) {
      const left = 2 * place + 1
      if (left >= this.#size) return
      const child = left + 1 < this.#size && this.#isLess(left + 1, left) ? left + 1 : left
      if (!this.#isLess(child, place)) return
      this.#swap(child, place)
      place = child
    }
  }

  #isLess(a: number, b: number): boolean {
    const [p, q] = [this.#heap[a] ?? 0, this.#heap[b] ?? 0]
    const difference = (this.#area[p] ?? 0) - (this.#area[q] ?? 0)
    return difference < 0 || (difference === 0 && p < q)
  }

  #swap(a: number, b: number): void {
    const [p, q] = [this.#heap[a] ?? 0, this.#heap[b] ?? 0]
    this.#set(a, q)
    this.#set(b, p)
  }

  #set(place: number, corner: number): void {
    this.#heap[place] = corner
    this.#placeOf[corner] = place
  }
}
