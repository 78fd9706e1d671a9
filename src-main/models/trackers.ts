import type { Worker } from 'node:worker_threads'
import type { TrackerInfo } from '#shared/contract/trackers.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture, Trackers } from '../core/ports.ts'
import { startWorker } from '../threads.ts'
import type { FromModels, ToModels } from './protocol.ts'

const known: TrackerInfo[] = [
  {
    id: 'opencv/tracker-mil',
    name: 'TrackerMIL',
    description:
      'Follows simple objects that do not overlap, by their look. OpenCV, runs anywhere.',
    shapeTypes: ['rectangle'],
  },
]

/** In a checkout Node runs the TypeScript itself; a bundle has `models-worker.js` beside it. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './models-worker.ts' : './models-worker.js',
  import.meta.url,
)

/** A tracker that has not answered by then never will: its thread is given up. */
const PATIENCE_MS = 30_000

type Question =
  | { readonly kind: 'begin'; readonly boxes: (ToModels & { kind: 'begin' })['boxes'] }
  | { readonly kind: 'update'; readonly tokens: readonly string[] }

/** See `Trackers` of the ports. The thread starts with the first object that is followed and ends with the app. */
export function createTrackers(): Trackers {
  let worker: Worker | undefined
  let last = 0
  const waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: unknown) => void }
  >()

  function failAll(detail: string): void {
    for (const { reject } of waiting.values()) reject(new AppError('TRACKER_FAILED', { detail }))
    waiting.clear()
  }

  function thread(): Worker {
    if (worker) return worker
    // No native code runs in it, so it may be terminated (see threads.ts).
    const started = startWorker(WORKER_URL)
    started.unref()
    started.on('message', (reply: FromModels) => {
      const asked = waiting.get(reply.ticket)
      waiting.delete(reply.ticket)
      if ('result' in reply) asked?.resolve(reply.result)
      else asked?.reject(new AppError('TRACKER_FAILED', { detail: reply.problem }))
    })
    started.on('error', (error) => failAll(error.message))
    started.on('exit', () => {
      worker = undefined
      failAll('its thread ended')
    })
    worker = started
    return started
  }

  function ask<T>(picture: RgbPicture, question: Question): Promise<T> {
    const ticket = ++last
    return new Promise<T>((resolve, reject) => {
      const asked = thread()
      const patience = setTimeout(() => void asked.terminate(), PATIENCE_MS)
      const settle =
        <V>(how: (value: V) => void) =>
        (value: V) => {
          clearTimeout(patience)
          how(value)
        }
      waiting.set(ticket, {
        resolve: settle(resolve as (result: unknown) => void),
        reject: settle(reject),
      })
      asked.postMessage({ ...question, ticket, picture } satisfies ToModels)
    })
  }

  return {
    list: () => known,
    begin(tracker, picture, boxes) {
      if (!known.some(({ id }) => id === tracker))
        throw new AppError('NOT_FOUND', { what: 'tracker', id: tracker })
      return ask(picture, { kind: 'begin', boxes })
    },
    update: (picture, tokens) => ask(picture, { kind: 'update', tokens }),
    async close() {
      await worker?.terminate()
    },
  }
}
