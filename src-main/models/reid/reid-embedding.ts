import { z } from 'zod'
import type { ModelInput, ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { Family, ModelFacts, ModelRuntime, Reid, Tensor, ValueFacts } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { cropTo, cutOut } from '../tensors/crop.ts'
import { inputOf, invalid, outputOf, requireFinite } from '../tensors/feeds.ts'
import { toTensor } from '../tensors/picture-tensor.ts'
import { resizePicture } from '../tensors/resample.ts'

const options = z.strictObject({
  /** How much of its size a box grows by on each side before it is cut out. */
  grow: z.number().min(0).max(2).default(0),
})

/** OSNet's and most others' of persons. */
const USUAL = { width: 128, height: 256 }
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
/** Crops in one run. */
const MOST_AT_ONCE = 32

/**
 * A net that makes a vector of a crop: whoever looks alike lies in the same direction. Boxes are stretched to the input: cut to
 * whole pixels, or, where they grow, to where their edges lie.
 * The manifest says how pixels are read: OpenVINO's take `bgr` 0 … 255, those of OSNet's kind RGB by ImageNet (taken where
 * nothing is said).
 */
export const reidEmbedding: Family = {
  id: 'reid-embedding',
  name: 'Re-identification embedding',
  kind: 'reid',
  roles: ['model'],
  parameters: [],
  recognise({ model }) {
    const dims = model && cropDims(model)
    const width = model?.outputs.length === 1 ? vectorLength(model.outputs[0]) : null
    if (!dims || width === null) return null
    // A classifier has a vector, too; what tells them apart is the shape of a person, or the name.
    const isTall = dims.height === 2 * dims.width || dims.height === 3 * dims.width
    const isCalledSo = [...model.inputs, ...model.outputs].some(({ name }) =>
      /crop|embed|reid|feat/i.test(name),
    )
    if (!isTall && !isCalledSo) return null
    return {
      certainty: isTall && isCalledSo ? 0.9 : 0.6,
      manifest: {},
      missing: [],
      classes: null,
    }
  },
  open: openReid,
}

interface CropDims {
  readonly value: ValueFacts
  /** How many crops a run takes; null: as many as there are. */
  readonly batch: number | null
  readonly width: number
  readonly height: number
}

function cropDims({ inputs }: ModelFacts, given: ModelInput = {}): CropDims | null {
  const [value] = inputs
  if (!value || inputs.length !== 1 || value.dims.length !== 4) return null
  const [batch, channels, down, across] = value.dims
  if (channels !== 3 && typeof channels !== 'string') return null
  const fixed = (dim: number | string | undefined) => (typeof dim === 'number' ? dim : null)
  return {
    value,
    batch: fixed(batch),
    width: fixed(across) ?? given.width ?? USUAL.width,
    height: fixed(down) ?? given.height ?? USUAL.height,
  }
}

function vectorLength(value: ValueFacts | undefined): number | null {
  const sides = value?.dims.slice(1) ?? []
  const length = sides.find((side) => typeof side === 'number' && side > 1)
  const isVector =
    sides.filter((side) => side !== 1).length === 1 && value && value.dims.length <= 4
  return isVector && typeof length === 'number' ? length : null
}

function openReid(manifest: ModelManifest, runtime: ModelRuntime): Reid {
  const { id } = manifest
  const { grow } = readOptions(options, manifest)
  const facts = runtime.facts('model')
  const given: ModelInput = { ...manifest.inputs['*'], ...manifest.inputs.model }
  const crop = cropDims(facts, given)
  if (!crop) {
    const { name, dims } = inputOf(id, facts)
    const problem = `its input ${name} [${dims.join(', ')}] takes no crops of three colours`
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  const isPlain = given.scale !== undefined || given.color !== undefined
  const rule = {
    color: given.color ?? 'rgb',
    scale: given.scale ?? (isPlain ? 1 : 1 / 255),
    mean: given.mean ?? (isPlain ? [0, 0, 0] : IMAGENET.mean),
    std: given.std ?? (isPlain ? [1, 1, 1] : IMAGENET.std),
  }
  const pad = given.pad ?? 0

  function tensorOf(picture: RgbPicture, box: readonly number[]): Tensor {
    const { width = 1, height = 1 } = crop ?? {}
    const cut =
      grow > 0
        ? cropTo(picture, grown(box, grow), width, height, pad)
        : resizePicture(wholePixels(picture, box), width, height, 'linear')
    return toTensor(cut, rule)
  }

  /** A run of up to so many crops; of a fixed batch what is left over is black. */
  async function look(picture: RgbPicture, boxes: readonly (readonly number[])[]) {
    const count = crop?.batch ?? boxes.length
    const { width = 1, height = 1, value } = crop ?? {}
    const each = 3 * width * height
    const data = new Float32Array(count * each)
    for (const [at, box] of boxes.entries())
      data.set(tensorOf(picture, box).data as Float32Array, at * each)
    const feed: Tensor = { type: 'float32', dims: [count, 3, height, width], data }
    const answer = await runtime.run('model', { [value?.name ?? '']: feed })
    const name = facts.outputs[0]?.name ?? ''
    const vectors = outputOf(id, answer, [name])
    const length = vectors.data.length / count
    if (!Number.isInteger(length) || length < 1)
      throw invalid(id, `${vectors.data.length} numbers are no vectors of ${count} crops`)
    return boxes.map((_, at) => unit(id, vectors.data, at * length, length))
  }

  return {
    async embed(picture, boxes) {
      const found: Float32Array[] = []
      const step = Math.min(MOST_AT_ONCE, crop.batch ?? MOST_AT_ONCE)
      for (let at = 0; at < boxes.length; at += step)
        found.push(...(await look(picture, boxes.slice(at, at + step))))
      return found
    },
  }
}

/** The box's pixels, as far as they lie in the picture: at least one. What numpy's slices of whole numbers give. */
function wholePixels(
  picture: RgbPicture,
  [x1 = 0, y1 = 0, x2 = 1, y2 = 1]: readonly number[],
): RgbPicture {
  const inside = (value: number, most: number) => Math.max(0, Math.min(most, Math.trunc(value)))
  const left = inside(x1, picture.width - 1)
  const top = inside(y1, picture.height - 1)
  const width = Math.max(1, inside(x2, picture.width) - left)
  const height = Math.max(1, inside(y2, picture.height) - top)
  return cutOut(picture, left, top, width, height)
}

/** Edges of the box, further out by a share of its size on each side. */
function grown([x1 = 0, y1 = 0, x2 = 1, y2 = 1]: readonly number[], share: number) {
  const width = Math.max(1, x2 - x1)
  const height = Math.max(1, y2 - y1)
  const [cx, cy] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const half = { width: (width * (1 + 2 * share)) / 2, height: (height * (1 + 2 * share)) / 2 }
  return {
    left: cx - half.width,
    top: cy - half.height,
    right: cx + half.width,
    bottom: cy + half.height,
  }
}

/** @throws MODEL_OUTPUT_INVALID for a vector that points nowhere */
function unit(
  id: string,
  data: Float32Array | Float64Array,
  start: number,
  length: number,
): Float32Array {
  requireFinite(id, 'its vector', data, start, length)
  let sum = 0
  for (let i = start; i < start + length; i++) sum += (data[i] ?? 0) ** 2
  if (sum === 0) throw invalid(id, 'its vector is all zeros')
  const scale = 1 / Math.sqrt(sum)
  return Float32Array.from({ length }, (_, i) => (data[start + i] ?? 0) * scale)
}
