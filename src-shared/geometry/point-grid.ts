/** Points in square cells of about one point each, so that those near a few others are found without looking at all. */
export interface PointGrid {
  remove(point: number): void
  /** Whether `test` holds for a point left in a cell that the box around points a, b and c touches. */
  someInBoxOf(a: number, b: number, c: number, test: (point: number) => boolean): boolean
}

export function createPointGrid(x: Float64Array, y: Float64Array): PointGrid {
  return new Grid(x, y)
}

class Grid implements PointGrid {
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #left: number
  readonly #top: number
  readonly #cell: number
  readonly #columns: number
  /** Points by cell, the cells one after the other. */
  readonly #points: Int32Array
  readonly #starts: Int32Array
  readonly #used: Int32Array

  constructor(x: Float64Array, y: Float64Array) {
    this.#x = x
    this.#y = y
    this.#left = x.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
    this.#top = y.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
    const width = x.reduce((a, b) => Math.max(a, b), this.#left) - this.#left
    const height = y.reduce((a, b) => Math.max(a, b), this.#top) - this.#top
    this.#cell = Math.max(1, width, height) / Math.max(1, Math.sqrt(x.length))
    this.#columns = Math.floor(width / this.#cell) + 1
    const cells = x.length === 0 ? 0 : this.#columns * (Math.floor(height / this.#cell) + 1)
    this.#starts = new Int32Array(cells + 1)
    this.#used = new Int32Array(cells)
    this.#points = new Int32Array(x.length)
    this.#fill()
  }

  #fill(): void {
    const cellOf = Int32Array.from(
      this.#x,
      (_, i) => this.#row(i) * this.#columns + this.#column(i),
    )
    for (const cell of cellOf) this.#starts[cell + 1] = (this.#starts[cell + 1] ?? 0) + 1
    for (let i = 1; i < this.#starts.length; i++) {
      this.#starts[i] = (this.#starts[i] ?? 0) + (this.#starts[i - 1] ?? 0)
    }
    for (const [point, cell] of cellOf.entries()) {
      const used = this.#used[cell] ?? 0
      this.#points[(this.#starts[cell] ?? 0) + used] = point
      this.#used[cell] = used + 1
    }
  }

  remove(point: number): void {
    const cell = this.#row(point) * this.#columns + this.#column(point)
    const start = this.#starts[cell] ?? 0
    const last = start + (this.#used[cell] ?? 0) - 1
    let place = start
    while (place < last && this.#points[place] !== point) place++
    this.#points[place] = this.#points[last] ?? 0
    this.#used[cell] = last - start
  }

  someInBoxOf(a: number, b: number, c: number, test: (point: number) => boolean): boolean {
    const [ca, cb, cc] = [this.#column(a), this.#column(b), this.#column(c)]
    const [ra, rb, rc] = [this.#row(a), this.#row(b), this.#row(c)]
    const lastColumn = Math.max(ca, cb, cc)
    const lastRow = Math.max(ra, rb, rc)
    for (let row = Math.min(ra, rb, rc); row <= lastRow; row++) {
      for (let column = Math.min(ca, cb, cc); column <= lastColumn; column++) {
        const cell = row * this.#columns + column
        const start = this.#starts[cell] ?? 0
        const end = start + (this.#used[cell] ?? 0)
        for (let i = start; i < end; i++) if (test(this.#points[i] ?? 0)) return true
      }
    }
    return false
  }

  #column(point: number): number {
    return Math.floor(((this.#x[point] ?? 0) - this.#left) / this.#cell)
  }

  #row(point: number): number {
    return Math.floor(((this.#y[point] ?? 0) - this.#top) / this.#cell)
  }
}
