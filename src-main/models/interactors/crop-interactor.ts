import { z } from 'zod'
import type { FunctionParameter, ParameterValues } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { PictureRegion, RgbPicture } from '../../core/ports.ts'
import type { ModelFacts, Tensor } from '../family.ts'
import { cutOut } from '../tensors/crop.ts'
import { invalid, outputOf, requireFinite } from '../tensors/feeds.ts'
import type { Grid } from '../tensors/grid-mask.ts'
import { sigmoid } from '../tensors/numbers.ts'
import { toTensor } from '../tensors/picture-tensor.ts'
import { resizePicture } from '../tensors/resample.ts'
import type { Interpolation } from '../tensors/resample-plan.ts'

/** What nets that look at a cut-out with drawn clicks have in common: DEXTR, IOG. */
export const cropOptions = z.strictObject({
  /** Whether outputs are logits; `auto`: they are when one lies outside 0 … 1. */
  activation: z.enum(['auto', 'sigmoid', 'none']).default('auto'),
})

export function maskThreshold(defaultValue: number): FunctionParameter {
  return {
    ...{ name: 'threshold', type: 'number', min: 0, max: 1, step: 0.05, defaultValue },
    help: 'Probability from which on a pixel belongs to the object.',
  }
}

/** Given, else the manifest's, else the family's; within its bounds. */
export function thresholdOf(
  manifest: ModelManifest,
  parameter: FunctionParameter,
  given: ParameterValues,
): number {
  const chosen = Number(given[parameter.name] ?? manifest.parameters[parameter.name] ?? Number.NaN)
  const usual = parameter.type === 'number' ? parameter.defaultValue : 0.5
  return Number.isFinite(chosen) ? Math.max(0, Math.min(1, chosen)) : usual
}

/** `[1, channels, side, side]`. @throws MODEL_MISFIT */
export function cropInput(
  id: string,
  { inputs }: ModelFacts,
  channels: number,
): { name: string; side: number } {
  const found = inputs.find(({ dims }) => dims.length === 4 && dims[1] === channels)
  const [down, across] = found?.dims.slice(2) ?? []
  if (!found || (typeof down === 'number' && typeof across === 'number' && down !== across)) {
    const problem = `it has no square input of ${channels} planes`
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  return { name: found.name, side: typeof down === 'number' ? down : 512 }
}

/** The pixels around a box, as far as they lie in the picture; whole image pixels. */
export function regionAround(
  picture: RgbPicture,
  box: { x1: number; y1: number; x2: number; y2: number },
  margin: number,
): PictureRegion {
  const left = Math.max(0, Math.min(picture.width - 1, Math.floor(box.x1) - margin))
  const top = Math.max(0, Math.min(picture.height - 1, Math.floor(box.y1) - margin))
  const right = Math.max(left + 1, Math.min(picture.width, Math.ceil(box.x2) + margin))
  const bottom = Math.max(top + 1, Math.min(picture.height, Math.ceil(box.y2) + margin))
  return { left, top, right, bottom }
}

/** Three planes of the region's pixels, 0 … 255, at the front of an input of more. */
export function planesOf(
  picture: RgbPicture,
  { left, top, right, bottom }: PictureRegion,
  {
    side,
    channels,
    interpolation,
  }: { side: number; channels: number; interpolation: Interpolation },
): Float32Array {
  const cut = cutOut(picture, left, top, right - left, bottom - top)
  const fitted = resizePicture(cut, side, side, interpolation)
  const data = new Float32Array(channels * side * side)
  data.set(toTensor(fitted, { color: 'rgb', scale: 1 }).data as Float32Array)
  return data
}

/** Points of the picture in the pixels of a net that looks at a region. */
export function pointsIn(
  points: readonly (readonly [x: number, y: number])[],
  { left, top, right, bottom }: PictureRegion,
  side: number,
): [x: number, y: number][] {
  return points.map(([x, y]) => [
    ((x - left) * side) / (right - left),
    ((y - top) * side) / (bottom - top),
  ])
}

/** The last output that is a plane, as probabilities. @throws MODEL_OUTPUT_INVALID */
export function probabilities(
  id: string,
  facts: ModelFacts,
  outputs: Readonly<Record<string, Tensor>>,
  activation: 'auto' | 'sigmoid' | 'none',
): Grid {
  const names = facts.outputs.map(({ name }) => name).reverse()
  const name = names.find((one) => isPlane(outputs[one]))
  if (name === undefined) throw invalid(id, 'none of its outputs is a plane')
  const { dims, data } = outputOf(id, outputs, [name])
  requireFinite(id, name, data)
  const isLogits =
    activation === 'sigmoid' ||
    (activation === 'auto' && data.some((value) => value < 0 || value > 1))
  const [height = 0, width = 0] = dims.slice(-2)
  return { width, height, data: isLogits ? data.map(sigmoid) : data }
}

function isPlane(tensor: Tensor | undefined): boolean {
  if (!tensor || tensor.dims.length < 2) return false
  const others = tensor.dims.slice(0, -2)
  return others.every((side) => side === 1) && tensor.data.length > 1
}
