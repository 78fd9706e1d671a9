import { z } from 'zod'
import { detection } from '#shared/domain/detection.ts'
import type { FunctionParameter } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Family, ModelFacts, Recognised, Tensor, ValueFacts } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { classNames, labelsOf, unnamedClass } from '../common/class-labels.ts'
import {
  IMAGENET_MEAN,
  IMAGENET_STD,
  type InputDefaults,
  openPictureInput,
  pictureInputOf,
  YOLO_INPUT,
} from '../common/input-rule.ts'
import { parameterReader } from '../common/parameters.ts'
import { allBroken, inOrder, type NamedTensor, unexpected } from '../common/refuse.ts'
import { enlarge, enlargeIndices, type LabelMap, NO_CLASS, shownPart } from './label-map.ts'
import { masksOf } from './regions.ts'

/** torchvision's and most others': stretched, RGB, ImageNet's mean and deviation. */
const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'stretch',
  pad: 0,
  mean: IMAGENET_MEAN,
  std: IMAGENET_STD,
  size: 512,
}

/** Transformers' image processors resize by Pillow. */
const PILLOW_INPUT: InputDefaults = { ...INPUT, interpolation: 'linear-antialias' }
const isOfTransformers = (facts: ModelFacts) => pictureInputOf(facts)?.value.name === 'pixel_values'

const optionsSchema = z.strictObject({
  /** Classes that are nothing. Left out: those called background, void, unlabeled. */
  ignore: z.array(z.string()).optional(),
  /** Of one map of shares: what is above it is the (only) class. */
  threshold: z.number().default(0.5),
})

const REGIONS: FunctionParameter = {
  type: 'boolean',
  name: 'regions',
  defaultValue: false,
  help: 'Each connected region becomes a mask of its own; otherwise one mask a label.',
}
const LEAST_AREA: FunctionParameter = {
  ...{ type: 'number', name: 'minArea', min: 1, max: 1_000_000, step: 1, defaultValue: 16 },
  help: 'Masks of fewer pixels are left out.',
}

const NOTHING = /^_*(background|void|unlabell?ed|ignore)_*$/i
const MOST_CLASSES = 4096

/**
 * Semantic segmentation: a class a pixel. Output `[1, C, H, W]` of scores (logits or shares; the highest wins, after they are
 * enlarged bilinearly to the picture), or class indices `[1, H, W]` / `[1, 1, H, W]` (of whole numbers), or one map of shares.
 */
export const semantic: Family = {
  id: 'semantic',
  name: 'Semantic segmentation',
  kind: 'detector',
  roles: ['model'],
  parameters: [REGIONS, LEAST_AREA],
  recognise,
  open(manifest, runtime) {
    const { facts, name, rule, prepare } = openPictureInput(
      manifest,
      runtime,
      isOfTransformers(runtime.facts('model')) ? PILLOW_INPUT : INPUT,
    )
    const options = readOptions(optionsSchema, manifest)
    return {
      async detect(picture, parameters) {
        const prepared = prepare(picture)
        const outputs = await runtime.run('model', { [name]: prepared.tensor })
        prepared.release()
        const [output] = inOrder(manifest.id, outputs, facts.outputs)
        if (!output) throw unexpected(manifest.id, { name: 'none', dims: [] }, 'a map of classes')
        const map = labelsIn(manifest, output, prepared.placement, rule, options.threshold)
        const names = namesOf(manifest, map.classes)
        const isNothing = (name: string) =>
          options.ignore ? options.ignore.includes(name) : NOTHING.test(name)
        const given = parameterReader([REGIONS, LEAST_AREA], manifest.parameters, parameters)
        const least = given.number('minArea')
        const part = shownPart(prepared.placement, rule)
        return masksOf(map.labels, part, given.boolean('regions')).flatMap(
          ({ label, area, points }) => {
            const called = names[label] ?? unnamedClass(label)
            if (label === NO_CLASS || area < least || isNothing(called)) return []
            return [detection({ label: called, type: 'mask', points })]
          },
        )
      },
    }
  },
}

interface Kind {
  readonly classes: number
  readonly height: number
  readonly width: number
  /** `last`: classes are the last dim. `index`: each value is one. `share`: of the only class. */
  readonly form: 'first' | 'last' | 'index' | 'share'
}

function kindOf(dims: ValueFacts['dims'], isWhole: boolean): Kind | null {
  // A batch that varies is one of 1 here.
  const isOne = dims[0] === 1 || typeof dims[0] === 'string'
  const sides = dims.length === 4 && isOne ? dims.slice(1) : dims
  const [a, b, c] = sides.map(Number)
  if (sides.length === 2 && dims.length === 2) return null
  if (sides.length !== 3 || a === undefined || b === undefined || c === undefined) return null
  if (isWhole && a === 1) return { classes: MOST_CLASSES, height: b, width: c, form: 'index' }
  if (isWhole && c === 1) return { classes: MOST_CLASSES, height: a, width: b, form: 'index' }
  if (isWhole) return null
  if (a === 1) return { classes: 1, height: b, width: c, form: 'share' }
  if (c === 1) return { classes: 1, height: a, width: b, form: 'share' }
  const isLast = c < a && c < b
  return isLast
    ? { classes: c, height: a, width: b, form: 'last' }
    : { classes: a, height: b, width: c, form: 'first' }
}

function labelsIn(
  manifest: ModelManifest,
  output: NamedTensor,
  placement: Parameters<typeof enlarge>[1],
  input: { readonly width: number; readonly height: number },
  threshold: number,
): { labels: LabelMap; classes: number } {
  const isWhole = output.type === 'int64' || output.type === 'int32' || output.type === 'uint8'
  const kind = kindOf(output.dims, isWhole)
  if (!kind || kind.classes > MOST_CLASSES)
    throw unexpected(manifest.id, output, 'a map of classes [1, classes, height, width]')
  const { classes, width, height } = kind
  if (kind.form === 'index') {
    const cells = { width, height, data: indicesOf(output) }
    return { labels: enlargeIndices(cells, placement, input), classes: highest(cells.data) + 1 }
  }
  const data = Float64Array.from(output.data as Float32Array)
  if (!data.some(Number.isFinite)) throw allBroken(manifest.id, width * height)
  if (kind.form === 'share') {
    // Two classes: nothing, and the one. Logits are on the other side of 0 where shares are of a half.
    const isShare = data.every((value) => value >= 0 && value <= 1)
    const scores = new Float64Array(2 * width * height)
    scores.fill(isShare ? threshold : Math.log(threshold / (1 - threshold)), 0, width * height)
    scores.set(data, width * height)
    const both = enlarge({ classes: 2, width, height, data: scores }, placement, input)
    const only = both.data.map((label) => (label === 1 ? 0 : NO_CLASS))
    return { labels: { ...both, data: only }, classes: 1 }
  }
  const scores = kind.form === 'first' ? data : turned(data, kind)
  return { labels: enlarge({ classes, width, height, data: scores }, placement, input), classes }
}

function indicesOf({ data }: Tensor): Uint16Array {
  return Uint16Array.from(data as ArrayLike<number | bigint>, (value) => {
    const index = Number(value)
    return index >= 0 && index < MOST_CLASSES ? index : NO_CLASS
  })
}

function highest(indices: Uint16Array): number {
  let most = 0
  for (const index of indices) if (index !== NO_CLASS && index > most) most = index
  return most
}

/** From class last to class first. */
function turned(data: Float64Array, { classes, width, height }: Kind): Float64Array {
  const area = width * height
  const out = new Float64Array(data.length)
  for (let i = 0; i < area; i += 1)
    for (let c = 0; c < classes; c += 1) out[c * area + i] = data[i * classes + c] ?? 0
  return out
}

/** Indices that happen to be on a picture say nothing about how many classes there are. */
function namesOf(manifest: ModelManifest, classes: number): string[] {
  const count = Math.max(classes, manifest.labels.length)
  return classNames(manifest, count)
}

function recognise(all: Readonly<Record<string, ModelFacts>>): Recognised | null {
  const facts = all.model
  const [output] = facts?.outputs ?? []
  if (!facts || !output || facts.outputs.length > 2 || !pictureInputOf(facts)) return null
  const isWhole = ['int64', 'int32', 'uint8'].includes(output.type)
  const kind = kindOf(output.dims, isWhole)
  const isNamed = /seg|mask|out|logit/i.test(output.name)
  const sides = [kind?.height, kind?.width].map(Number)
  const isLarge = sides.every((side) => Number.isNaN(side) || side >= 16)
  if (!kind || !isLarge || output.dims.length < 3) return null
  const input = pictureInputOf(facts)
  // A map as large as a picture has the picture's sides, or a whole part of them.
  // Without its batch a map of scores could be any table.
  const isTable = output.dims.length === 3 && (kind.form === 'first' || kind.form === 'last')
  const divides = [input?.dims.height, input?.dims.width].every((side, at) => {
    const [wanted, has] = [Number(side), sides[at] ?? Number.NaN]
    return Number.isNaN(wanted) || Number.isNaN(has) || wanted % has === 0
  })
  if (!divides || isTable) return null
  const names = readExporterNotes(facts.metadata).names
  const classes = kind.form === 'index' || Number.isNaN(kind.classes) ? null : kind.classes
  const count = classes ?? names?.length ?? 0
  const labels = names ?? Array.from({ length: count }, (_, index) => unnamedClass(index))
  return {
    certainty: isNamed ? 0.55 : 0.4,
    manifest: { labels: labelsOf(labels, 'mask') },
    missing: names ? [] : ['labels'],
    classes,
  }
}
