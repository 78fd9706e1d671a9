import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Detector, Family, ModelFacts, ModelRuntime, Recognised } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { labelsOf } from '../common/class-labels.ts'
import { namesWithBackground } from '../common/class-offset.ts'
import {
  IMAGENET_MEAN,
  IMAGENET_STD,
  type InputDefaults,
  pictureInputOf,
  YOLO_INPUT,
} from '../common/input-rule.ts'
import { type NaturalSize, openNaturalInput } from '../common/natural-input.ts'
import { MAX_DETECTIONS, parameterReader, thresholdAt } from '../common/parameters.ts'
import { inOrder } from '../common/refuse.ts'
import { finalDetections } from './final-detections.ts'
import { finalOutputs } from './outputs.ts'

const optionsSchema = z.strictObject({
  /** The class index the manifest's first label stands for. */
  firstClass: z.int().nonnegative().optional(),
  /** Boxes as shares of the input's sides; left out: told from their numbers. */
  normalised: z.boolean().optional(),
  shortSide: z.int().positive().optional(),
  longSide: z.int().positive().optional(),
  divisor: z.int().positive().optional(),
  maskThreshold: z.number().default(0.5),
})

const parameters = [thresholdAt(0.5), MAX_DETECTIONS]

interface Kind {
  readonly input: InputDefaults
  readonly size: Partial<NaturalSize>
  readonly rowsFirst: boolean
}

/** 4K as it is. A hundred masks of such a picture would take 3 GB: with masks it is made smaller. */
const longestSide = ({ outputs }: ModelFacts) =>
  outputs.some(({ dims }) => dims.length === 4) ? 2048 : 4096

/** A net with everything inside: what comes out are final boxes, labels, scores, and masks or key points. */
function openFinal(manifest: ModelManifest, runtime: ModelRuntime, kind: Kind): Detector {
  const options = readOptions(optionsSchema, manifest)
  const input = openNaturalInput(manifest, runtime, kind.input, {
    shortSide: options.shortSide ?? kind.size.shortSide,
    longSide: options.longSide ?? kind.size.longSide ?? longestSide(runtime.facts('model')),
    divisor: options.divisor ?? kind.size.divisor,
  })
  const { name, isNothing } = namesWithBackground(manifest, options.firstClass)
  const joints = manifest.labels.find(({ sublabels }) => sublabels.length > 0)?.sublabels ?? []
  return {
    async detect(picture, given) {
      const { tensor, placement, release } = input.prepare(picture)
      const outputs = await runtime.run('model', { [input.name]: tensor })
      release()
      const [height = 0, width = 0] =
        input.rule.layout === 'chw' ? tensor.dims.slice(-2) : tensor.dims.slice(-3)
      const values = parameterReader(parameters, manifest.parameters, given)
      const found = finalOutputs(manifest.id, inOrder(manifest.id, outputs, input.facts.outputs))
      return finalDetections(manifest, found, {
        threshold: values.number('threshold'),
        most: values.number('maxDetections'),
        normalised: options.normalised ?? null,
        rowsFirst: kind.rowsFirst,
        maskThreshold: options.maskThreshold,
        name,
        isNothing,
        joints: joints.map((joint) => joint.name),
        input: { width, height },
        placement,
      })
    },
  }
}

const PLAIN: InputDefaults = { ...YOLO_INPUT, fit: 'stretch', pad: 0 }

/**
 * torchvision's detectors: Faster, Mask and Keypoint R-CNN, RetinaNet, FCOS, SSD. RGB 0 … 1 of any size (resizing and
 * normalising are inside); outputs boxes [N, 4], labels [N], scores [N], and masks [N, 1, H, W] or keypoints [N, K, 3].
 * @see https://pytorch.org/vision/stable/models.html#object-detection
 */
export const torchvision: Family = {
  id: 'torchvision',
  name: 'torchvision (Faster, Mask, Keypoint R-CNN, RetinaNet, FCOS, SSD)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise: (facts) => recogniseFinal(facts, 'float'),
  open: (manifest, runtime) =>
    openFinal(manifest, runtime, {
      input: PLAIN,
      size: {},
      rowsFirst: false,
    }),
}

/** What the zoo's files call their boxes: Faster R-CNN, Mask R-CNN. */
const ZOO_BOXES = new Set(['6379', '6568'])

/**
 * Faster and Mask R-CNN of the ONNX model zoo: BGR minus means, short side 800, sides padded to 32; masks of 28 x 28 a box.
 * @see https://github.com/onnx/models/tree/main/validated/vision/object_detection_segmentation/mask-rcnn
 */
export const zooRcnn: Family = {
  id: 'onnx-zoo-rcnn',
  name: 'ONNX model zoo R-CNN',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise(all) {
    const [input] = all.model?.inputs ?? []
    // Its outputs were never named; torchvision's own export may call its input so, too.
    const isUnnamed = all.model?.outputs.every(({ name }) => /^\d+$/.test(name))
    const isZoo = input?.name === 'image' && input.dims.length === 3 && isUnnamed
    const found = isZoo ? recogniseFinal(all, 'float') : null
    // torchvision's export leaves numbers for names as often: only the zoo's own are sure.
    const isSure = ZOO_BOXES.has(all.model?.outputs[0]?.name ?? '')
    return found && { ...found, certainty: isSure ? 0.95 : 0.5 }
  },
  open: (manifest, runtime) =>
    openFinal(manifest, runtime, {
      input: {
        ...PLAIN,
        color: 'bgr',
        scale: 1,
        mean: [102.9801, 115.9465, 122.7717],
        interpolation: 'linear-antialias',
      },
      // The zoo's own code has no limit for the long side; panoramas need one.
      size: { shortSide: 800, longSide: 4096, divisor: 32 },
      rowsFirst: false,
    }),
}

/**
 * SSD of the ONNX model zoo: `bboxes` in shares of the sides, `labels` and `scores` of a picture of 1200 x 1200, normalised as ImageNet's.
 * @see https://github.com/onnx/models/tree/main/validated/vision/object_detection_segmentation/ssd
 */
export const zooSsd: Family = {
  id: 'onnx-zoo-ssd',
  name: 'ONNX model zoo SSD',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise(all) {
    const names = all.model?.outputs.map((output) => output.name).join(' ')
    const found = names === 'bboxes labels scores' ? recogniseFinal(all, 'float') : null
    return found && { ...found, certainty: 0.9 }
  },
  open: (manifest, runtime) =>
    openFinal(manifest, runtime, {
      input: {
        ...{ ...PLAIN, mean: IMAGENET_MEAN, std: IMAGENET_STD },
        ...{ interpolation: 'linear-antialias', size: 1200 },
      },
      size: { longSide: 1200 },
      rowsFirst: false,
    }),
}

/**
 * TensorFlow's Object Detection API: pixels as they are, rows first (NHWC); boxes y1 x1 y2 x2 in shares of the sides.
 * @see https://github.com/tensorflow/models/tree/master/research/object_detection
 */
export const tensorflow: Family = {
  id: 'tensorflow-detection',
  name: 'TensorFlow Object Detection API',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise(all) {
    const names = all.model?.outputs.map((output) => output.name).join(' ') ?? ''
    const isNamed = /detection_boxes/.test(names) && /detection_scores/.test(names)
    const found = isNamed ? recogniseFinal(all, 'uint8') : null
    return found && { ...found, certainty: 0.95 }
  },
  open: (manifest, runtime) =>
    openFinal(manifest, runtime, {
      input: { ...PLAIN, scale: 1 },
      size: {},
      rowsFirst: true,
    }),
}

function recogniseFinal(
  all: Readonly<Record<string, ModelFacts>>,
  type: 'float' | 'uint8',
): Recognised | null {
  const facts = all.model
  if (!facts || !pictureInputOf(facts) || facts.outputs.length < 3) return null
  const pictures = facts.inputs.length
  if (pictures !== 1) return null
  const { outputs } = facts
  const isList = (name: RegExp) => outputs.some((output) => name.test(output.name))
  const isNamed = isList(/box/i) && isList(/score/i) && isList(/label|class/i)
  const isWhole = (output: (typeof outputs)[number]) => /^int(64|32)$/.test(output.type)
  const isTyped =
    outputs.filter(isWhole).length === 1 &&
    outputs.some((output) => output.dims.at(-1) === 4 && !isWhole(output))
  if (!isNamed && !(isTyped && type === 'float')) return null
  const names = readExporterNotes(facts.metadata).names
  const hasMasks = outputs.some(({ dims }) => dims.length === 4)
  return {
    certainty: isNamed && isTyped ? 0.8 : 0.6,
    manifest: names ? { labels: labelsOf(names, hasMasks ? 'mask' : 'rectangle') } : {},
    missing: names ? [] : ['labels'],
    classes: null,
  }
}
