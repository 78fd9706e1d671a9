import type { ModelFacts, Tensor, ValueFacts } from '../family.ts'
import { inputNamed } from '../tensors/feeds.ts'

/**
 * What exporters call the same inputs and outputs: Meta's own script (and samexporter, CVAT, X-AnyLabeling), Hugging Face's
 * exports, and those of ONNX Runtime.
 */
export const samInputs = {
  points: ['point_coords', 'input_points'],
  labels: ['point_labels', 'input_labels'],
  mask: ['mask_input', 'input_masks'],
  hasMask: ['has_mask_input', 'has_input_masks'],
  size: ['orig_im_size', 'original_image_size'],
} as const
export type SamInput = keyof typeof samInputs

export const samOutputs = {
  masks: ['masks', 'pred_masks', 'output_masks'],
  iou: ['iou_predictions', 'iou_scores', 'scores', 'iou_pred'],
  low: ['low_res_masks'],
  left: ['xtl'],
  top: ['ytl'],
} as const

/** Which part of the prompt an input takes; null: something the encoder made. */
export function partOf(name: string): SamInput | null {
  const parts = Object.entries(samInputs) as [SamInput, readonly string[]][]
  return parts.find(([, names]) => names.includes(name))?.[0] ?? null
}

/** A number where the file fixes this dim, counted from the end for negative places; else null. */
export function fixedDim(value: ValueFacts | undefined, place: number): number | null {
  const dim = value?.dims.at(place)
  return typeof dim === 'number' && dim > 0 ? dim : null
}

/** For each input of the decoder that the encoder feeds: the outputs it is made of, several to be stacked (HQ-SAM). */
export function embeddingPlan(
  encoder: ModelFacts,
  decoder: ModelFacts,
): ReadonlyMap<string, readonly string[]> | null {
  const wanted = decoder.inputs.filter(({ name }) => partOf(name) === null)
  const free = encoder.outputs.map(({ name }) => name)
  const plan = new Map<string, readonly string[]>()
  for (const { name } of wanted) if (take(free, name)) plan.set(name, [name])
  for (const { name, dims } of wanted) {
    if (plan.has(name)) continue
    // Five dims are layers put on each other: the encoder gives them one by one.
    const isStack = dims.length === 5 && free.length > 1
    const from = isStack ? free.splice(0) : free.splice(0, 1)
    if (from.length === 0) return null
    plan.set(name, from)
  }
  return plan
}

/** SAM's own, of all sizes of its encoder. */
const USUAL_DIMS = [1, 256, 64, 64]

/**
 * The input of a decoder that takes all an encoder elsewhere made of a picture: one tensor `[1, channels, height, width]`. Dims the
 * file leaves open are SAM's own.
 * @returns null for a decoder that wants more (HQ-SAM, SAM 2), or is none
 */
export function foreignEmbedding(
  decoder: ModelFacts,
): { readonly name: string; readonly tensor: Pick<Tensor, 'type' | 'dims'> } | null {
  const isDecoder = [samInputs.points, samInputs.labels].every((names) =>
    inputNamed(decoder, names),
  )
  const [value, ...others] = decoder.inputs.filter(({ name }) => partOf(name) === null)
  if (!isDecoder || !value || others.length > 0 || value.dims.length !== 4) return null
  if (value.type !== 'float32' && value.type !== 'float16') return null
  const dims = USUAL_DIMS.map((usual, at) => fixedDim(value, at) ?? usual)
  return { name: value.name, tensor: { type: 'float32', dims } }
}

function take(list: string[], name: string): boolean {
  const at = list.indexOf(name)
  if (at >= 0) list.splice(at, 1)
  return at >= 0
}
