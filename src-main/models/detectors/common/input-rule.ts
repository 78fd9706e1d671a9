import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { ModelFacts, ModelRuntime, ValueFacts } from '../../family.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { type PictureTensorRule, pictureTensors } from '../../tensors/picture-tensor.ts'
import { described, misfit } from './refuse.ts'

/** What a family takes where neither file nor manifest says. */
export type InputDefaults = Omit<
  PictureTensorRule,
  'width' | 'height' | 'type' | 'layout' | 'batch' | 'padAfter'
> & { readonly size: number }

/** Ultralytics': RGB 0 … 1, whole and centred on grey. */
export const YOLO_INPUT: InputDefaults = {
  fit: 'letterbox',
  rounding: 'even',
  cropShare: null,
  color: 'rgb',
  interpolation: 'linear',
  pad: 114,
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  size: 640,
}

/** Means and deviations of ImageNet's pictures, of pixels 0 … 1. */
export const IMAGENET_MEAN = [0.485, 0.456, 0.406]
export const IMAGENET_STD = [0.229, 0.224, 0.225]

export interface PictureInput {
  readonly name: string
  readonly rule: PictureTensorRule
}

/** A fixed batch is fed copies of the picture, up to so many. */
const MOST_COPIES = 16
const TYPES = ['float32', 'float16', 'uint8']

export interface PictureDims {
  readonly batch: readonly (number | string)[]
  readonly channels: number | string
  readonly height: number | string
  readonly width: number | string
  readonly layout: 'chw' | 'hwc'
}

/** The input that can take a picture: three or four dims, one or three of them channels. Null for none. */
export function pictureInputOf(facts: ModelFacts): { value: ValueFacts; dims: PictureDims } | null {
  for (const value of facts.inputs) {
    const dims = TYPES.includes(value.type) ? pictureDims(value.dims) : null
    if (dims !== null) return { value, dims }
  }
  return null
}

const isChannels = (dim: number | string | undefined) => dim === 1 || dim === 3

function pictureDims(dims: ValueFacts['dims']): PictureDims | null {
  if (dims.length !== 3 && dims.length !== 4) return null
  const batch = dims.slice(0, dims.length - 3)
  const [first = '', second = '', third = ''] = dims.slice(-3)
  const isLast = !isChannels(first) && isChannels(third)
  if (isLast) return { batch, height: first, width: second, channels: third, layout: 'hwc' }
  if (typeof first === 'number' && !isChannels(first)) return null
  return { batch, channels: first, height: second, width: third, layout: 'chw' }
}

/**
 * How a picture becomes the input of a net: what the file fixes, what the manifest says, what the family takes, in that order.
 * @throws MODEL_MISFIT when they contradict each other, or nothing takes a picture
 */
export function pictureInput(
  manifest: ModelManifest,
  facts: ModelFacts,
  role: string,
  defaults: InputDefaults,
): PictureInput {
  const found = pictureInputOf(facts)
  if (found === null) throw misfit(manifest.id, `no input takes a picture: ${said(facts)}`)
  const { value, dims } = found
  const given = { ...manifest.inputs['*'], ...manifest.inputs[role] }
  const noted = readExporterNotes(facts.metadata).size
  const side = (name: 'width' | 'height'): number => {
    const fixed = dims[name]
    const wanted = given[name]
    if (typeof fixed !== 'number') return wanted ?? noted?.[name] ?? defaults.size
    if (wanted !== undefined && wanted !== fixed)
      throw misfit(
        manifest.id,
        `its input is ${described(value)}, and the manifest says a ${name} of ${wanted}`,
      )
    return fixed
  }
  const gray = dims.channels === 1
  const color = given.color ?? (gray ? 'gray' : defaults.color)
  if (gray !== (color === 'gray') && typeof dims.channels === 'number')
    throw misfit(manifest.id, `its input is ${described(value)}, and the manifest says ${color}`)
  return {
    name: value.name,
    rule: {
      ...defaults,
      width: side('width'),
      height: side('height'),
      color,
      fit: given.fit ?? defaults.fit,
      interpolation: given.interpolation ?? defaults.interpolation,
      pad: given.pad ?? defaults.pad,
      padAfter: null,
      scale: given.scale ?? defaults.scale,
      mean: given.mean ?? (given.scale === undefined ? defaults.mean : [0, 0, 0]),
      std: given.std ?? (given.scale === undefined ? defaults.std : [1, 1, 1]),
      type: value.type === 'uint8' ? 'uint8' : 'float32',
      layout: dims.layout,
      batch: dims.batch.map((size) => copies(manifest.id, value, size)),
    },
  }
}

function copies(id: string, value: ValueFacts, size: number | string): number {
  if (typeof size !== 'number') return 1
  if (size >= 1 && size <= MOST_COPIES) return size
  throw misfit(
    id,
    `its input is ${described(value)}, a batch of ${size} pictures at once; export it with a batch of 1`,
  )
}

function said(facts: ModelFacts): string {
  return facts.inputs.map((input) => `${described(input)} of ${input.type}`).join(', ') || 'none'
}

/** A net with one picture input, ready to be fed. */
export function openPictureInput(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  defaults: InputDefaults,
  role = 'model',
) {
  const facts = runtime.facts(role)
  const input = pictureInput(manifest, facts, role, defaults)
  return { facts, ...input, prepare: pictureTensors(input.rule) }
}
