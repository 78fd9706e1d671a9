/**
 * Interactors. Most answer with masks; some (CVAT's Segment Anything) with an embedding of the picture, whatever the clicks: that is
 * asked for once a picture and kept, and a decoder on this machine makes masks of it.
 */
import type {
  EmbeddingDecoder,
  ForeignEmbedding,
  FunctionCall,
  FunctionPicture,
  InteractorAnswer,
  InteractorPrompt,
} from '#main/core/ports.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Callee } from './calls.ts'
import { createKeptEmbeddings } from './kept-embeddings.ts'
import { type AnsweredEmbedding, type Asking, askInteractor } from './questions.ts'

/** For the parameter `decoder`. */
export const ANY_DECODER = 'the first that fits'

export interface Segmenting {
  /** Whether this function has answered with an embedding, and with nothing else since. */
  givesEmbeddings(id: FunctionId): boolean
  /** @throws as `askInteractor`; FUNCTION_NEEDS_DECODER; what the decoder throws */
  interact(
    callee: Callee,
    picture: FunctionPicture,
    prompt: InteractorPrompt,
    call: FunctionCall,
  ): Promise<InteractorAnswer>
  /** Of functions that give embeddings; nothing is sent to others ahead of a question. */
  prepare(callee: Callee, picture: FunctionPicture, call: FunctionCall): Promise<void>
}

/** An embedding on its way. null: the function gave a mask. */
interface Coming {
  readonly made: Promise<ForeignEmbedding | null>
  readonly id: FunctionId
  readonly stop: AbortController
  /** Somebody has clicked and waits for it: then it is made, even if that click is taken back. */
  isWanted: boolean
}

export function createSegmenting(asking: Asking, decoder: EmbeddingDecoder): Segmenting {
  const givers = new Set<FunctionId>()
  const warm = new Set<FunctionId>()
  const kept = createKeptEmbeddings()
  const coming = new Map<string, Coming>()

  async function keep(key: string, picture: FunctionPicture, found: AnsweredEmbedding) {
    const { width, height } = Number.isFinite(found.size.width)
      ? found.size
      : await picture.pixels()
    const embedding = { key, data: found.embedding, picture: { width, height } }
    kept.keep(embedding)
    return embedding
  }

  function ask(callee: Callee, picture: FunctionPicture, { lane }: FunctionCall): Coming {
    const key = keyOf(callee, picture)
    const stop = new AbortController()
    const call = { ...(lane && { lane }), signal: stop.signal }
    const made = askInteractor(asking, callee, picture, ANYWHERE, call)
      .then((found) => ('embedding' in found ? keep(key, picture, found) : null))
      .finally(() => coming.get(key) === one && coming.delete(key))
    const one: Coming = { made, id: callee.id, stop, isWanted: false }
    // Who waits for it is told; often nobody does any more.
    made.catch(() => undefined)
    coming.set(key, one)
    return one
  }

  /** Who asks for it from now on asks anew. */
  function drop(key: string, one: Coming): void {
    one.stop.abort()
    coming.delete(key)
  }

  /** Of a function that gives embeddings: known, on its way, or asked for now. */
  async function embeddingOf(
    callee: Callee,
    picture: FunctionPicture,
    call: FunctionCall,
    isWanted: boolean,
  ): Promise<ForeignEmbedding | null> {
    const key = keyOf(callee, picture)
    const known = kept.get(key)
    if (known) return known
    const one = coming.get(key) ?? ask(callee, picture, call)
    one.isWanted ||= isWanted
    const found = await orCancelled(one.made, callee, call.signal).catch((error: unknown) => {
      if (call.signal?.aborted && !one.isWanted) drop(key, one)
      throw error
    })
    if (!found) givers.delete(callee.id)
    return found
  }

  async function decode(
    { id }: Callee,
    embedding: ForeignEmbedding,
    { positive, negative, box, previous, parameters }: InteractorPrompt,
    call: FunctionCall,
  ): Promise<InteractorAnswer> {
    const named = parameters.decoder
    const model = typeof named === 'string' && named !== ANY_DECODER ? named : null
    const prompt = { positive, negative, box, previous }
    const answer = await decoder.decode(embedding, prompt, { ...call, model })
    if (answer) return answer
    throw new AppError('FUNCTION_NEEDS_DECODER', { id, numbers: embedding.data.length })
  }

  return {
    givesEmbeddings: (id) => givers.has(id),
    async interact(callee, picture, prompt, call) {
      if (givers.has(callee.id)) {
        const embedding = await embeddingOf(callee, picture, call, true)
        if (embedding) return decode(callee, embedding, prompt, call)
      }
      const found = await askInteractor(asking, callee, picture, prompt, call)
      if (!('embedding' in found)) return found
      givers.add(callee.id)
      const embedding = await keep(keyOf(callee, picture), picture, found)
      return decode(callee, embedding, prompt, call)
    },
    async prepare(callee, picture, call) {
      if (!givers.has(callee.id)) return
      const key = keyOf(callee, picture)
      // Who waits here has gone on to this picture: what nobody clicked on is not worth its time any more.
      if (call.lane !== 'batch')
        for (const [other, one] of coming)
          if (other !== key && one.id === callee.id && !one.isWanted) drop(other, one)
      const embedding = await embeddingOf(callee, picture, call, false)
      if (!embedding || call.lane === 'batch' || warm.has(callee.id)) return
      warm.add(callee.id)
      // The first run of a decoder takes longer than the others. What is wrong with it is told when somebody clicks.
      await decode(callee, embedding, ANYWHERE, call).catch(() => undefined)
    },
  }
}

/** Functions that give embeddings do not look at it, and none refuses a click. */
const ANYWHERE: InteractorPrompt = {
  ...{ positive: [[0, 0]], negative: [], box: null },
  ...{ region: null, previous: null, parameters: {} },
}

/** Another address, or a container that was started again, may run another model under the same name. */
const keyOf = ({ id, connection, listed }: Callee, { key }: FunctionPicture) =>
  JSON.stringify([id, connection.url, listed.httpPort, key])

async function orCancelled<T>(
  made: Promise<T>,
  { id }: Callee,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return made
  const cancelled = () => new AppError('CANCELLED', { what: id })
  if (signal.aborted) throw cancelled()
  const done = new AbortController()
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { signal: done.signal })
  })
  return Promise.race([made, aborted]).finally(() => done.abort())
}
