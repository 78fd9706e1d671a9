/** Worker thread entry: models are loaded and run here, one call after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError, type ErrorBody } from '#shared/errors/app-error.ts'
import type { FromInference, InferenceSettings, PackOrder, ToInference } from './protocol.ts'
import { createEmbeddingStore } from './thread/embedding-store.ts'
import { type Opened, openPack } from './thread/opened-pack.ts'
import { createVerbs } from './thread/verbs.ts'

const { name, embeddingsDir } = workerData as InferenceSettings
const verbs = createVerbs(name, createEmbeddingStore(embeddingsDir))
const opened = new Map<string, Opened>()
let before: Promise<unknown> = Promise.resolve()

parentPort?.on('message', (message: ToInference) => {
  before = before.then(() => hear(message))
})

async function hear(message: ToInference): Promise<void> {
  if (message.type === 'call') parentPort?.postMessage(await answer(message))
  else if (message.type === 'forget') await forget(message.key)
  else {
    // Native code is in here: it ends by itself, with nothing left to do (see threads.ts).
    for (const key of [...opened.keys()]) await forget(key)
    parentPort?.close()
  }
}

async function answer(call: ToInference & { type: 'call' }): Promise<FromInference> {
  const { ticket, pack, verb, ask, picture } = call
  try {
    const one = await open(pack)
    const run = verbs[verb] as (one: Opened, ask: unknown, picture: unknown) => Promise<unknown>
    const start = performance.now()
    const result = await run(one, ask, picture)
    const tookMs = performance.now() - start
    return { type: 'answer', ticket, result, opened: one.state(), tookMs }
  } catch (error) {
    return { type: 'refusal', ticket, error: describe(pack, error), isOpen: opened.has(pack.key) }
  }
}

async function open(pack: PackOrder): Promise<Opened> {
  const known = opened.get(pack.key)
  if (known) return known
  const { opened: one } = await openPack(pack)
  opened.set(pack.key, one)
  return one
}

async function forget(key: string): Promise<void> {
  const one = opened.get(key)
  opened.delete(key)
  await one?.release().catch(() => undefined)
}

/** What is no error of ours is one of the family, or of numbers nobody foresaw: the model's name says where. */
function describe({ id }: PackOrder, error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody()
  const detail = error instanceof Error ? error.message : String(error)
  return new AppError('MODEL_FAILED', { id, detail }).toBody()
}
