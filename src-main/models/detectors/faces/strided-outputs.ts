import { floats, type NamedTensor } from '../common/refuse.ts'

/** One output of one stride. */
export interface StridedOutput {
  readonly stride: number
  /** Rows: cells, times anchors a cell. */
  readonly rows: number
  readonly data: Float32Array | Float64Array
}

/**
 * Outputs of nets that look at grids of several strides, those with `numbers` numbers a row, smallest stride first.
 * @param anchors  rows a cell of the grid
 */
export function stridedOutputs(
  id: string,
  outputs: readonly NamedTensor[],
  {
    numbers,
    anchors,
    input,
  }: {
    readonly numbers: number
    readonly anchors: number
    readonly input: { readonly width: number; readonly height: number }
  },
): StridedOutput[] {
  return outputs
    .filter(({ dims }) => dims.at(-1) === numbers)
    .flatMap((output) => {
      const rows = output.dims.at(-2) ?? 0
      const stride = Math.round(Math.sqrt((input.width * input.height * anchors) / rows))
      const cells = Math.ceil(input.width / stride) * Math.ceil(input.height / stride)
      return rows > 0 && cells * anchors === rows
        ? [{ stride, rows, data: floats(id, output) }]
        : []
    })
    .sort((a, b) => a.stride - b.stride)
}
