import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Family, Interactor, ModelFacts, ModelRuntime } from '../family.ts'
import { inputNamed } from '../tensors/feeds.ts'
import { place } from '../tensors/placement.ts'
import { type SamGeometry, samDecoding } from './sam-decoding.ts'
import { fixedDim, foreignEmbedding, samInputs } from './sam-names.ts'

/** Of SAM's grid, input pixels a cell. */
const CELL = 16

/**
 * The decoder of a SAM whose encoder runs elsewhere: CVAT's function answers with embeddings, and CVAT's window has this half.
 * It takes pictures as SAM places them, in the upper left of a square.
 */
export const samDecoder: Family = {
  id: 'sam-decoder',
  name: 'Segment Anything, decoder alone',
  kind: 'interactor',
  isHalf: true,
  roles: ['decoder'],
  parameters: [],
  prompts: { minPositive: 0, minNegative: 0, box: 'optional', preparable: false },
  decodes: ({ decoder }) => (decoder && foreignEmbedding(decoder)?.tensor.dims) ?? null,
  recognise: ({ decoder }) =>
    // Less sure than of both halves together.
    decoder && foreignEmbedding(decoder)
      ? { certainty: 0.9, manifest: {}, missing: [], classes: null }
      : null,
  open: openSamDecoder,
}

function openSamDecoder(manifest: ModelManifest, runtime: ModelRuntime): Interactor {
  const { id } = manifest
  const facts = runtime.facts('decoder')
  const foreign = foreignEmbedding(facts)
  if (!foreign) {
    const problem =
      'the decoder does not take one embedding [1, channels, height, width] and clicks'
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  const geometry = geometryOf(manifest, facts, foreign.tensor.dims)
  const decode = samDecoding(manifest, runtime, geometry, false)
  return {
    asEmbedding: (data) => ({ [foreign.name]: { ...foreign.tensor, data } }),
    interact(picture, embedding, prompt, memory) {
      if (!embedding[foreign.name]) throw new AppError('FUNCTION_NEEDS_ENCODER', { id })
      return decode(picture, embedding, prompt, memory)
    },
  }
}

/** The encoder is not here: its side is the manifest's, or four pixels a cell of the mask that goes in, or sixteen a cell of the grid. */
function geometryOf(
  manifest: ModelManifest,
  facts: ModelFacts,
  dims: readonly number[],
): SamGeometry {
  const given = { ...manifest.inputs['*'], ...manifest.inputs.encoder }
  const mask = inputNamed(facts, samInputs.mask)
  const side = (place: -1 | -2, said: number | undefined) => {
    const cells = fixedDim(mask, place)
    return said ?? (cells === null ? CELL * (dims.at(place) ?? 0) : 4 * cells)
  }
  const input = { width: side(-1, given.width), height: side(-2, given.height) }
  const rule = { ...input, fit: 'letterbox-corner', rounding: 'up', cropShare: null } as const
  return { input, isCanvas: false, place: (picture) => place(picture, rule) }
}
