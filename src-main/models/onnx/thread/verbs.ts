import { AppError } from '#shared/errors/app-error.ts'
import type { InteractorAnswer, RgbPicture } from '../../../core/ports.ts'
import type { Embedding, Interactor, Tracker } from '../../family.ts'
import { completeValues } from '../../parameter-values.ts'
import { parametersOf } from '../function-info.ts'
import type { InferenceVerb, InferenceVerbs } from '../protocol.ts'
import { BoundedMap } from './bounded-map.ts'
import type { EmbeddingStore } from './embedding-store.ts'
import type { Opened } from './opened-pack.ts'

/** Objects that are followed, and answers that may be refined, each. */
const MOST_KEPT = 200

/** Of a picture that is known by its embedding alone. */
const NO_PIXELS = new Uint8Array()

export type Verbs = {
  readonly [V in InferenceVerb]: (
    opened: Opened,
    ask: InferenceVerbs[V]['ask'],
    picture: RgbPicture | null,
  ) => Promise<InferenceVerbs[V]['answer']>
}

/** @param name  goes before every token, which is of this thread alone */
export function createVerbs(name: string, embeddings: EmbeddingStore): Verbs {
  const states = new BoundedMap<{ key: string; state: unknown }>(MOST_KEPT)
  const memories = new BoundedMap<{ owner: string; memory: Embedding }>(MOST_KEPT)
  const warm = new WeakSet<Opened>()
  let last = 0
  const newToken = () => `${name}/${++last}`

  async function embed(
    { net, order }: Opened & { net: Interactor },
    key: string,
    picture: RgbPicture | null,
  ): Promise<Embedding> {
    if (!net.embed) return {}
    const known = await embeddings.get(order.embeddings, key)
    if (known) return known
    const made = await net.embed(needed(picture))
    await embeddings.set(order.embeddings, key, made)
    return made
  }

  /** @param key  what was looked at: an answer is gone on from on the same alone */
  async function refine(
    { net, order }: Opened & { net: Interactor },
    key: string,
    picture: RgbPicture,
    embedding: Embedding,
    { previous, ...given }: InferenceVerbs['interact']['ask']['prompt'],
  ): Promise<InteractorAnswer> {
    const owner = `${order.embeddings} ${key}`
    const before = previous === null ? undefined : memories.get(previous)
    const memory = before?.owner === owner ? before.memory : null
    const answer = await net.interact(picture, embedding, given, memory)
    const token = answer.memory ? newToken() : null
    if (answer.memory && token) memories.set(token, { owner, memory: answer.memory })
    return { mask: answer.mask, outline: answer.outline, score: answer.score, token }
  }

  /** The first run of a net takes several times as long as the others. What is wrong with it is told when somebody clicks. */
  async function warmUp(
    { net, order }: Opened & { net: Interactor },
    picture: RgbPicture,
    embedding: Embedding,
  ) {
    const { width, height } = picture
    const clicks = { positive: [[width / 2, height / 2]] as const, negative: [], box: null }
    const parameters = completeValues(parametersOf(order.manifest), {})
    await net.interact(picture, embedding, { ...clicks, parameters }, null).catch(() => undefined)
  }

  return {
    load: async () => null,
    detect: (opened, { parameters }, picture) =>
      as(opened, 'detector').net.detect(needed(picture), parameters),
    async isPrepared(opened, { picture: key }) {
      const { net, order } = as(opened, 'interactor')
      return !net.embed || (await embeddings.get(order.embeddings, key)) !== null
    },
    async prepare(opened, { picture: key, isNext }, picture) {
      const interactor = as(opened, 'interactor')
      const embedding = await embed(interactor, key, picture)
      if (isNext && !warm.has(opened)) await warmUp(interactor, needed(picture), embedding)
      warm.add(opened)
      return null
    },
    async interact(opened, { picture: key, prompt }, picture) {
      const interactor = as(opened, 'interactor')
      const embedding = await embed(interactor, key, picture)
      return refine(interactor, `picture ${key}`, needed(picture), embedding, prompt)
    },
    async decode(opened, { embedding: { key, data, picture }, prompt }) {
      const interactor = as(opened, 'interactor')
      const embedding = interactor.net.asEmbedding?.(data)
      if (!embedding) {
        const problem = 'it decodes no embeddings but its own'
        throw new AppError('MODEL_MISFIT', { id: opened.order.id, problem })
      }
      const asked = { ...prompt, parameters: {} }
      return refine(
        interactor,
        `embedding ${key}`,
        { ...picture, rgb: NO_PIXELS },
        embedding,
        asked,
      )
    },
    async begin(opened, { shapes }, picture) {
      const { net } = as(opened, 'tracker')
      const tokens: string[] = []
      for (const shape of shapes) {
        const token = newToken()
        const state = await net.begin(needed(picture), shape)
        states.set(token, { key: opened.order.embeddings, state })
        tokens.push(token)
      }
      return tokens
    },
    async update(opened, { tokens }, picture) {
      const { net } = as(opened, 'tracker')
      const found: InferenceVerbs['update']['answer'] = []
      for (const token of tokens) {
        const known = states.get(token)
        if (known?.key !== opened.order.embeddings) found.push(undefined)
        else {
          const { shape, state } = await (net as Tracker).update(needed(picture), known.state)
          states.set(token, { ...known, state })
          found.push(shape)
        }
      }
      return found
    },
    look: (opened, { boxes }, picture) => as(opened, 'reid').net.embed(needed(picture), boxes),
  }
}

function as<K extends Opened['kind']>(opened: Opened, kind: K): Opened & { kind: K } {
  if (opened.kind === kind) return opened as Opened & { kind: K }
  const { id } = opened.order
  throw new AppError('FUNCTION_WRONG_KIND', { id, kind: opened.kind, wanted: kind })
}

function needed(picture: RgbPicture | null): RgbPicture {
  if (picture) return picture
  throw new Error('the picture was not sent')
}
