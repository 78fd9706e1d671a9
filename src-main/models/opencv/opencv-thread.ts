import type { Worker } from 'node:worker_threads'
import { AppError } from '#shared/errors/app-error.ts'
import type { FunctionPicture } from '../../core/ports.ts'
import { startWorker } from '../../threads.ts'
import type { FromOpenCv, OpenCvVerb, OpenCvVerbs, ToOpenCv } from './protocol.ts'

/** In a checkout Node runs the TypeScript itself; a bundle has `opencv-worker.js` beside it. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './opencv-worker.ts' : './opencv-worker.js',
  import.meta.url,
)

/** What has not answered by then never will: its thread is given up. */
const PATIENCE_SECONDS = 30

export interface OpenCvThread {
  /** @throws FUNCTION_FAILED, FUNCTION_TIMED_OUT, CANCELLED, and what reading the picture throws */
  ask<V extends OpenCvVerb>(
    id: string,
    verb: V,
    picture: FunctionPicture,
    ask: OpenCvVerbs[V]['ask'],
    signal?: AbortSignal,
  ): Promise<OpenCvVerbs[V]['answer']>
  close(): Promise<void>
}

interface Waiting {
  readonly id: string
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** One thread for all of OpenCV. It starts with the first question and ends with the app. */
export function createOpenCvThread(): OpenCvThread {
  let worker: Worker | undefined
  let sent = ''
  let last = 0
  let isLate = false
  const waiting = new Map<number, Waiting>()

  function thread(): Worker {
    if (worker) return worker
    // No native code runs in it, so it may be terminated (see threads.ts).
    const started = startWorker(WORKER_URL)
    started.unref()
    started.on('message', (reply: FromOpenCv) => {
      const asked = waiting.get(reply.ticket)
      waiting.delete(reply.ticket)
      if ('result' in reply) asked?.resolve(reply.result as never)
      else asked?.reject(new AppError('FUNCTION_FAILED', { id: asked.id, detail: reply.problem }))
    })
    const lose = (detail: string) => {
      if (worker !== started) return
      worker = undefined
      sent = ''
      for (const { id, reject } of waiting.values())
        reject(
          isLate
            ? new AppError('FUNCTION_TIMED_OUT', { id, seconds: PATIENCE_SECONDS })
            : new AppError('FUNCTION_FAILED', { id, detail }),
        )
      waiting.clear()
      isLate = false
    }
    started.on('error', (error) => lose(error.message))
    started.on('exit', () => lose('its thread ended'))
    worker = started
    return started
  }

  return {
    async ask(id, verb, picture, ask, signal) {
      // Read only when the thread has not got it: following the pointer sends a few numbers.
      const pixels = picture.key === sent && worker ? undefined : await picture.pixels(signal)
      if (signal?.aborted) throw new AppError('CANCELLED', { what: id })
      const ticket = ++last
      const asked = thread()
      return new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          isLate = true
          void asked.terminate()
        }, PATIENCE_SECONDS * 1000)
        const cancel = () => {
          waiting.delete(ticket)
          settle(reject)(new AppError('CANCELLED', { what: id }))
        }
        const settle =
          <T>(how: (value: T) => void) =>
          (value: T) => {
            clearTimeout(patience)
            signal?.removeEventListener('abort', cancel)
            how(value)
          }
        signal?.addEventListener('abort', cancel)
        waiting.set(ticket, { id, resolve: settle(resolve), reject: settle(reject) })
        const missing = picture.key === sent ? undefined : pixels
        asked.postMessage({
          ...{ ticket, verb, key: picture.key, ask },
          ...(missing && { picture: missing }),
        } satisfies ToOpenCv)
        sent = picture.key
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}
