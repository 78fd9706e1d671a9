import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Interactor, ModelRuntime, Tensor } from '../family.ts'
import { invalid } from '../tensors/feeds.ts'
import { samDecoding } from './sam-decoding.ts'
import { type EncoderStyle, samEncoder } from './sam-encoder.ts'
import { embeddingPlan, foreignEmbedding } from './sam-names.ts'

/**
 * Segment Anything and its likes: an encoder that looks at the picture once, a decoder that answers every prompt.
 * @see Kirillov et al. 2023, arXiv:2304.02643; Ravi et al. 2024, arXiv:2408.00714
 * @throws MODEL_MISFIT
 */
export function openSam(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  style: EncoderStyle,
): Interactor {
  const { id } = manifest
  const facts = { encoder: runtime.facts('encoder'), decoder: runtime.facts('decoder') }
  const encoder = samEncoder(manifest, facts.encoder, style)
  const plan = embeddingPlan(facts.encoder, facts.decoder)
  if (!plan)
    throw new AppError('MODEL_MISFIT', {
      id,
      problem: 'the decoder asks for more than the encoder gives',
    })
  const interact = samDecoding(manifest, runtime, encoder, style.fit === 'stretch')
  const foreign = foreignEmbedding(facts.decoder)

  return {
    interact,
    async embed(picture) {
      const { tensor, release } = encoder.prepare(picture)
      try {
        const outputs = await runtime.run('encoder', { [encoder.inputName]: tensor })
        const made = [...plan].map(([name, from]) => [name, gathered(id, outputs, from)] as const)
        return Object.fromEntries(made)
      } finally {
        release()
      }
    },
    ...(foreign && { asEmbedding: (data) => ({ [foreign.name]: { ...foreign.tensor, data } }) }),
  }
}

/** One output as it is, or several of the same dims put on each other. */
function gathered(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  names: readonly string[],
): Tensor {
  const all = names.map((name) => {
    const found = outputs[name]
    if (!found) throw invalid(id, `the encoder gave no ${name}`)
    return found
  })
  const [first] = all
  if (!first) throw invalid(id, 'the encoder gave nothing')
  if (all.length === 1) return first
  const each = first.data.length
  const data = new Float32Array(each * all.length)
  all.forEach((one, at) => {
    if (one.data.length !== each || !(one.data instanceof Float32Array))
      throw invalid(id, 'the layers the encoder gave are not of one size')
    data.set(one.data, at * each)
  })
  return { type: 'float32', dims: [all.length, ...first.dims], data }
}
