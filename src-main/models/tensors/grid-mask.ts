import { maskOfToggles, type PixelBox } from '#shared/geometry/mask-spans.ts'
import type { LineWeights } from './line-weights.ts'

/** A small map of numbers, row-major: logits, probabilities. */
export interface Grid {
  readonly width: number
  readonly height: number
  readonly data: Float32Array | Float64Array
  /** Where in `data` it begins. */
  readonly offset?: number
}

export interface GridView {
  /** How each picture column, and each row, from the box's first on, is made of the grid's. */
  readonly columns: LineWeights
  readonly rows: LineWeights
  /** Picture pixels; what lies outside is not looked at. */
  readonly box: PixelBox
}

/**
 * The pixels where a small map, enlarged, exceeds a threshold, as mask points. Takes memory by the box's width and the
 * mask's runs, never by the picture's area.
 * @param threshold  logits 0, probabilities 0.5
 * @returns null when no pixel does
 */
export function maskOfGrid(grid: Grid, view: GridView, threshold: number): number[] | null {
  const { columns, rows, box } = view
  const width = box.right - box.left
  const height = box.bottom - box.top
  if (width <= 0 || height <= 0) return null
  const lines = new LineCache(grid, columns, rows.size + 1)
  const sums = new Float64Array(width)
  const places: number[] = []
  let isSet = false
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    const first = rows.first[y] ?? 0
    for (let k = 0; k < rows.size; k++) {
      const weight = rows.weights[y * rows.size + k] ?? 0
      if (weight !== 0) addLine(sums, lines.get(first + k), weight)
    }
    for (let x = 0; x < width; x++) {
      if ((sums[x] ?? 0) > threshold === isSet) continue
      isSet = !isSet
      places.push(y * width + x)
    }
  }
  if (isSet) places.push(width * height)
  return maskOfToggles({ places, length: places.length }, box)
}

function addLine(sums: Float64Array, line: Float64Array, weight: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + weight * (line[x] ?? 0)
}

/** Rows of the grid, enlarged along the columns: the few that the picture's rows now lie between. */
class LineCache {
  private readonly grid: Grid
  private readonly columns: LineWeights
  private readonly lines: Float64Array[]
  private readonly held: number[]

  constructor(grid: Grid, columns: LineWeights, slots: number) {
    this.grid = grid
    this.columns = columns
    this.lines = Array.from({ length: slots }, () => new Float64Array(columns.length))
    this.held = Array.from({ length: slots }, () => -1)
  }

  get(row: number): Float64Array {
    const slot = row % this.lines.length
    const line = this.lines[slot] ?? new Float64Array(this.columns.length)
    if (this.held[slot] === row) return line
    this.held[slot] = row
    const { data, offset = 0, width } = this.grid
    const { first, weights, size } = this.columns
    const start = offset + row * width
    for (let x = 0; x < line.length; x++) {
      let sum = 0
      const from = start + (first[x] ?? 0)
      for (let k = 0; k < size; k++) {
        const weight = weights[x * size + k] ?? 0
        if (weight !== 0) sum += weight * (data[from + k] ?? 0)
      }
      line[x] = sum
    }
    return line
  }
}
