import { z } from 'zod'
import { type Detection, detection } from '#shared/domain/detection.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Box } from '#shared/geometry/box.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type { Detector, Family, ModelFacts, ModelRuntime, Recognised } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { cropTo } from '../../tensors/crop.ts'
import { pictureTensors } from '../../tensors/picture-tensor.ts'
import { boxDetectorSchema, boxesOf } from '../common/boxes-of.ts'
import { labelsOf } from '../common/class-labels.ts'
import { cocoJoints } from '../common/coco-joints.ts'
import {
  IMAGENET_MEAN,
  IMAGENET_STD,
  type InputDefaults,
  pictureInput,
  pictureInputOf,
  YOLO_INPUT,
} from '../common/input-rule.ts'
import { keypointThresholdAt, parameterReader } from '../common/parameters.ts'
import { allBroken, floats, inOrder, type NamedTensor, unexpected } from '../common/refuse.ts'
import { type Peak, peaksOfAxes, peaksOfMaps } from './decode.ts'

const optionsSchema = z.strictObject({
  detector: boxDetectorSchema.optional(),
  /** How much larger than its box a person is looked at. */
  margin: z.number().min(1).max(3).default(1.25),
})

const parameters = [keypointThresholdAt(0.3)]

const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'stretch',
  pad: 0,
  mean: IMAGENET_MEAN,
  std: IMAGENET_STD,
  size: 256,
}

type Decode = (id: string, outputs: readonly NamedTensor[], input: Size) => Peak[]
interface Size {
  readonly width: number
  readonly height: number
}

/** Looks at one person (or hand, or face) after the other: a detector in the same pack finds them, else it is the picture. */
function openTopDown(manifest: ModelManifest, runtime: ModelRuntime, decode: Decode): Detector {
  const facts = runtime.facts('model')
  const { name, rule } = pictureInput(manifest, facts, 'model', INPUT)
  const prepare = pictureTensors({ ...rule, fit: 'stretch' })
  const options = readOptions(optionsSchema, manifest)
  const boxes = boxesOf(manifest, runtime, options.detector)
  const [label] = manifest.labels
  return {
    async detect(picture, given) {
      const least = parameterReader(parameters, manifest.parameters, given).number(
        'keypointThreshold',
      )
      const found: Detection[] = []
      for (const { box, score } of await boxes(picture)) {
        const window = windowAround(box, rule.width / rule.height, options.margin)
        const { tensor, release } = prepare(warped(picture, window, rule))
        const outputs = await runtime.run('model', { [name]: tensor })
        release()
        const peaks = decode(manifest.id, inOrder(manifest.id, outputs, facts.outputs), rule)
        if (!peaks.some((peak) => Number.isFinite(peak.score)))
          throw allBroken(manifest.id, peaks.length)
        const one = skeletonOf(peaks)
        if (one.elements.some(({ outside }) => !outside)) found.push({ ...one, score })

        function skeletonOf(all: readonly Peak[]): Detection {
          const scaleX = (window.right - window.left) / rule.width
          const scaleY = (window.bottom - window.top) / rule.height
          const elements = all.map((peak, k) => {
            const x = window.left + peak.x * scaleX
            const y = window.top + peak.y * scaleY
            const isSeen =
              peak.score >= least && x >= 0 && y >= 0 && x <= picture.width && y <= picture.height
            return {
              label: label?.sublabels[k]?.name ?? `${k + 1}`,
              points: [clip(x, picture.width), clip(y, picture.height)],
              outside: !isSeen,
              score: Number.isFinite(peak.score) ? Math.max(0, Math.min(1, peak.score)) : null,
              attributes: [],
            }
          })
          return detection({ label: label?.name ?? 'person', type: 'skeleton', elements })
        }
      }
      return found
    },
  }
}

const clip = (value: number, most: number) =>
  Number.isFinite(value) ? Math.max(0, Math.min(most, value)) : 0

/**
 * The window at the net's size. The authors' matrix moves whole-numbered places onto such, where `cropTo` moves edges: pixels lie half a
 * step apart.
 */
function warped(picture: RgbPicture, window: Box, { width, height }: Size): RgbPicture {
  const dx = 0.5 - (window.right - window.left) / width / 2
  const dy = 0.5 - (window.bottom - window.top) / height / 2
  const box = {
    ...{ left: window.left + dx, right: window.right + dx },
    ...{ top: window.top + dy, bottom: window.bottom + dy },
  }
  return cropTo(picture, box, width, height, 0)
}

/** The box at the net's aspect (one side grows), and larger. */
function windowAround(
  [x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[],
  aspect: number,
  margin: number,
): Box {
  const [cx, cy] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const width = Math.max(x2 - x1, (y2 - y1) * aspect, 1) * margin
  const height = Math.max(y2 - y1, (x2 - x1) / aspect, 1 / aspect) * margin
  return {
    left: cx - width / 2,
    top: cy - height / 2,
    right: cx + width / 2,
    bottom: cy + height / 2,
  }
}

const jointNames = (count: number) =>
  count === cocoJoints.length ? cocoJoints : Array.from({ length: count }, (_, k) => `${k + 1}`)

/** Maps of a quarter of the input's sides are told from other maps by that. */
function recogniseMaps(model: ModelFacts | undefined): Recognised | null {
  const input = model && pictureInputOf(model)
  const [output] = model?.outputs ?? []
  if (!input || model.outputs.length !== 1 || output?.dims.length !== 4) return null
  const [, count, height, width] = output.dims.map(Number)
  const isQuarter =
    Number(input.dims.height) === Number(height) * 4 &&
    Number(input.dims.width) === Number(width) * 4
  const isUpright = Number(height) > Number(width) || Number(count) === 17
  // Maps of classes are a quarter of the input as often: SegFormer's, and those of a file that names its classes.
  const isOfClasses =
    /logit|seg/i.test(output.name) || readExporterNotes(model.metadata).names !== null
  if (!isQuarter || !isUpright || !count || isOfClasses) return null
  return recognisedPose(count, 0.7)
}

function recognisedPose(count: number, certainty: number): Recognised {
  const labels = labelsOf(['person'], 'skeleton', jointNames(count))
  return { certainty, manifest: { labels }, missing: [], classes: 1 }
}

/**
 * Heat maps [1, K, h, w] of a picture of one person: HRNet, SimpleBaseline, ViTPose.
 * @see Sun et al. 2019, arXiv:1902.09212
 */
export const heatmapPose: Family = {
  id: 'heatmap-pose',
  name: 'Key points by heat maps (HRNet, ViTPose)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise: ({ model }) => recogniseMaps(model),
  open: (manifest, runtime) =>
    openTopDown(manifest, runtime, (id, [output], input) => {
      if (output?.dims.length !== 4)
        throw unexpected(
          id,
          output ?? { name: 'nothing', dims: [] },
          'heat maps [1, K, height, width]',
        )
      const [, count = 0, height = 1, width = 1] = output.dims
      const scale = [input.width / width, input.height / height] as const
      return peaksOfMaps(floats(id, output), { count, width, height }, scale)
    }),
}

/**
 * SimCC: simcc_x [1, K, bins], simcc_y [1, K, bins]. RTMPose, RTMW.
 * @see https://github.com/open-mmlab/mmpose/tree/main/projects/rtmpose
 */
export const simccPose: Family = {
  id: 'simcc-pose',
  name: 'Key points by SimCC (RTMPose)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    const [x, y] = model?.outputs ?? []
    const isNamed = x?.name === 'simcc_x' && y?.name === 'simcc_y'
    if (!model || !isNamed || !pictureInputOf(model)) return null
    const count = Number(x.dims[1])
    return Number.isFinite(count) ? recognisedPose(count, 0.95) : null
  },
  open: (manifest, runtime) =>
    openTopDown(manifest, runtime, (id, outputs, input) => {
      const [x, y] = outputs
      if (x?.dims.length !== 3 || y?.dims.length !== 3 || x.dims[1] !== y.dims[1])
        throw unexpected(id, x ?? { name: 'nothing', dims: [] }, 'simcc_x and simcc_y [1, K, bins]')
      const [, count = 0, width = 1] = x.dims
      const height = y.dims[2] ?? 1
      const scale = [input.width / width, input.height / height] as const
      return peaksOfAxes(floats(id, x), floats(id, y), { count, width, height }, scale)
    }),
}
