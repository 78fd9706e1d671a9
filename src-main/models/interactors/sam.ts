import type { Family, ModelFacts, Recognised, ValueFacts } from '../family.ts'
import { inputNamed } from '../tensors/feeds.ts'
import { openSam } from './sam-engine.ts'
import { embeddingPlan, foreignEmbedding, partOf, samInputs } from './sam-names.ts'

const prompts = { minPositive: 0, minNegative: 0, box: 'optional', preparable: true } as const

/** SAM, HQ-SAM, MobileSAM, EdgeSAM, EfficientViT-SAM, and CVAT's own decoder: the picture keeps its shape. */
export const sam: Family = {
  id: 'sam',
  name: 'Segment Anything (SAM, HQ-SAM, MobileSAM, EdgeSAM)',
  kind: 'interactor',
  roles: ['encoder', 'decoder'],
  parameters: [],
  prompts,
  decodes: ({ decoder }) => (decoder && foreignEmbedding(decoder)?.tensor.dims) ?? null,
  recognise: ({ encoder, decoder }) =>
    isSam(encoder, decoder) && decoder && !isSecond(decoder) ? found(0.95) : null,
  open: (manifest, runtime) =>
    // Meta resizes with Pillow.
    openSam(manifest, runtime, { fit: 'letterbox-corner', interpolation: 'linear-antialias' }),
}

/** SAM 2 and 2.1 on single pictures: the picture is stretched, and finer features go to the decoder. */
export const sam2: Family = {
  id: 'sam2',
  name: 'Segment Anything 2 (pictures)',
  kind: 'interactor',
  roles: ['encoder', 'decoder'],
  parameters: [],
  prompts,
  recognise: ({ encoder, decoder }) =>
    isSam(encoder, decoder) && decoder && isSecond(decoder) ? found(0.95) : null,
  open: (manifest, runtime) =>
    openSam(manifest, runtime, { fit: 'stretch', interpolation: 'linear' }),
}

function isSam(encoder: ModelFacts | undefined, decoder: ModelFacts | undefined): boolean {
  if (!encoder || !decoder || encoder.inputs.length !== 1) return false
  const asks = [samInputs.points, samInputs.labels].every((names) => inputNamed(decoder, names))
  const isFed = decoder.inputs.some(({ name }) => partOf(name) === null)
  const plan = embeddingPlan(encoder, decoder)
  const fits = ({ name, dims }: ValueFacts) => {
    const [source, ...more] = plan?.get(name) ?? []
    const made = encoder.outputs.find((output) => output.name === source)?.dims ?? []
    // Several layers are put on each other (HQ-SAM).
    return more.length > 0 || made.length === 0 || dims.length === 0 || areAlike(made, dims)
  }
  // Any net with an output would do otherwise: a detector beside a decoder is no encoder.
  return asks && isFed && plan !== null && decoder.inputs.every(fits)
}

/** Dims that may be the same: what varies may be anything. */
function areAlike(one: ValueFacts['dims'], other: ValueFacts['dims']): boolean {
  const fixed = (dim: number | string | undefined) => typeof dim === 'number' && dim > 0
  return (
    one.length === other.length &&
    one.every((dim, at) => dim === other[at] || !fixed(dim) || !fixed(other[at]))
  )
}

const isSecond = ({ inputs }: ModelFacts): boolean =>
  inputs.some(({ name }) => /high_res|image_features_|feats_0/.test(name))

function found(certainty: number): Recognised {
  return { certainty, manifest: {}, missing: [], classes: null }
}
