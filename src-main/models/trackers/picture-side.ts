import type { ModelInput, ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { Tensor, ValueFacts } from '../family.ts'
import { toTensor } from '../tensors/picture-tensor.ts'

/** How one of a tracker's two looks becomes a tensor. */
export interface Look {
  /** Of the square it takes, net pixels. */
  readonly side: number
  /** 0 … 255, where a manifest says; else null: the family's own. */
  readonly pad: number | null
  tensor(picture: RgbPicture): Tensor
}

export interface LookDefaults {
  readonly side: number
  readonly color: 'rgb' | 'bgr'
  readonly scale: number
  readonly mean: readonly number[]
  readonly std: readonly number[]
}

/**
 * A square picture input of dims `[1, 3, side, side]`: what the file fixes, what the manifest says, what the family takes.
 * @throws MODEL_MISFIT for any other input
 */
export function lookOf(
  manifest: ModelManifest,
  role: string,
  { name, dims, type }: ValueFacts,
  defaults: LookDefaults,
): Look {
  const given: ModelInput = { ...manifest.inputs['*'], ...manifest.inputs[role] }
  const [, channels, height, width] = dims
  const isPlanes = dims.length === 4 && (channels === 3 || typeof channels === 'string')
  const side =
    [width, height].find((one) => typeof one === 'number') ?? given.width ?? defaults.side
  const isSquare = [width, height].every((one) => typeof one === 'string' || one === side)
  if (!isPlanes || !isSquare || typeof side !== 'number' || side < 8 || type === 'int64') {
    const problem = `its input ${name} [${dims.join(', ')}] takes no square picture of three colours`
    throw new AppError('MODEL_MISFIT', { id: manifest.id, problem })
  }
  const rule = {
    color: given.color ?? defaults.color,
    scale: given.scale ?? defaults.scale,
    mean: given.mean ?? (given.scale === undefined ? defaults.mean : [0, 0, 0]),
    std: given.std ?? (given.scale === undefined ? defaults.std : [1, 1, 1]),
  }
  return { side, pad: given.pad ?? null, tensor: (picture) => toTensor(picture, rule) }
}
