/** A picture's pixels, resized, looked up and put into planes. The twin is `src-main/models/tensors/`. */
import { align, type KernelExports, WasmMemory } from './wasm-memory.ts'

/** Which source pixels, with which weights, make each pixel of a line: `size` for each of `length`. */
export interface TapTable {
  readonly length: number
  readonly size: number
  readonly index: Int32Array
  readonly weight: Float64Array
}

export interface PlanesTask {
  /** RGB, 8 bit, rows without padding. */
  readonly rgb: Uint8Array
  readonly pictureWidth: number
  /** Where the taps count from, pixels. */
  readonly left: number
  readonly top: number
  readonly columns: TapTable
  readonly rows: TapTable
  readonly rounding:
    | 'linear'
    | { readonly between: boolean; readonly unit: number; readonly ties: 'up' | 'even' }
  /** What each of the 256 values becomes, for red, green and blue. */
  readonly tables: readonly Float32Array[]
}

export interface TensorKernels {
  /** The planes of red, green and blue, after each other. Written over by the next call. */
  planes(task: PlanesTask): Float32Array
}

let chosen: TensorKernels | null | undefined

/** The kernels, kept for the thread; null where WebAssembly cannot be had. */
export function tensorKernels(): TensorKernels | null {
  if (chosen === undefined) chosen = loadTensorKernels()
  return chosen
}

/** An instance of its own. */
export function loadTensorKernels(): TensorKernels | null {
  const memory = WasmMemory.open()
  return memory === null ? null : new WasmTensorKernels(memory)
}

/** Rows that are read, in their order, and where each of the taps finds its own among them. */
interface NeededRows {
  readonly rows: readonly number[]
  readonly index: Int32Array
}

function neededRows({ index, weight }: TapTable): NeededRows {
  const rows = [...new Set(index.filter((_, i) => weight[i] !== 0))].sort((a, b) => a - b)
  const places = new Map(rows.map((row, place) => [row, place]))
  return { rows, index: index.map((row) => places.get(row) ?? 0) }
}

/** Lists laid out one after the other from the start of free memory on. */
class Layout {
  bytes = 0
  take(bytes: number): number {
    const at = this.bytes
    this.bytes += align(bytes)
    return at
  }
}

class WasmTensorKernels implements TensorKernels {
  readonly #memory: WasmMemory

  constructor(memory: WasmMemory) {
    this.#memory = memory
  }

  planes(task: PlanesTask): Float32Array {
    this.#memory.release()
    const { columns, rows, rounding } = task
    const needed = neededRows(rows)
    const [first, last] = span(columns)
    const rowBytes = 3 * (last - first + 1)
    const layout = new Layout()
    // A pixel is read as four bytes: one more than there is.
    const source = layout.take(rowBytes * needed.rows.length + 1)
    const columnTable = layout.take(16 * columns.index.length)
    const rowTable = layout.take(16 * rows.index.length)
    const lines = layout.take(linesRoom(columns.length, rows.size))
    const values = layout.take(3 * 1024)
    const floats = 3 * columns.length * rows.length
    const out = layout.take(4 * floats)
    const base = this.#memory.reserve(layout.bytes)
    const { kernels } = this.#memory
    const { buffer } = kernels.memory
    copyRows(task, needed.rows, first, rowBytes, new Uint8Array(buffer, base + source))
    for (const [i, table] of task.tables.entries())
      new Float32Array(buffer, base + values + 1024 * i, 256).set(table)
    const offsets = columns.index.map((index) => Math.max(0, index - first) * 3)
    run(kernels, rounding, {
      ...{ source: base + source, rowBytes, columnTable: base + columnTable },
      ...{ rowTable: base + rowTable, lines: base + lines, values: base + values, out: base + out },
      columns: { ...columns, index: offsets },
      rows: { ...rows, index: needed.index },
    })
    return new Float32Array(kernels.memory.buffer, base + out, floats)
  }
}

/** First and last column that is read. */
function span({ index, weight }: TapTable): [first: number, last: number] {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (let i = 0; i < index.length; i++) {
    if (weight[i] === 0) continue
    first = Math.min(first, index[i] ?? 0)
    last = Math.max(last, index[i] ?? 0)
  }
  return [Math.min(first, last), last]
}

function copyRows(
  { rgb, pictureWidth, left, top }: PlanesTask,
  rows: readonly number[],
  first: number,
  rowBytes: number,
  target: Uint8Array,
): void {
  for (const [place, row] of rows.entries()) {
    const from = ((top + row) * pictureWidth + left + first) * 3
    target.set(rgb.subarray(from, from + rowBytes), place * rowBytes)
  }
}

/** As much as the hungriest kernel needs: lines of doubles, sums, bytes, and which rows they are. */
function linesRoom(width: number, rowSize: number): number {
  return (rowSize + 2) * (24 * width + 16) + 2 * (3 * width + 16) + 4 * (rowSize + 1)
}

interface Laid {
  readonly source: number
  readonly rowBytes: number
  readonly columnTable: number
  readonly rowTable: number
  readonly lines: number
  readonly values: number
  readonly out: number
  /** Offsets in bytes. */
  readonly columns: TapTable
  /** Among the rows that were copied. */
  readonly rows: TapTable
}

function run(kernels: KernelExports, rounding: PlanesTask['rounding'], laid: Laid): void {
  const { source, rowBytes, columnTable, rowTable, lines, values, out, columns, rows } = laid
  const { buffer } = kernels.memory
  if (rounding !== 'linear' && !rounding.between) {
    const columnWeights = putApart(columns, columnTable, buffer)
    const rowWeights = putApart(rows, rowTable, buffer)
    kernels.planesWeighted(
      ...([source, rowBytes, columnTable, columnWeights, columns.size, columns.length] as const),
      ...([rowTable, rowWeights, rows.size, rows.length] as const),
      ...([rounding.unit, rounding.ties === 'even' ? 1 : 0, lines, values, out] as const),
    )
    return
  }
  putTogether(columns, columnTable, buffer)
  putTogether(rows, rowTable, buffer)
  if (rounding === 'linear')
    kernels.planesLinear(
      ...([source, rowBytes, columnTable, columns.length, rowTable, rows.length] as const),
      ...([lines, values, out] as const),
    )
  else
    kernels.planesPillow(
      ...([source, rowBytes, columnTable, columns.size, columns.length] as const),
      ...([rowTable, rows.size, rows.length, lines, values, out] as const),
    )
}

/** For each place its indices, then its weights, as whole numbers. */
function putTogether({ length, size, index, weight }: TapTable, at: number, buffer: ArrayBuffer) {
  const table = new Int32Array(buffer, at, 2 * length * size)
  for (let i = 0; i < length; i++)
    for (let k = 0; k < size; k++) {
      table[2 * size * i + k] = index[i * size + k] ?? 0
      table[2 * size * i + size + k] = weight[i * size + k] ?? 0
    }
}

/** All indices, then all weights. @returns where the weights are */
function putApart({ index, weight }: TapTable, at: number, buffer: ArrayBuffer): number {
  const weights = at + 8 * Math.ceil(index.length / 2)
  new Int32Array(buffer, at, index.length).set(index)
  new Float64Array(buffer, weights, weight.length).set(weight)
  return weights
}
