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
 * The pixels where a small map, enlarged, exceeds a threshold, as mask points. Works row by row, first down the map's few columns, then
 * along them, and only where values on both sides of the threshold meet: 2 ms for a mask of 800 x 600 from 100 x 75. Takes
 * memory by the map's width and the mask's runs, never by the picture's area.
 * @param threshold  logits 0, probabilities 0.5
 * @returns null when no pixel does
 */
export function maskOfGrid(grid: Grid, view: GridView, threshold: number): number[] | null {
  const { columns, rows, box } = view
  const width = box.right - box.left
  const height = box.bottom - box.top
  if (width <= 0 || height <= 0) return null
  const groups = groupsOf(columns)
  const line = new Float64Array(grid.width)
  const places: number[] = []
  const isAt = (x: number): boolean => {
    let sum = 0
    const first = columns.first[x] ?? 0
    for (let k = 0; k < columns.size; k++)
      sum += (columns.weights[x * columns.size + k] ?? 0) * (line[first + k] ?? 0)
    return sum > threshold
  }
  let isSet = false
  for (let y = 0; y < height; y++) {
    mixRows(grid, rows, y, line)
    for (const { from, to, first, last } of groups) {
      const side = sideOf(line, first, last, threshold)
      for (let x = from; x < to; x++) {
        if ((side ?? isAt(x)) !== isSet) {
          isSet = !isSet
          places.push(y * width + x)
        }
        // Weights are shares of one: between values on one side nothing is on the other.
        if (side !== null) break
      }
    }
  }
  if (isSet) places.push(width * height)
  return maskOfToggles({ places, length: places.length }, box)
}

/** Picture columns from … to that lie between the same places first … last of the map. */
interface Group {
  readonly from: number
  readonly to: number
  readonly first: number
  readonly last: number
}

function groupsOf({ length, size, first, weights }: LineWeights): Group[] {
  const groups: Group[] = []
  for (let from = 0; from < length; ) {
    let to = from + 1
    while (to < length && first[to] === first[from]) to++
    let reach = 1
    for (let x = from; x < to; x++)
      for (let k = reach; k < size; k++) if ((weights[x * size + k] ?? 0) !== 0) reach = k + 1
    const start = first[from] ?? 0
    groups.push({ from, to, first: start, last: start + reach - 1 })
    from = to
  }
  return groups
}

/** One row of the picture, over the map's columns. */
function mixRows(grid: Grid, rows: LineWeights, y: number, line: Float64Array): void {
  const { data, offset = 0, width } = grid
  line.fill(0)
  for (let k = 0; k < rows.size; k++) {
    const weight = rows.weights[y * rows.size + k] ?? 0
    if (weight === 0) continue
    const start = offset + ((rows.first[y] ?? 0) + k) * width
    for (let x = 0; x < width; x++) line[x] = (line[x] ?? 0) + weight * (data[start + x] ?? 0)
  }
}

/** Whether values first … last are all above the threshold, or none is; null for some. */
function sideOf(
  line: Float64Array,
  first: number,
  last: number,
  threshold: number,
): boolean | null {
  const isAbove = (line[first] ?? 0) > threshold
  for (let x = first + 1; x <= last; x++) if ((line[x] ?? 0) > threshold !== isAbove) return null
  return isAbove
}
