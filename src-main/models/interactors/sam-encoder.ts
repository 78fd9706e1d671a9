import type { ModelInput, ModelManifest } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { ModelFacts } from '../family.ts'
import { inputOf } from '../tensors/feeds.ts'
import {
  type PictureTensorRule,
  type PreparedPicture,
  pictureTensors,
} from '../tensors/picture-tensor.ts'
import { place } from '../tensors/placement.ts'
import type { Interpolation } from '../tensors/resample-plan.ts'
import type { SamGeometry } from './sam-decoding.ts'
import { fixedDim } from './sam-names.ts'

/** ImageNet's, of pixels 0 … 255. */
const MEAN = [123.675, 116.28, 103.53]
const STD = [58.395, 57.12, 57.375]
const USUAL_SIDE = 1024

/** In what the kinds of SAM differ before the encoder. */
export interface EncoderStyle {
  /** SAM keeps the picture's shape and pads; SAM 2 stretches it. */
  readonly fit: 'letterbox-corner' | 'stretch'
  readonly interpolation: Interpolation
}

export interface SamEncoder extends SamGeometry {
  readonly inputName: string
  prepare(picture: RgbPicture): PreparedPicture
}

/**
 * How a picture goes into an encoder, told by its input: planes are normalised here, interleaved pixels (`[H, W, 3]`) by
 * the graph itself.
 */
export function samEncoder(
  manifest: ModelManifest,
  facts: ModelFacts,
  style: EncoderStyle,
): SamEncoder {
  const value = inputOf(manifest.id, facts, ['image', 'input_image', 'pixel_values', 'images'])
  const given: ModelInput = { ...manifest.inputs['*'], ...manifest.inputs.encoder }
  const isInterleaved = value.dims.length === 3 || fixedDim(value, -1) === 3
  const [down, across] = isInterleaved ? [-3, -2] : [-2, -1]
  const fixed = { width: fixedDim(value, across), height: fixedDim(value, down) }
  const input = {
    width: given.width ?? fixed.width ?? fixed.height ?? USUAL_SIDE,
    height: given.height ?? fixed.height ?? fixed.width ?? USUAL_SIDE,
  }
  const isCanvas = isInterleaved && fixed.width !== null && fixed.height !== null
  const rule: PictureTensorRule = {
    ...input,
    fit: given.fit ?? style.fit,
    rounding: 'up',
    cropShare: null,
    color: given.color ?? 'rgb',
    interpolation: given.interpolation ?? style.interpolation,
    pad: given.pad ?? 0,
    padAfter: given.pad === undefined ? 0 : null,
    scale: given.scale ?? 1,
    mean: given.mean ?? (isInterleaved ? [0, 0, 0] : MEAN),
    std: given.std ?? (isInterleaved ? [1, 1, 1] : STD),
    type: value.type === 'uint8' ? 'uint8' : 'float32',
    layout: isInterleaved ? 'hwc' : 'chw',
    batch: value.dims.length === 4 ? [1] : [],
  }
  const ofInput = pictureTensors(rule)
  return {
    inputName: value.name,
    input,
    isCanvas,
    place: (picture) => place(picture, rule),
    // A graph that pads by itself takes the picture alone, already as large as it is to be.
    prepare: isInterleaved && !isCanvas ? (picture) => unpadded(picture, rule) : ofInput,
  }
}

function unpadded(picture: RgbPicture, rule: PictureTensorRule): PreparedPicture {
  const { width, height } = place(picture, rule)
  return pictureTensors({ ...rule, fit: 'stretch', width, height })(picture)
}
