import type { Worker } from 'node:worker_threads'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError, RemoteError, toErrorBody } from '#shared/errors/app-error.ts'
import { askToEnd, startWorker } from '../threads.ts'
import { answerCall } from './functions/called-functions.ts'
import type { FrameFunctions, FrameLocation, RequestRunner } from './ports.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts'

type Hooks = Parameters<RequestRunner['run']>[2]

/** In a checkout Node runs the TypeScript itself; a bundle has `worker.js` beside it. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js',
  import.meta.url,
)

/**
 * Streams make garbage that dies young. Left alone, Node lets 100 MiB of it lie for nothing: an import of 10,000 pictures
 * takes the same CPU time so, and a fifth less memory. The rest of the heap is as large as it needs to be.
 */
const LIMITS = { maxYoungGenerationSizeMb: 24 }

/** Cancelled work that has not ended by then waits for a drive that does not answer: nobody is to wait with it. */
const STOP_PATIENCE_MS = 15_000

/**
 * Runs requests on worker threads, kept warm between requests. One thread runs one request; a thread that dies takes
 * only its own request with it.
 */
export function createWorkerPool(
  settings: WorkerSettings,
  onPreview: (taskId: TaskId, first: FrameLocation & { name: string }, found: number) => void,
  functions: () => FrameFunctions,
): RequestRunner & { warm(): void } {
  const idle: Worker[] = []
  const all = new Set<Worker>()

  function spawn(): Worker {
    const worker = startWorker(WORKER_URL, { workerData: settings, resourceLimits: LIMITS })
    all.add(worker)
    worker.once('exit', () => {
      all.delete(worker)
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
    })
    worker.unref()
    return worker
  }

  function runOn(
    worker: Worker,
    message: ToWorker & { type: 'run' },
    hooks: Hooks,
  ): Promise<unknown> {
    const flag = new Int32Array(message.cancelled)
    return new Promise((resolve, reject) => {
      let patience: NodeJS.Timeout | undefined
      const stop = () => {
        Atomics.store(flag, 0, 1)
        patience = setTimeout(giveUp, STOP_PATIENCE_MS)
      }
      /** It hangs in the system. Should it ever come back, it finds itself cancelled, and its thread ends. */
      const giveUp = () => {
        leave()
        askToEnd(worker, { type: 'end' } satisfies ToWorker)
        reject(new AppError('CANCELLED', { what: 'The request' }))
      }
      const leave = () => {
        clearTimeout(patience)
        hooks.signal.removeEventListener('abort', stop)
        worker.off('message', hear)
        worker.off('error', die)
        worker.off('exit', exit)
        worker.unref()
      }
      const die = (cause: unknown) => {
        leave()
        reject(new AppError('INTERNAL', { detail: describe(cause) }, { cause }))
      }
      const exit = () => die(new Error('a worker thread ended early'))
      const answer = async (call: FromWorker & { type: 'call' }) => {
        const { ticket } = call
        const said: ToWorker = await answerCall(functions(), call, hooks.signal).catch((error) => ({
          type: 'refusal' as const,
          ticket,
          error: toErrorBody(error),
        }))
        worker.postMessage(said)
      }
      const hear = (reply: FromWorker) => {
        if (reply.type === 'progress') hooks.onProgress(reply.progress, reply.message)
        else if (reply.type === 'event') hooks.onEvent(reply.event)
        else if (reply.type === 'preview') onPreview(reply.taskId, reply.first, reply.found)
        else if (reply.type === 'call') void answer(reply)
        else {
          leave()
          idle.push(worker)
          if (reply.type === 'done') resolve(reply.result)
          else reject(new RemoteError(reply.error))
        }
      }
      if (hooks.signal.aborted) stop()
      hooks.signal.addEventListener('abort', stop)
      worker.on('message', hear)
      worker.once('error', die)
      worker.once('exit', exit)
      worker.ref()
      worker.postMessage(message)
    })
  }

  return {
    warm() {
      if (idle.length === 0) idle.push(spawn())
    },
    run: (request, params, hooks) =>
      runOn(
        idle.pop() ?? spawn(),
        {
          type: 'run',
          requestId: request.id,
          kind: request.kind,
          params,
          cancelled: new SharedArrayBuffer(4),
        },
        hooks,
      ),
    /** They end one by one: see `threadsEnded`. */
    async close() {
      for (const worker of all) askToEnd(worker, { type: 'end' } satisfies ToWorker)
    },
  }
}

const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
