import type { Family, ModelFacts, Recognised } from '../../family.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { labelsOf } from '../common/class-labels.ts'
import {
  IMAGENET_MEAN,
  IMAGENET_STD,
  type InputDefaults,
  pictureInputOf,
  YOLO_INPUT,
} from '../common/input-rule.ts'
import { contractOf, type DetrContract } from './contract.ts'
import { type DetrStyle, detrParameters, openDetr } from './detector.ts'

/** Whole and stretched, RGB 0 … 1, resized by Pillow as torchvision's transforms do. */
const STRETCHED: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'stretch',
  interpolation: 'linear-antialias',
}
/** Ultralytics resizes with OpenCV. */
const ULTRALYTICS: InputDefaults = { ...STRETCHED, interpolation: 'linear' }
const NORMALISED: InputDefaults = { ...STRETCHED, mean: IMAGENET_MEAN, std: IMAGENET_STD }

/** Of those that score each class alone, and were taught with pictures of one size. */
const fixed: Omit<DetrStyle, 'input'> = { keepsShape: false, usual: () => ({ head: 'sigmoid' }) }

const common = { kind: 'detector', roles: ['model'], parameters: detrParameters } as const

/**
 * RT-DETR and those that share its export (v2, D-FINE, DEIM): labels, boxes and scores for `orig_target_sizes`; as Ultralytics exports it:
 * [1, 300, 4 + classes]; as Transformers does: logits and boxes.
 * @see Zhao et al. 2023, arXiv:2304.08069; Peng et al. 2024, arXiv:2410.13842
 */
export const rtdetr: Family = {
  ...common,
  id: 'rtdetr',
  name: 'RT-DETR, D-FINE, DEIM',
  recognise: ({ model }) => (model ? recognised(model, rtdetrCertainty) : null),
  open(manifest, runtime) {
    const isJoined = contractOf(runtime.facts('model'))?.kind === 'joined'
    const input = isJoined ? ULTRALYTICS : STRETCHED
    return openDetr(manifest, runtime, { ...fixed, input })
  },
}

/**
 * RF-DETR: `dets` [1, queries, 4] and `labels` [1, queries, classes + 1] of logits; segmenters add `masks`. Class indices of the official weights
 * are COCO's category ids; of trained ones the last logit is no class.
 * @see https://github.com/roboflow/rf-detr
 */
export const rfdetr: Family = {
  ...common,
  id: 'rfdetr',
  name: 'RF-DETR (detect, segment)',
  recognise: ({ model }) => (model ? recognised(model, rfdetrCertainty) : null),
  open: (manifest, runtime) => openDetr(manifest, runtime, { ...fixed, input: NORMALISED }),
}

/** COCO's 91 category ids and "none", which DETR was trained with. */
const DETR_COCO = 92

/**
 * DETR and its relatives as Transformers exports them: `logits` and `pred_boxes`. DETR itself, Conditional and Table Transformer choose one
 * class or none by softmax; Deformable DETR and others score each class alone.
 * @see Carion et al. 2020, arXiv:2005.12872
 */
export const detr: Family = {
  ...common,
  id: 'detr',
  name: 'DETR (Transformers)',
  recognise: ({ model }) => (model ? recognised(model, detrCertainty) : null),
  open: (manifest, runtime) =>
    openDetr(manifest, runtime, {
      input: NORMALISED,
      keepsShape: true,
      usual: ({ labels }, classes) => {
        const isOneMore = labels.length > 0 && labels.length + 1 === classes
        return { head: isOneMore || classes === DETR_COCO ? 'softmax' : 'sigmoid' }
      },
    }),
}

type Certainty = (contract: DetrContract, facts: ModelFacts, classes: number | null) => number

function recognised(facts: ModelFacts, certainty: Certainty): Recognised | null {
  const contract = contractOf(facts)
  if (contract === null || isGrid(contract, facts)) return null
  const { names, size, task } = readExporterNotes(facts.metadata)
  const classes = classesOf(contract, facts)
  const sure = certainty(contract, facts, classes)
  if (sure === 0 || (task !== null && task !== 'detect' && task !== 'segment')) return null
  const input = pictureInputOf(facts)
  const isOpen = typeof input?.dims.width !== 'number' && size === null
  const hasMasks = contract.kind === 'queries' && contract.masks !== null
  const labels = names && labelsOf(names, hasMasks ? 'mask' : 'rectangle')
  return {
    certainty: sure,
    manifest: labels ? { labels } : {},
    missing: [
      ...(labels ? [] : ['labels' as const]),
      // Transformers' nets take any size, and are fed one that suits them.
      ...(isOpen && contract.kind !== 'queries' ? ['size' as const] : []),
    ],
    classes,
    mayEndInNone: contract.kind === 'queries',
  }
}

/** More queries than any of these nets asks; a row for each cell of a grid (YOLO-NAS, SSD, YuNet) looks the same otherwise. */
const MOST_QUERIES = 1000

function isGrid(contract: DetrContract, facts: ModelFacts): boolean {
  if (contract.kind !== 'queries') return false
  const rows = facts.outputs.find(({ name }) => name === contract.logits)?.dims.at(-2)
  return typeof rows === 'number' && rows > MOST_QUERIES
}

function classesOf(contract: DetrContract, facts: ModelFacts): number | null {
  const last = (name: string) => facts.outputs.find((output) => output.name === name)?.dims.at(-1)
  if (contract.kind === 'finished') return null
  const width = contract.kind === 'queries' ? last(contract.logits) : last(contract.output)
  if (typeof width !== 'number') return null
  return contract.kind === 'queries' ? width : width - 4
}

const rtdetrCertainty: Certainty = (contract, facts, classes) => {
  if (contract.kind === 'finished') return 0.95
  if (contract.kind === 'queries') {
    // Transformers' DETR comes with a mask of pixels, RT-DETR without.
    if (isRfdetr(contract) || contract.pixelMask !== null || classes === DETR_COCO) return 0
    return 0.75
  }
  const { names, task } = readExporterNotes(facts.metadata)
  const rows = facts.outputs[0]?.dims.at(-2)
  if (names !== null) {
    const fits = classes === names.length && (rows === 300 || typeof rows === 'string')
    return fits ? (task === 'detect' && rows === 300 ? 0.97 : 0.6) : 0
  }
  return rows === 300 && (classes ?? 0) > 2 ? 0.7 : 0
}

const rfdetrCertainty: Certainty = (contract) =>
  contract.kind === 'queries' && isRfdetr(contract) ? 0.95 : 0

const detrCertainty: Certainty = (contract, _facts, classes) => {
  if (contract.kind !== 'queries' || isRfdetr(contract)) return 0
  const isNamed = contract.logits === 'logits' && contract.boxes === 'pred_boxes'
  if (contract.pixelMask !== null || classes === DETR_COCO) return 0.93
  return isNamed ? 0.7 : 0.45
}

function isRfdetr(contract: DetrContract): boolean {
  return contract.kind === 'queries' && contract.boxes === 'dets'
}
