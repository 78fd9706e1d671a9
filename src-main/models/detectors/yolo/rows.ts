import { floats, type NamedTensor } from '../common/refuse.ts'

/** A table of candidates inside a tensor, whichever way round it lies. */
export interface Rows {
  readonly data: Float32Array | Float64Array
  readonly count: number
  /** Numbers a row. */
  readonly width: number
  /** From a row to the next, and from a column to the next. */
  readonly rowStep: number
  readonly columnStep: number
}

/** Of a batch's first picture. @param isTransposed  a row's numbers lie apart: dims [1, width, count] */
export function rowsOf(id: string, tensor: NamedTensor, isTransposed: boolean): Rows {
  const data = floats(id, tensor)
  const [a = 0, b = 0] = tensor.dims.slice(-2)
  return isTransposed
    ? { data, count: b, width: a, rowStep: 1, columnStep: b }
    : { data, count: a, width: b, rowStep: b, columnStep: 1 }
}

export function cell(rows: Rows, row: number, column: number): number {
  return rows.data[row * rows.rowStep + column * rows.columnStep] ?? Number.NaN
}

/** Numbers of a row from column `from` on. */
export function cells(rows: Rows, row: number, from: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => cell(rows, row, from + i))
}

export interface BestClasses {
  /** The largest score of each row; NaN where one of its scores is. */
  readonly score: Float32Array
  readonly index: Int32Array
}

/**
 * The best of `classes` scores from column `from` on, row by row; of equal ones the first. Goes through memory in order:
 * 8400 rows of 80 classes take 1 ms rather than 5.
 */
export function bestClasses(rows: Rows, from: number, classes: number): BestClasses {
  const { data, count, rowStep, columnStep } = rows
  const score = new Float32Array(count).fill(Number.NEGATIVE_INFINITY)
  const index = new Int32Array(count)
  const look = (row: number, c: number) => {
    const value = data[row * rowStep + (from + c) * columnStep] ?? Number.NaN
    if (value > (score[row] ?? 0) || Number.isNaN(value)) {
      score[row] = value
      index[row] = c
    }
  }
  if (rowStep === 1)
    for (let c = 0; c < classes; c++) for (let row = 0; row < count; row++) look(row, c)
  else for (let row = 0; row < count; row++) for (let c = 0; c < classes; c++) look(row, c)
  return { score, index }
}
