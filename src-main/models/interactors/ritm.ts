import { z } from 'zod'
import type { ModelInput, ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type {
  Embedding,
  Family,
  Interactor,
  ModelFacts,
  ModelRuntime,
  Tensor,
  ValueFacts,
} from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { feedOf } from '../tensors/feeds.ts'
import { toTensor } from '../tensors/picture-tensor.ts'
import { resizePicture } from '../tensors/resample.ts'
import { clickRows } from './click-rows.ts'
import { maskThreshold, probabilities, thresholdOf } from './crop-interactor.ts'
import { maskOfPicture, type Size } from './plane-mask.ts'
import { fixedDim } from './sam-names.ts'

const threshold = maskThreshold(0.5)

const options = z.strictObject({
  activation: z.enum(['auto', 'sigmoid', 'none']).default('sigmoid'),
  /** Longest side the net sees, where its file fixes none. */
  longSide: z.number().int().min(32).max(4096).default(800),
  /** Clicks of each kind the net is told of, the first ones. */
  mostClicks: z.number().int().positive().optional(),
})

interface Style {
  readonly mean: readonly number[]
  readonly std: readonly number[]
  readonly mostClicks: number
}

const prompts = { minPositive: 1, minNegative: 0, box: 'none', preparable: false } as const

/** RITM (CVAT's "HRNET"): pixels 0 … 1, normalised in the graph; the previous mask as a fourth plane where it takes one. */
export const ritm: Family = {
  id: 'ritm',
  name: 'RITM (HRNet, clicks)',
  kind: 'interactor',
  roles: ['model'],
  parameters: [threshold],
  prompts,
  recognise: ({ model }) => recognised(model, 0.7),
  open: (manifest, runtime) =>
    openClicks(manifest, runtime, { mean: [0, 0, 0], std: [1, 1, 1], mostClicks: 24 }),
}

/** f-BRS: pixels normalised by ImageNet before the graph, eight clicks. */
export const fbrs: Family = {
  id: 'f-brs',
  name: 'f-BRS (clicks)',
  kind: 'interactor',
  roles: ['model'],
  parameters: [threshold],
  prompts,
  recognise: ({ model }) => recognised(model, 0.5),
  open: (manifest, runtime) =>
    openClicks(manifest, runtime, {
      ...{ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
      mostClicks: 8,
    }),
}

interface Parts {
  readonly image: ValueFacts
  readonly points: ValueFacts
  /** The previous mask as an input of its own. */
  readonly previous: ValueFacts | null
}

function partsOf({ inputs }: ModelFacts): Parts | null {
  const image = inputs.find(({ dims }) => dims.length === 4 && (dims[1] === 3 || dims[1] === 4))
  const points = inputs.find(({ dims }) => dims.length === 3 && (dims[2] === 3 || dims[2] === 2))
  const previous = inputs.find((one) => one !== image && one.dims.length === 4 && one.dims[1] === 1)
  const known = [image, points, previous].filter((one) => one !== undefined)
  return image && points && known.length === inputs.length
    ? { image, points, previous: previous ?? null }
    : null
}

function recognised(model: ModelFacts | undefined, certainty: number) {
  return model && partsOf(model) ? { certainty, manifest: {}, missing: [], classes: null } : null
}

/**
 * Nets that read a picture and a list of clicks: `points` `[1, 2n, 3]` (or `[…, 2]`), `y, x` and the number of the click;
 * first the positive ones, then the negative, what is left over -1.
 * @see Sofiiuk et al. 2021, arXiv:2102.06583; Sofiiuk et al. 2020, arXiv:2001.10331
 */
function openClicks(manifest: ModelManifest, runtime: ModelRuntime, style: Style): Interactor {
  const { id } = manifest
  const chosen = readOptions(options, manifest)
  const facts = runtime.facts('model')
  const parts = partsOf(facts)
  if (!parts) {
    const problem = 'it does not take a picture and a list of clicks'
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  const given: ModelInput = { ...manifest.inputs['*'], ...manifest.inputs.model }
  const rule = {
    color: given.color ?? 'rgb',
    scale: given.scale ?? 1 / 255,
    mean: given.mean ?? style.mean,
    std: given.std ?? style.std,
  } as const
  const most = chosen.mostClicks ?? style.mostClicks

  return {
    async interact(picture, _embedding, { positive, negative, parameters }, memory) {
      if (positive.length === 0) return { mask: null, outline: null, score: null, memory: null }
      const size = netSize(parts.image, picture, chosen.longSide)
      const planes = toTensor(resizePicture(picture, size.width, size.height, 'linear'), rule)
      const before = previousPlane(memory, size)
      const toNet = (points: readonly (readonly [number, number])[]) =>
        points.map(([x, y]): [number, number] => [
          (x * size.width) / picture.width,
          (y * size.height) / picture.height,
        ])
      const rows = clickRows(toNet(positive), toNet(negative), {
        each: fixedHalf(parts.points),
        most,
        values: fixedDim(parts.points, -1) ?? 3,
      })
      const feeds: Record<string, Tensor> = {
        [parts.image.name]: parts.image.dims[1] === 4 ? withPlane(planes, before) : planes,
        [parts.points.name]: feedOf(parts.points, rows.data, [1, rows.count, rows.values]),
      }
      if (parts.previous)
        feeds[parts.previous.name] = {
          type: 'float32',
          dims: [1, 1, size.height, size.width],
          data: before,
        }
      const outputs = await runtime.run('model', feeds)
      const grid = probabilities(id, facts, outputs, chosen.activation)
      const least = thresholdOf(manifest, threshold, parameters)
      return {
        mask: maskOfPicture(grid, picture, least),
        ...{ outline: null, score: null },
        memory: kept(grid.data, size),
      }
    },
  }
}

/** As large as the file says; else no side longer than `longest`, the picture's shape kept. */
function netSize(image: ValueFacts, { width, height }: Size, longest: number): Size {
  const fixed = { width: fixedDim(image, -1), height: fixedDim(image, -2) }
  const scale = Math.min(1, longest / Math.max(width, height))
  return {
    width: fixed.width ?? Math.max(1, Math.round(width * scale)),
    height: fixed.height ?? Math.max(1, Math.round(height * scale)),
  }
}

const fixedHalf = (points: ValueFacts): number | null => {
  const rows = fixedDim(points, -2)
  return rows === null ? null : Math.floor(rows / 2)
}

function previousPlane(memory: Embedding | null, { width, height }: Size): Float32Array {
  const plane = memory?.mask?.data
  const isSame = plane instanceof Float32Array && plane.length === width * height
  return isSame ? plane : new Float32Array(width * height)
}

function withPlane({ dims, data }: Tensor, plane: Float32Array): Tensor {
  const all = new Float32Array(data.length + plane.length)
  all.set(data as Float32Array)
  all.set(plane, data.length)
  const [batch = 1, , height = 1, width = 1] = dims
  return { type: 'float32', dims: [batch, 4, height, width], data: all }
}

function kept(data: Float32Array | Float64Array, { width, height }: Size): Embedding | null {
  if (data.length !== width * height) return null
  return { mask: { type: 'float32', dims: [1, 1, height, width], data: Float32Array.from(data) } }
}
