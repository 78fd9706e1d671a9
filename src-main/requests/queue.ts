import type { RequestId } from '#shared/domain/ids.ts'
import {
  pausableKinds,
  type RequestKind,
  requestKinds,
  type WorkRequest,
} from '#shared/domain/request.ts'
import { AppError, toErrorBody } from '#shared/errors/app-error.ts'
import type { EventBus, RequestQueue, RequestRepository, RequestRunner } from '../core/ports.ts'
import { createThrottle } from './throttle.ts'

/** What a person waits for in front of the window goes first; files can wait their turn. */
const FIRST_KINDS: readonly RequestKind[] = ['scan', 'index', 'bulk-edit', 'preview-import']
/**
 * These may take as long as a video plays, or all night. Each kind has a lane of its own, one at a time, so that it neither
 * waits for what a person asked for nor keeps it waiting.
 */
const LONG_KINDS: readonly RequestKind[] = ['index-video', 'annotate']
const OTHER_KINDS = requestKinds.filter(
  (kind) => !FIRST_KINDS.includes(kind) && !LONG_KINDS.includes(kind),
)
/** A request that was running at so many crashes probably causes them. */
const MAX_ATTEMPTS = 3
const PROGRESS_EVERY_MS = 100
/** Longer than any work takes to notice that it was cancelled. */
const CLOSE_PATIENCE_MS = 5000

export interface QueueDeps {
  readonly requests: RequestRepository
  readonly runner: RequestRunner
  readonly events: EventBus
  /** Requests run at once, at least 1; those with a lane of their own do not count. */
  readonly concurrency: number
}

interface Running {
  readonly controller: AbortController
  readonly done: Promise<void>
  readonly kind: RequestKind
  /** It was stopped to be gone on with. */
  isPausing: boolean
}

/** Stored work: what is queued survives the process, what was started at a crash is started again. */
export function createQueue(deps: QueueDeps): RequestQueue {
  const { requests, events, concurrency } = deps
  const running = new Map<RequestId, Running>()
  const waiters = new Map<RequestId, ((request: WorkRequest) => void)[]>()
  /** Ends that a full disk would not take. Whoever waits learns them from here. */
  const unsaved = new Map<RequestId, Ending>()
  let closing = false

  function change(id: RequestId, fields: Parameters<RequestRepository['update']>[1]): WorkRequest {
    const request = requests.update(id, fields)
    tell(request)
    return request
  }

  function tell(request: WorkRequest): void {
    events.publish({ type: 'request', request })
    if (!isOver(request)) return
    for (const resolve of waiters.get(request.id) ?? []) resolve(request)
    waiters.delete(request.id)
  }

  /**
   * As `change`, for moments when nobody is there to catch: a full disk must not end the process. Whoever listens or
   * asks learns the state all the same. It is stored as soon as there is room; if there never is, what is stored still
   * says `started`, and the next start takes it up again.
   */
  function tryChange(request: WorkRequest, fields: Parameters<typeof change>[1]): void {
    try {
      change(request.id, fields)
    } catch {
      const known = { ...request, ...fields }
      if (isOver(known)) unsaved.set(request.id, fields)
      tell(known)
    }
  }

  function saveLate(): void {
    for (const [id, fields] of unsaved) {
      requests.update(id, fields)
      unsaved.delete(id)
    }
  }

  const current = (request: WorkRequest): WorkRequest => ({
    ...request,
    ...unsaved.get(request.id),
  })
  const get = (id: RequestId): WorkRequest => current(requests.get(id))

  function pump(): void {
    saveLate()
    fill(concurrency, [FIRST_KINDS, OTHER_KINDS])
    for (const kind of LONG_KINDS) fill(1, [[kind]])
  }

  /** Start what is queued of these kinds, those of the first list first, while fewer than so many run. */
  function fill(most: number, lists: readonly (readonly RequestKind[])[]): void {
    const isHere = (job: Running) => lists.some((kinds) => kinds.includes(job.kind))
    while (!closing && [...running.values()].filter(isHere).length < most) {
      const next = lists.map((kinds) => requests.nextQueued(kinds)).find((one) => one !== null)
      if (!next) break
      start(next)
    }
  }

  function start(request: WorkRequest): void {
    const { id } = request
    const controller = new AbortController()
    const fields = { state: 'started' as const, progress: null, message: '', error: null }
    const started = requests.update(id, fields)
    const done = work(started, controller.signal).finally(pumpQuietly)
    running.set(id, { controller, done, kind: request.kind, isPausing: false })
    tell(started)
  }

  /** A store that cannot be written to starts nothing; what is queued stays queued. */
  function pumpQuietly(): void {
    try {
      pump()
    } catch {
      // The next enqueue, retry or start meets the same error where somebody hears it.
    }
  }

  /** Never rejects: whatever happens ends as a state of the request. */
  async function work(request: WorkRequest, signal: AbortSignal): Promise<void> {
    const progress = createThrottle(PROGRESS_EVERY_MS, (fields: ProgressFields) =>
      tryChange(request, fields),
    )
    const end = await run(deps, request, signal, progress.offer).then(
      (result) => ({ state: 'finished' as const, progress: 1, result }),
      (error: unknown) => stopOf(request, error, signal),
    )
    progress.stop()
    // The slot is free before anybody hears of the end: who retries at once must find it so.
    running.delete(request.id)
    tryChange(request, end)
  }

  function stopOf(request: WorkRequest, error: unknown, signal: AbortSignal): Ending {
    if (running.get(request.id)?.isPausing) return { state: 'paused' }
    return closing ? AGAIN : endOf(request, error, signal)
  }

  return {
    enqueue(kind, taskId, title, params) {
      const request = requests.create(kind, taskId, title, params)
      events.publish({ type: 'request', request })
      pump()
      return get(request.id)
    },
    current,
    cancel(id) {
      const request = get(id)
      const job = running.get(id)
      if (job) {
        job.isPausing = false
        job.controller.abort()
      } else if (!isOver(request)) return change(id, endOf(request, null, AbortSignal.abort()))
      return request
    },
    pause(id) {
      const request = get(id)
      if (!pausableKinds.includes(request.kind)) {
        const problem = `a request of the kind "${request.kind}" cannot go on where it stopped`
        throw new AppError('INPUT_INVALID', { where: 'id', problem })
      }
      const job = running.get(id)
      if (job) {
        job.isPausing = true
        job.controller.abort()
      } else if (request.state === 'queued') return change(id, { state: 'paused' })
      return request
    },
    unpause(id) {
      if (get(id).state === 'paused') change(id, { state: 'queued' })
      pump()
      return get(id)
    },
    retry(id) {
      const request = get(id)
      if (request.state !== 'failed' && request.state !== 'cancelled') return request
      change(id, { state: 'queued', progress: null, message: '', error: null, result: null })
      unsaved.delete(id)
      pump()
      return get(id)
    },
    settled(id) {
      const request = get(id)
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
      await ended(left)
      // Whatever hangs (a network drive) is left as it is, and counts neither as cancelled nor as a crash.
      for (const id of running.keys()) tryChange(requests.get(id), AGAIN)
      try {
        saveLate()
      } catch {
        // Still no room: the next start takes these up again.
      }
    },
  }
}

async function ended(jobs: readonly Running[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_PATIENCE_MS)
  })
  await Promise.race([Promise.all(jobs.map(({ done }) => done)), late])
  clearTimeout(timer)
}

type Ending = Parameters<RequestRepository['update']>[1]

/** Closing is no one's wish to cancel, and no crash either: the next start takes it up. */
const AGAIN = { state: 'queued' as const, progress: null, message: '' }

interface ProgressFields {
  readonly progress: number | null
  readonly message: string
}

async function run(
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
