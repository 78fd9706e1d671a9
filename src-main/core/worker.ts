/** Worker thread entry: takes one request at a time and carries its work out on its own connection to the store. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError, toErrorBody } from '#shared/errors/app-error.ts'
import { composeWork } from './compose-work.ts'
import { createCalledFunctions } from './functions/called-functions.ts'
import { works } from './work/index.ts'
import type { WorkHooks } from './work/work.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts'

const CANCEL_POLL_MS = 50
const PROGRESS_EVERY_MS = 80

/** Longer in one go would starve the work while somebody plays a video. */
const STAND_BACK_MS = 100

const settings = workerData as WorkerSettings
const people = new Int32Array(settings.people)
const send = (message: FromWorker) => parentPort?.postMessage(message)
const calls = createCalledFunctions((call) => send({ type: 'call', ...call }))
const deps = composeWork(settings, calls.functions)

let isEnding = false
let isBusy = false

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'run') void run(message)
  else if (message.type !== 'end') calls.hear(message)
  else {
    isEnding = true
    endWhenFree()
  }
})

/** From within, between two pieces of work: see threads.ts. */
function endWhenFree(): void {
  if (isEnding && !isBusy) process.exit()
}

async function run({
  requestId,
  kind,
  params,
  cancelled,
}: ToWorker & { type: 'run' }): Promise<void> {
  isBusy = true
  const flag = new Int32Array(cancelled)
  const controller = new AbortController()
  const poll = setInterval(() => {
    if (Atomics.load(flag, 0) === 1) controller.abort()
  }, CANCEL_POLL_MS)
  try {
    const result = await works[kind](deps(), params, hooksFor(kind, flag, controller), requestId)
    send({ type: 'done', result })
  } catch (error) {
    const cancelledBy = Atomics.load(flag, 0) === 1
    const shown = cancelledBy ? new AppError('CANCELLED', { what: 'The request' }) : error
    send({ type: 'failed', error: toErrorBody(shown) })
  } finally {
    clearInterval(poll)
    isBusy = false
    endWhenFree()
  }
}

/** `progress` is also where long synchronous loops learn that they were cancelled. */
function hooksFor(kind: string, flag: Int32Array, controller: AbortController): WorkHooks {
  let told = 0
  return {
    signal: controller.signal,
    progress(done, total, message) {
      if (Atomics.load(flag, 0) === 1) throw new AppError('CANCELLED', { what: kind })
      const now = performance.now()
      if (now - told < PROGRESS_EVERY_MS) return
      told = now
      send({ type: 'progress', progress: total ? Math.min(1, done / total) : null, message })
    },
    standBack() {
      const deadline = performance.now() + STAND_BACK_MS
      for (let waiting = 1; waiting > 0 && performance.now() < deadline; ) {
        waiting = Atomics.load(people, 0)
        if (waiting > 0) Atomics.wait(people, 0, waiting, STAND_BACK_MS / 10)
      }
    },
    event: (event) => send({ type: 'event', event }),
    preview: (taskId, first, found) => send({ type: 'preview', taskId, first, found }),
  }
}
