import type { RequestId } from '#shared/domain/ids.ts'
import type { RequestKind, WorkRequest } from '#shared/domain/request.ts'
import { AppError, toErrorBody } from '#shared/errors/app-error.ts'
import type { EventBus, RequestQueue, RequestRepository, RequestRunner } from '../core/ports.ts'
import { createThrottle } from './throttle.ts'

/** Listing and headers are what a person waits for in front of an empty window; files can wait their turn. */
const FIRST_KINDS: readonly RequestKind[] = ['scan', 'index']
const OTHER_KINDS: readonly RequestKind[] = ['import-dataset', 'export-dataset']
/** A request that was running at so many crashes probably causes them. */
const MAX_ATTEMPTS = 3
const PROGRESS_EVERY_MS = 100

export interface QueueDeps {
  readonly requests: RequestRepository
  readonly runner: RequestRunner
  readonly events: EventBus
  /** Requests run at once, at least 1. */
  readonly concurrency: number
}

interface Running {
  readonly controller: AbortController
  readonly done: Promise<void>
}

/** Stored work: what is queued survives the process, what was started at a crash is started again. */
export function createQueue(deps: QueueDeps): RequestQueue {
  const { requests, events, concurrency } = deps
  const running = new Map<RequestId, Running>()
  const waiters = new Map<RequestId, ((request: WorkRequest) => void)[]>()
  let closing = false

  function change(id: RequestId, fields: Parameters<RequestRepository['update']>[1]): WorkRequest {
    const request = requests.update(id, fields)
    events.publish({ type: 'request', request })
    if (isOver(request)) {
      for (const tell of waiters.get(id) ?? []) tell(request)
      waiters.delete(id)
    }
    return request
  }

  function pump(): void {
    while (!closing && running.size < concurrency) {
      const next = requests.nextQueued(FIRST_KINDS) ?? requests.nextQueued(OTHER_KINDS)
      if (!next) return
      const controller = new AbortController()
      const started = change(next.id, {
        state: 'started',
        progress: null,
        message: '',
        error: null,
      })
      const done = work(started, controller.signal).finally(() => {
        running.delete(next.id)
        pump()
      })
      running.set(next.id, { controller, done })
    }
  }

  /** Never rejects: whatever happens ends as a state of the request. */
  async function work(request: WorkRequest, signal: AbortSignal): Promise<void> {
    const { id } = request
    const progress = createThrottle(PROGRESS_EVERY_MS, (fields: ProgressFields) => {
      change(id, fields)
    })
    try {
      const result = await run(deps, request, signal, progress.offer)
      progress.stop()
      change(id, { state: 'finished', progress: 1, result })
    } catch (error) {
      progress.stop()
      // Closing is no one's wish to cancel: as after a crash, it is taken up at the next start.
      if (!(closing && signal.aborted)) change(id, endOf(request, error, signal))
    }
  }

  return {
    enqueue(kind, taskId, title, params) {
      const request = requests.create(kind, taskId, title, params)
      events.publish({ type: 'request', request })
      pump()
      return requests.get(request.id)
    },
    cancel(id) {
      const request = requests.get(id)
      const job = running.get(id)
      if (job) job.controller.abort()
      else if (!isOver(request)) return change(id, endOf(request, null, AbortSignal.abort()))
      return request
    },
    retry(id) {
      const request = requests.get(id)
      if (request.state !== 'failed' && request.state !== 'cancelled') return request
      change(id, { state: 'queued', progress: null, message: '', error: null, result: null })
      pump()
      return requests.get(id)
    },
    settled(id) {
      const request = requests.get(id)
      if (isOver(request)) return Promise.resolve(request)
      return new Promise((resolve) => waiters.set(id, [...(waiters.get(id) ?? []), resolve]))
    },
    resume() {
      for (const request of requests.recover()) {
        if (request.attempts >= MAX_ATTEMPTS) change(request.id, gaveUp(request))
      }
      pump()
    },
    async close() {
      closing = true
      const left = [...running.values()]
      for (const { controller } of left) controller.abort()
      await Promise.all(left.map(({ done }) => done))
    },
  }
}

interface ProgressFields {
  readonly progress: number | null
  readonly message: string
}

function run(
  { requests, runner, events }: QueueDeps,
  request: WorkRequest,
  signal: AbortSignal,
  offer: (fields: ProgressFields) => void,
): Promise<unknown> {
  return runner.run(request, requests.params(request.id), {
    signal,
    onProgress: (progress, message) => offer({ progress, message }),
    onEvent: (event) => events.publish(event),
  })
}

function isOver({ state }: WorkRequest): boolean {
  return state === 'finished' || state === 'failed' || state === 'cancelled'
}

function endOf(request: WorkRequest, error: unknown, signal: AbortSignal) {
  if (!signal.aborted) return { state: 'failed' as const, error: toErrorBody(error) }
  const cancelled = new AppError('CANCELLED', { what: request.title })
  return { state: 'cancelled' as const, error: cancelled.toBody() }
}

function gaveUp({ title, attempts }: WorkRequest) {
  const detail = `"${title}" was running ${attempts} times when Fieldmark ended unexpectedly, so it was not started again`
  return { state: 'failed' as const, error: new AppError('INTERNAL', { detail }).toBody() }
}
