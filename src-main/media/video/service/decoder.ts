import { askToEnd, startWorker } from '../../../threads.ts'
import { createJobRunner, type DecoderParts } from './job-runner.ts'
import type { DecoderSettings, FromDecoder, ToDecoder } from './protocol.ts'

/** The near side of one session, wherever it runs. */
export interface Decoder {
  send(message: ToDecoder): void
  /** Nothing is told any more after this. */
  close(): void
}

export interface DecoderEvents {
  onMessage(message: FromDecoder): void
  /** The thread is gone, with everything it was about to do. */
  onDeath(why: string): void
}

export type StartDecoder = (settings: DecoderSettings, events: DecoderEvents) => Decoder

/** In a checkout Node runs the TypeScript itself; a bundle has `decode-worker.js` beside it. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './decode-worker.ts' : './decode-worker.js',
  import.meta.url,
)

/**
 * A session on a thread of its own.
 * @param url  the thread's entry; another one in tests
 */
export const startThread =
  (url: URL = WORKER_URL): StartDecoder =>
  (settings, { onMessage, onDeath }) => {
    const worker = startWorker(url, { workerData: settings })
    let isClosed = false
    const die = (why: string) => {
      if (isClosed) return
      isClosed = true
      onDeath(why)
    }
    worker.on('message', (message: FromDecoder) => {
      // Idle, it does not keep a command line from ending; at work it must.
      if (message.type === 'done') worker.unref()
      if (!isClosed) onMessage(message)
    })
    worker.on('error', (cause) => die(cause instanceof Error ? cause.message : String(cause)))
    worker.on('exit', () => die('its thread ended'))
    worker.unref()
    return {
      send(message) {
        if (message.type === 'run') worker.ref()
        worker.postMessage(message)
      },
      close() {
        isClosed = true
        worker.unref()
        askToEnd(worker, { type: 'close' } satisfies ToDecoder)
      },
    }
  }

/** A session on this very thread, for threads that have nothing else to do: exports decode without a detour. */
export const startHere =
  (loadParts: () => Promise<DecoderParts>): StartDecoder =>
  (settings, { onMessage, onDeath }) => {
    let isClosed = false
    const tell = (message: FromDecoder) => {
      if (!isClosed) onMessage(message)
    }
    const runner = loadParts().then((parts) => createJobRunner(settings, parts, tell))
    runner.catch((cause: unknown) => onDeath(String(cause)))
    return {
      send: (message) => void runner.then((run) => run(message)).catch(() => undefined),
      close() {
        isClosed = true
        void runner.then((run) => run({ type: 'close' })).catch(() => undefined)
      },
    }
  }
