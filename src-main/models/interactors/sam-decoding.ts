import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Embedding, Interactor, ModelRuntime, Tensor } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { feedOf, inputNamed } from '../tensors/feeds.ts'
import type { Placement } from '../tensors/placement.ts'
import type { Size } from './plane-mask.ts'
import { type LabelledPoint, labelledPoints, type Prompt, SAM_LABELS } from './prompt-points.ts'
import { readAnswer } from './sam-answer.ts'
import { fixedDim, partOf, samInputs, samOutputs } from './sam-names.ts'

/** What a manifest may say of a SAM. */
export const samOptions = z.strictObject({
  /** Side of the square that clicks are counted in, where it is not the encoder's (EfficientViT-SAM: 512 and 1024). */
  promptSide: z.number().positive().optional(),
  /** Whether a point that means nothing follows: Meta's example adds one where there is no box. */
  padding: z.enum(['no-box', 'never']).default('no-box'),
})

/** Where the encoder put a picture. */
export interface SamGeometry {
  /** The net's own pixels: its input, or the square it pads to itself. */
  readonly input: Size
  /** The net takes a canvas for the picture: what lies beside the picture is part of it. */
  readonly isCanvas: boolean
  place(picture: Size): Placement
}

const NOTHING = { mask: null, outline: null, score: null, memory: null }

/** Masks of more pixels are asked for at the net's own size and enlarged here. */
const MOST_PIXELS = 2 ** 25

/**
 * The second half of a SAM: what the decoder makes of an embedding and a prompt.
 * @param isStretched  the encoder changes the picture's shape
 * @returns a function of the picture's size, what the decoder is fed of the picture, the prompt, and what an answer before left
 * @throws MODEL_MISFIT
 */
export function samDecoding(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  geometry: SamGeometry,
  isStretched: boolean,
) {
  const { id } = manifest
  const options = readOptions(samOptions, manifest)
  const facts = runtime.facts('decoder')
  const maskInput = inputNamed(facts, samInputs.mask)
  for (const names of [samInputs.points, samInputs.labels])
    if (!inputNamed(facts, names))
      throw new AppError('MODEL_MISFIT', { id, problem: `the decoder has no input ${names[0]}` })

  return async (
    picture: Size,
    embedding: Embedding,
    prompt: Prompt,
    memory: Embedding | null,
  ): ReturnType<Interactor['interact']> => {
    const points = labelledPoints(prompt)
    if (points.length === 0) return NOTHING
    const isPadded = options.padding === 'no-box' && prompt.box === null
    const padding = { x: 0, y: 0, label: SAM_LABELS.padding }
    const asked = isPadded ? [...points, padding] : points
    const placement = geometry.place(picture)
    const scale = clickScale(geometry, placement, options.promptSide)
    const size = sizeAsked(geometry, facts, picture, placement)
    const dims = maskInput ? maskDims(maskInput, geometry) : null
    const previous = previousMask(dims ?? [0], memory)
    const feeds: Record<string, Tensor> = {}
    for (const input of facts.inputs) {
      const part = partOf(input.name)
      if (part === 'points') feeds[input.name] = pointsFeed(id, input, asked, scale)
      else if (part === 'labels') feeds[input.name] = labelsFeed(input, asked)
      else if (part === 'size') feeds[input.name] = feedOf(input, [size.height, size.width], [2])
      else if (part === 'mask') feeds[input.name] = previous.mask
      else if (part === 'hasMask') feeds[input.name] = hasMaskFeed(input, previous.isThere)
      else feeds[input.name] = partOfEmbedding(id, embedding, input.name)
    }
    const outputs = await runtime.run('decoder', feeds)
    return readAnswer(id, outputs, {
      ...{ picture, input: geometry.input, placed: placement },
      isStretched: isStretched || placement.scaleX !== placement.scaleY,
      memoryDims: dims,
    })
  }
}

/** Of clicks, from image pixels to what the decoder counts in. */
function clickScale(
  { input: { width, height } }: SamGeometry,
  { scaleX, scaleY }: Placement,
  side?: number,
) {
  const more = side === undefined ? 1 : side / Math.max(width, height)
  return { x: scaleX * more, y: scaleY * more }
}

/** The size the decoder is to enlarge its mask to. */
function sizeAsked(
  { isCanvas, input }: SamGeometry,
  decoder: ReturnType<ModelRuntime['facts']>,
  picture: { width: number; height: number },
  placed: { width: number; height: number },
): { width: number; height: number } {
  if (isCanvas) return input
  const outputs = new Set(decoder.outputs.map(({ name }) => name))
  const isCropped = samOutputs.left.some((name) => outputs.has(name))
  const hasLow = samOutputs.low.some((name) => outputs.has(name))
  const isLarge = picture.width * picture.height > MOST_PIXELS
  return isLarge && hasLow && !isCropped ? placed : picture
}

type Input = ReturnType<ModelRuntime['facts']>['inputs'][number]

/** As many points as the file fixes; what is left over means nothing. @throws MODEL_MISFIT when there are more */
function pointsFeed(
  id: string,
  input: Input,
  points: readonly LabelledPoint[],
  scale: { x: number; y: number },
): Tensor {
  const count = fixedDim(input, -2) ?? points.length
  if (points.length > count)
    throw new AppError('MODEL_MISFIT', {
      id,
      problem: `it takes ${count} points at a time, and ${points.length} were given`,
    })
  const values = new Float32Array(2 * count)
  points.forEach(({ x, y, label }, at) => {
    if (label === SAM_LABELS.padding) return
    values[2 * at] = x * scale.x
    values[2 * at + 1] = y * scale.y
  })
  return feedOf(input, values, input.dims.length === 4 ? [1, 1, count, 2] : [1, count, 2])
}

function labelsFeed(input: Input, points: readonly LabelledPoint[]): Tensor {
  const count = fixedDim(input, -1) ?? points.length
  const values = new Float32Array(count).fill(SAM_LABELS.padding)
  points.forEach(({ label }, at) => {
    values[at] = label
  })
  return feedOf(input, values, input.dims.length === 3 ? [1, 1, count] : [1, count])
}

/** Four cells of the embedding's grid are sixteen pixels of the input, unless the file says otherwise. */
function maskDims(input: Input, { input: { width, height } }: SamGeometry): number[] {
  return [1, 1, fixedDim(input, -2) ?? height / 4, fixedDim(input, -1) ?? width / 4]
}

/** The mask of an answer before this one; zeros where there is none. */
function previousMask(dims: readonly number[], memory: Embedding | null) {
  const count = dims.reduce((product, side) => product * side, 1)
  const kept = memory?.mask
  const isThere = kept?.data.length === count
  const zeros: Tensor = { type: 'float32', dims, data: new Float32Array(isThere ? 0 : count) }
  return { mask: isThere ? { ...kept, dims } : zeros, isThere }
}

function hasMaskFeed(input: Input, isThere: boolean): Tensor {
  return feedOf(input, [isThere ? 1 : 0], input.dims.length === 0 ? [] : [1])
}

function partOfEmbedding(id: string, embedding: Embedding, name: string): Tensor {
  const found = embedding[name]
  if (!found)
    throw new AppError('MODEL_MISFIT', {
      id,
      problem: `nothing was kept for the decoder's ${name}`,
    })
  return found
}
