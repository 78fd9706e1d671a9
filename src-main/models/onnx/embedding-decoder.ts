/** Models that make masks of what an encoder elsewhere made of a picture. */
import { join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { EmbeddingDecoder, FunctionCall, ModelPack } from '../../core/ports.ts'
import { familyOf } from '../families.ts'
import type { ModelFacts } from '../family.ts'
import type { InferenceCall } from './inference.ts'
import { readOnnxHeader } from './onnx-header.ts'
import type { PackSource } from './pack-source.ts'
import type { InferenceVerbs } from './protocol.ts'

type Ask = (
  pack: ModelPack,
  call: Omit<InferenceCall<'decode'>, 'executionProvider'>,
) => Promise<InferenceVerbs['decode']['answer']>

interface Decoder {
  readonly pack: ModelPack
  /** Of the embeddings it takes. */
  readonly dims: readonly number[]
}

export function createEmbeddingDecoder(packs: PackSource, ask: Ask): EmbeddingDecoder {
  /** By id; what a file's header says stays true until the file changes. */
  const known = new Map<
    string,
    { readonly stamp: string; readonly dims: readonly number[] | null }
  >()

  async function dimsOf(pack: ModelPack): Promise<readonly number[] | null> {
    const before = known.get(pack.id)
    if (before?.stamp === pack.stamp) return before.dims
    const dims = await readDims(pack).catch(() => null)
    known.set(pack.id, { stamp: pack.stamp, dims })
    return dims
  }

  /** Halves first: somebody installed them for this. */
  async function decoders(): Promise<Decoder[]> {
    const found: Decoder[] = []
    for (const pack of await packs.list()) {
      const dims = pack.problem ? null : await dimsOf(pack)
      if (dims) found.push({ pack, dims })
    }
    const isHalf = ({ pack }: Decoder) => Number(familyOf(pack.manifest.family)?.isHalf ?? false)
    return found.sort((a, b) => isHalf(b) - isHalf(a))
  }

  async function choose(numbers: number, model: string | null): Promise<ModelPack | null> {
    const all = await decoders()
    const fits = ({ dims }: Decoder) => countOf(dims) === numbers
    if (model === null) return all.find(fits)?.pack ?? null
    const named = all.find(({ pack }) => pack.id === model)
    if (!named) throw new AppError('NOT_FOUND', { what: 'decoder', id: model })
    if (fits(named)) return named.pack
    const problem = `it decodes embeddings of ${countOf(named.dims)} numbers, and this one has ${numbers}`
    throw new AppError('MODEL_MISFIT', { id: model, problem })
  }

  return {
    list: async () => (await decoders()).map(({ pack }) => pack.id),
    async decode(
      embedding,
      prompt,
      { model, lane = 'now', signal }: FunctionCall & { model: string | null },
    ) {
      const pack = await choose(embedding.data.length, model)
      if (!pack) return null
      return ask(pack, { verb: 'decode', ask: { embedding, prompt }, picture: null, lane, signal })
    },
  }
}

const countOf = (dims: readonly number[]) => dims.reduce((product, side) => product * side, 1)

/** @throws MODEL_UNREADABLE */
async function readDims({ manifest, folder }: ModelPack): Promise<readonly number[] | null> {
  const family = familyOf(manifest.family)
  if (family?.kind !== 'interactor' || !family.decodes) return null
  const facts: Record<string, ModelFacts> = {}
  for (const [role, { path }] of Object.entries(manifest.files))
    facts[role] = (await readOnnxHeader(join(folder, path))).facts
  return family.decodes(facts)
}
