import { z } from 'zod'
import { detection } from '#shared/domain/detection.ts'
import type { FunctionParameter } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Detector, ModelRuntime } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { largest, softmax } from '../../tensors/numbers.ts'
import { classNames } from '../common/class-labels.ts'
import {
  IMAGENET_MEAN,
  IMAGENET_STD,
  type InputDefaults,
  openPictureInput,
} from '../common/input-rule.ts'
import { parameterReader } from '../common/parameters.ts'
import { allBroken, floats, inOrder, type NamedTensor, unexpected } from '../common/refuse.ts'

export const classifierParameters: readonly FunctionParameter[] = [
  {
    type: 'number',
    name: 'threshold',
    min: 0,
    max: 1,
    step: 0.05,
    defaultValue: 0.25,
    help: 'Only labels that score higher become tags.',
  },
  {
    type: 'boolean',
    name: 'all',
    defaultValue: false,
    help: 'A tag of every label above the threshold, not only of the best one.',
  },
]

export const classifierOptionsSchema = z.looseObject({
  /** What the output holds; told from its numbers where left out. */
  scores: z.enum(['logits', 'probabilities']).optional(),
  /** The share of the resized picture's short side that is looked at: 224 / 256 of ImageNet's models. */
  cropShare: z.number().gt(0).max(1).optional(),
})

/** torchvision's recipe: short side to 256, the middle 224, ImageNet's mean and deviation. */
const IMAGENET_INPUT: InputDefaults = {
  fit: 'crop',
  rounding: 'even',
  cropShare: 0.875,
  color: 'rgb',
  interpolation: 'linear-antialias',
  pad: 0,
  scale: 1 / 255,
  mean: IMAGENET_MEAN,
  std: IMAGENET_STD,
  size: 224,
}

/** Ultralytics': short side to the input, its middle, pixels 0 … 1. */
const YOLO_CLASSIFY_INPUT: InputDefaults = {
  ...IMAGENET_INPUT,
  cropShare: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
}

/** YOLOv5's: the middle square cut first, resized by OpenCV, normalised as ImageNet's. */
const YOLOV5_CLASSIFY_INPUT: InputDefaults = {
  ...IMAGENET_INPUT,
  cropShare: null,
  interpolation: 'linear',
}

/** How a picture is seen where nobody says: YOLOv5's exporter notes stride and names, and no task. */
function usualInput(family: string, metadata: Readonly<Record<string, string>>): InputDefaults {
  const { task, stride, names } = readExporterNotes(metadata)
  if (family === 'yolov5' || (task === null && stride !== null && names !== null))
    return YOLOV5_CLASSIFY_INPUT
  return isYoloClassifier(metadata) || family.startsWith('yolo')
    ? YOLO_CLASSIFY_INPUT
    : IMAGENET_INPUT
}

/** Whether Ultralytics (or something that speaks like it) made the file. */
export function isYoloClassifier(metadata: Readonly<Record<string, string>>): boolean {
  return readExporterNotes(metadata).task === 'classify'
}

/** Ready a classifier of whole pictures. @throws MODEL_MISFIT, MODEL_MANIFEST_INVALID */
export function openClassifier(manifest: ModelManifest, runtime: ModelRuntime): Detector {
  const options = readOptions(classifierOptionsSchema, manifest)
  const { metadata } = runtime.facts('model')
  const usual = usualInput(manifest.family, metadata)
  const asks = { ...manifest.inputs['*'], ...manifest.inputs.model }.interpolation
  // OpenCV's interpolations come with its way of cropping: the middle square, and nothing resized that is not seen.
  const isOpenCv = asks !== undefined && !asks.endsWith('antialias')
  const cropShare = options.cropShare ?? (isOpenCv ? null : usual.cropShare)
  const input = openPictureInput(manifest, runtime, { ...usual, cropShare })
  return {
    async detect(picture, given) {
      const { tensor, release } = input.prepare(picture)
      const outputs = await runtime.run('model', { [input.name]: tensor }).finally(release)
      const [output] = inOrder(manifest.id, outputs, input.facts.outputs)
      if (output === undefined) return []
      const shares = sharesOf(manifest.id, output, options.scores)
      const names = classNames(manifest, shares.length)
      const read = parameterReader(classifierParameters, manifest.parameters, given)
      return largest(shares, read.boolean('all') ? shares.length : 1)
        .map((index) => ({ label: names[index] ?? '', score: shares[index] ?? 0 }))
        .filter(({ score }) => score > read.number('threshold'))
        .map(({ label, score }) => detection({ label, type: 'tag', score }))
    },
  }
}

/** Scores of all classes as shares of one. @throws MODEL_MISFIT, MODEL_OUTPUT_INVALID */
function sharesOf(
  id: string,
  output: NamedTensor,
  scores: 'logits' | 'probabilities' | undefined,
): Float64Array {
  const classes = output.dims.at(-1) ?? 0
  const rest = output.dims.slice(1, -1).reduce((product, size) => product * size, 1)
  // Convolutional heads leave [1, classes, 1, 1].
  const isGrid = output.dims.length === 4 && output.dims[2] === 1 && output.dims[3] === 1
  const count = isGrid ? (output.dims[1] ?? 0) : classes
  if (output.dims.length === 0 || count < 1 || (!isGrid && rest !== 1))
    throw unexpected(id, output, '[1, classes]')
  const values = floats(id, output).subarray(0, count)
  if (!values.every(Number.isFinite)) throw allBroken(id, count)
  const isLogits = scores === undefined ? !areShares(values) : scores === 'logits'
  return isLogits ? softmax(values) : Float64Array.from(values)
}

function areShares(values: Float32Array | Float64Array): boolean {
  let sum = 0
  for (const value of values) {
    if (value < 0 || value > 1.01) return false
    sum += value
  }
  return Math.abs(sum - 1) < 0.02
}
