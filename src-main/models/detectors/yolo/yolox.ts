import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Detector, Family, ModelRuntime } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { imageBox, rectangle } from '../common/boxes.ts'
import { type InputDefaults, openPictureInput, YOLO_INPUT } from '../common/input-rule.ts'
import { AGNOSTIC, IOU, MAX_DETECTIONS, parameterReader, THRESHOLD } from '../common/parameters.ts'
import { inOrder, type NamedTensor, unexpected } from '../common/refuse.ts'
import { anchorFinds } from './finds.ts'
import { type LayoutQuestion, layoutOf } from './layout.ts'
import { type Rows, rowsOf } from './rows.ts'
import { cellsOf, recognisedYolo, yoloSigns } from './signs.ts'

const parameters = [THRESHOLD, IOU, MAX_DETECTIONS, AGNOSTIC]

const optionsSchema = z.strictObject({
  /** Whether boxes come decoded (`--decode_in_inference`); left out, their size tells. */
  decoded: z.boolean().optional(),
  strides: z.array(z.int().positive()).min(1).max(8).default([8, 16, 32]),
})
type YoloxOptions = z.output<typeof optionsSchema>

/** BGR 0 … 255 as OpenCV reads it, top left, sides cut to whole pixels. */
const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'letterbox-corner',
  rounding: 'down',
  color: 'bgr',
  scale: 1,
}

/**
 * YOLOX: [1, cells, 5 + classes] over grids of strides 8, 16, 32; objectness and scores after the sigmoid.
 * @see Ge et al. 2021, arXiv:2107.08430
 */
export const yolox: Family = {
  id: 'yolox',
  name: 'YOLOX',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    const signs = yoloSigns(model)
    if (!signs || signs.task !== null || signs.endToEnd || signs.prototypes > 0) return null
    const [a, b] = signs.table
    if (typeof b !== 'number' || b < 6 || a !== signs.cells?.three) return null
    const { names } = signs.notes
    if (names !== null && b !== 5 + names.length) return null
    const found = recognisedYolo(signs, b === 85 || names !== null ? 0.86 : 0.62, b - 5)
    return { ...found, manifest: { ...found.manifest, options: {} } }
  },
  open,
}

function open(manifest: ModelManifest, runtime: ModelRuntime): Detector {
  const options = readOptions(optionsSchema, manifest)
  const input = openPictureInput(manifest, runtime, INPUT)
  const notes = readExporterNotes(input.facts.metadata)
  const question: LayoutQuestion = {
    ...{ manifest, notes, head: 5, prototypes: 0 },
    ...{ task: 'detect', options: { masks: 'picture' } },
  }
  const [only] = input.facts.outputs
  if (only?.dims.slice(-2).every((dim) => typeof dim === 'number')) layoutOf(question, only)
  return {
    async detect(picture, given) {
      const { tensor, placement, release } = input.prepare(picture)
      const outputs = await runtime.run('model', { [input.name]: tensor }).finally(release)
      const [output] = inOrder(manifest.id, outputs, input.facts.outputs)
      if (output === undefined) return []
      const layout = layoutOf(question, output)
      const rows = rowsOf(manifest.id, output, layout.isTransposed)
      decodeGrid(manifest.id, output, rows, input.rule, options)
      const read = parameterReader(parameters, manifest.parameters, given)
      return anchorFinds(manifest.id, rows, layout, false, read).flatMap(
        ({ label, score, box }) => {
          const corners = imageBox(placement, box)
          return corners ? [rectangle(label, score, corners)] : []
        },
      )
    },
  }
}

/** Offsets in cells and logarithms of sides become input pixels, in the tensor itself. */
function decodeGrid(
  id: string,
  output: NamedTensor,
  rows: Rows,
  size: { readonly width: number; readonly height: number },
  { decoded, strides }: YoloxOptions,
): void {
  if (decoded ?? looksDecoded(rows, size.width)) return
  if (rows.count !== cellsOf(size, strides))
    throw unexpected(
      id,
      output,
      `${cellsOf(size, strides)} boxes, for strides ${strides.join(', ')} of ${size.width}x${size.height},`,
    )
  const { data, rowStep, columnStep } = rows
  let row = 0
  for (const stride of strides)
    for (let y = 0; y < Math.floor(size.height / stride); y++)
      for (let x = 0; x < Math.floor(size.width / stride); x++, row++) {
        const at = row * rowStep
        const put = (column: number, value: (raw: number) => number) => {
          const i = at + column * columnStep
          data[i] = value(data[i] ?? 0)
        }
        put(0, (raw) => (raw + x) * stride)
        put(1, (raw) => (raw + y) * stride)
        put(2, (raw) => Math.exp(raw) * stride)
        put(3, (raw) => Math.exp(raw) * stride)
      }
}

/** Centres of decoded boxes lie about half the input's side from the edge, raw offsets within a cell or two. */
function looksDecoded({ data, count, rowStep }: Rows, width: number): boolean {
  let sum = 0
  for (let row = 0; row < count; row++) sum += Math.abs(data[row * rowStep] ?? 0)
  return sum / Math.max(1, count) > width / 8
}
