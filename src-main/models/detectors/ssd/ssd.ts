import { z } from 'zod'
import type { Family } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { CandidateList } from '../common/candidates.ts'
import { namesWithBackground } from '../common/class-offset.ts'
import {
  type InputDefaults,
  openPictureInput,
  pictureInputOf,
  YOLO_INPUT,
} from '../common/input-rule.ts'
import { keptRectangles } from '../common/kept-boxes.ts'
import {
  AGNOSTIC,
  IOU,
  MAX_DETECTIONS,
  parameterReader,
  thresholdAt,
} from '../common/parameters.ts'
import { floats, inOrder, type NamedTensor, unexpected } from '../common/refuse.ts'

const optionsSchema = z.strictObject({
  /** The class index the manifest's first label stands for. */
  firstClass: z.int().nonnegative().optional(),
})

const parameters = [thresholdAt(0.5), IOU, MAX_DETECTIONS, AGNOSTIC]

/** Stretched; RGB minus 127 over 128, as MobileNet-SSDs and UltraFace are taught. */
const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'stretch',
  scale: 1,
  mean: [127, 127, 127],
  std: [128, 128, 128],
  size: 300,
}

/**
 * SSD with decoded boxes and no suppression: scores [1, A, C] after the softmax (class 0 is nothing), boxes [1, A, 4]
 * as x1 y1 x2 y2 in shares of the sides. MobileNet-SSD of pytorch-ssd, UltraFace.
 * @see https://github.com/qfgaohao/pytorch-ssd
 */
export const ssdScores: Family = {
  id: 'ssd-scores',
  name: 'SSD (scores and boxes)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    if (!model || !pictureInputOf(model) || model.outputs.length !== 2) return null
    const [scores, boxes] = pairOf(model.outputs)
    if (!scores || !boxes) return null
    const classes = Number(scores.dims.at(-1))
    const isNamed = /score|conf/i.test(scores.name) && /box|loc/i.test(boxes.name)
    // Boxes before scores are YOLO-NAS's, which has them in pixels.
    if (!isNamed && model.outputs[0] === boxes) return null
    return {
      certainty: isNamed ? 0.8 : 0.5,
      manifest: {},
      missing: ['labels'],
      classes: Number.isFinite(classes) ? classes - 1 : null,
    }
  },
  open(manifest, runtime) {
    const input = openPictureInput(manifest, runtime, INPUT)
    const { firstClass } = readOptions(optionsSchema, manifest)
    const { name } = namesWithBackground(manifest, firstClass)
    return {
      async detect(picture, given) {
        const { tensor, placement, release } = input.prepare(picture)
        const outputs = await runtime.run('model', { [input.name]: tensor })
        release()
        const values = parameterReader(parameters, manifest.parameters, given)
        const [scores, boxes] = pairOf(inOrder(manifest.id, outputs, input.facts.outputs))
        if (!scores || !boxes) {
          const [first = { name: 'nothing', dims: [] }] = input.facts.outputs
          throw unexpected(manifest.id, first, 'scores [1, A, C] and boxes [1, A, 4]')
        }
        const { width, height } = input.rule
        const found = candidatesOf(manifest.id, scores, boxes, values.number('threshold'), [
          width,
          height,
        ])
        return keptRectangles(found, values, placement, name)
      },
    }
  },
}

/** Boxes have four numbers; where scores have four, too, the names tell. */
function pairOf<T extends { name: string; dims: readonly (number | string)[] }>(
  outputs: readonly T[],
): [scores: T | undefined, boxes: T | undefined] {
  const tables = outputs.filter(({ dims }) => dims.length === 3)
  const boxes =
    tables.find(({ name, dims }) => dims[2] === 4 && /box|loc/i.test(name)) ??
    tables.findLast(({ dims }) => dims[2] === 4)
  const scores = tables.find(
    (one) => one !== boxes && boxes !== undefined && one.dims[1] === boxes.dims[1],
  )
  return [Number(scores?.dims[2]) < 2 ? undefined : scores, boxes]
}

function candidatesOf(
  id: string,
  scoreTable: NamedTensor,
  boxTable: NamedTensor,
  threshold: number,
  [width, height]: readonly [number, number],
) {
  const scores = floats(id, scoreTable)
  const boxes = floats(id, boxTable)
  const classes = scoreTable.dims[2] ?? 0
  const list = new CandidateList(id)
  for (let row = 0, at = 0; row < (scoreTable.dims[1] ?? 0); row += 1)
    for (let label = 0; label < classes; label += 1, at += 1) {
      if (label === 0 || !list.isWanted(scores[at] ?? Number.NaN, threshold)) continue
      const [x1 = Number.NaN, y1 = Number.NaN, x2 = Number.NaN, y2 = Number.NaN] = boxes.subarray(
        4 * row,
        4 * row + 4,
      )
      const box = [x1 * width, y1 * height, x2 * width, y2 * height] as const
      list.add(row, label, scores[at] ?? 0, [...box])
    }
  return list.done()
}

const finalParameters = [thresholdAt(0.5), MAX_DETECTIONS]

/**
 * The layer DetectionOutput: [1, 1, N, 7], a row a box: picture (negative ends the list), class, score, x1 y1 x2 y2 in shares. Caffe's SSD,
 * and models of the Open Model Zoo made into ONNX.
 * @see https://docs.openvino.ai/2023.3/openvino_docs_ops_detection_DetectionOutput_1.html
 */
export const detectionOutput: Family = {
  id: 'detection-output',
  name: 'SSD (DetectionOutput)',
  kind: 'detector',
  roles: ['model'],
  parameters: finalParameters,
  recognise({ model }) {
    const [output] = model?.outputs ?? []
    if (!model || !pictureInputOf(model) || !output) return null
    const isRows = output.dims.length === 4 && output.dims[3] === 7 && output.dims[1] === 1
    return isRows ? { certainty: 0.85, manifest: {}, missing: ['labels'], classes: null } : null
  },
  open(manifest, runtime) {
    const input = openPictureInput(manifest, runtime, {
      ...INPUT,
      color: 'bgr',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    })
    const { firstClass } = readOptions(optionsSchema, manifest)
    const { name, isNothing } = namesWithBackground(manifest, firstClass)
    return {
      async detect(picture, given) {
        const { tensor, placement, release } = input.prepare(picture)
        const outputs = await runtime.run('model', { [input.name]: tensor })
        release()
        const [output] = inOrder(manifest.id, outputs, input.facts.outputs)
        if (output?.dims.at(-1) !== 7)
          throw unexpected(manifest.id, output ?? { name: 'nothing', dims: [] }, '[1, 1, N, 7]')
        const values = parameterReader(finalParameters, manifest.parameters, given)
        const rows = floats(manifest.id, output)
        const { width, height } = input.rule
        const list = new CandidateList(manifest.id)
        for (let at = 0; at + 7 <= rows.length && (rows[at] ?? -1) >= 0; at += 7) {
          const [, label = 0, score = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rows.subarray(at, at + 7)
          if (!list.isWanted(score, values.number('threshold')) || isNothing(label)) continue
          list.add(at / 7, label, score, [x1 * width, y1 * height, x2 * width, y2 * height])
        }
        const found = list.done()
        const kept = {
          ...values,
          number: (key: string) => (key === 'iou' ? 1 : values.number(key)),
        }
        return keptRectangles(found, kept, placement, name)
      },
    }
  },
}
