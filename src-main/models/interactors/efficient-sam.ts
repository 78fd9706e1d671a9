import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Family, Interactor, ModelFacts, ModelRuntime, Tensor } from '../family.ts'
import { feedOf, inputNamed, inputOf } from '../tensors/feeds.ts'
import { toTensor } from '../tensors/picture-tensor.ts'
import { labelledPoints, SAM_LABELS } from './prompt-points.ts'
import { readAnswer } from './sam-answer.ts'
import { fixedDim } from './sam-names.ts'

const COORDS = ['batched_point_coords']
const LABELS = ['batched_point_labels']
const SIZE = ['orig_im_size']
/** The decoder reads so many points; it would leave the rest out without a word. */
const MOST_POINTS = 6

/**
 * EfficientSAM, as its own script exports it: pictures of any size, 0 … 1, resized in the graph; points in image pixels, a
 * list of queries each.
 * @see Xiong et al. 2023, arXiv:2312.00863
 */
export const efficientSam: Family = {
  id: 'efficient-sam',
  name: 'EfficientSAM',
  kind: 'interactor',
  roles: ['encoder', 'decoder'],
  parameters: [],
  prompts: { minPositive: 0, minNegative: 0, box: 'optional', preparable: true },
  recognise({ encoder, decoder }) {
    const isEncoder = encoder?.inputs.length === 1 && encoder.outputs.length >= 1
    return isEncoder && decoder && inputNamed(decoder, COORDS) && inputNamed(decoder, LABELS)
      ? { certainty: 0.97, manifest: {}, missing: [], classes: null }
      : null
  },
  open: openEfficientSam,
}

function openEfficientSam(manifest: ModelManifest, runtime: ModelRuntime): Interactor {
  const { id } = manifest
  const facts = { encoder: runtime.facts('encoder'), decoder: runtime.facts('decoder') }
  const image = inputOf(id, facts.encoder, ['batched_images'])
  const coords = inputOf(id, facts.decoder, COORDS)
  const labels = inputOf(id, facts.decoder, LABELS)
  const size = inputNamed(facts.decoder, SIZE)
  const embedded = embeddingInput(id, facts.decoder)
  const made = facts.encoder.outputs[0]?.name ?? ''
  const most = fixedDim(coords, -2) ?? MOST_POINTS

  return {
    async embed(picture) {
      const tensor = toTensor(picture, { color: 'rgb', scale: 1 / 255 })
      const outputs = await runtime.run('encoder', { [image.name]: tensor })
      const found = outputs[made]
      if (!found)
        throw new AppError('MODEL_OUTPUT_INVALID', { id, problem: `there is no output ${made}` })
      return { [embedded]: found }
    },
    async interact(picture, embedding, prompt) {
      const points = labelledPoints(prompt)
      const kept = embedding[embedded]
      if (points.length === 0 || !kept)
        return { mask: null, outline: null, score: null, memory: null }
      if (points.length > most) {
        const problem = `it takes ${most} points at a time (a box is two), and ${points.length} were given`
        throw new AppError('MODEL_MISFIT', { id, problem })
      }
      const count = fixedDim(coords, -2) ?? points.length
      const places = new Float32Array(2 * count).fill(-1)
      const meanings = new Float32Array(count).fill(SAM_LABELS.padding)
      points.forEach(({ x, y, label }, at) => {
        places.set([x, y], 2 * at)
        meanings[at] = label
      })
      const feeds: Record<string, Tensor> = {
        [embedded]: kept,
        [coords.name]: feedOf(coords, places, [1, 1, count, 2]),
        [labels.name]: feedOf(labels, meanings, [1, 1, count]),
      }
      if (size) feeds[size.name] = feedOf(size, [picture.height, picture.width], [2])
      const outputs = await runtime.run('decoder', feeds)
      const { width, height } = picture
      return readAnswer(id, outputs, {
        ...{ picture, input: { width, height }, placed: { width, height }, isStretched: true },
        memoryDims: null,
      })
    },
  }
}

/** The decoder's input that is no part of the prompt. */
function embeddingInput(id: string, decoder: ModelFacts): string {
  const prompt = [...COORDS, ...LABELS, ...SIZE]
  const inputs = decoder.inputs.filter(({ name }) => !prompt.includes(name))
  return inputOf(id, { ...decoder, inputs }).name
}
