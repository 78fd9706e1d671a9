import type { Worker } from 'node:worker_threads'
import { AppError, RemoteError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import { askToEnd } from '../../threads.ts'
import { createCallQueue, type Waiting } from './call-queue.ts'
import { loadedBytes, type MemoryLedger } from './memory-ledger.ts'
import type {
  FromInference,
  InferenceVerb,
  InferenceVerbs,
  OpenedState,
  PackOrder,
  ToInference,
} from './protocol.ts'

export interface LaneCall<V extends InferenceVerb = InferenceVerb> {
  readonly verb: V
  readonly pack: PackOrder
  /** Of the pack's files. */
  readonly sizeBytes: number
  readonly ask: InferenceVerbs[V]['ask']
  /** Read shortly before it is its turn; null where the verb needs none. */
  readonly picture: (() => Promise<RgbPicture>) | null
  /** Only this thread can answer: it keeps the state. */
  readonly thread?: string | undefined
  /** Loaded by one thread of the lane at most. */
  readonly isLarge: boolean
  readonly signal?: AbortSignal | undefined
}

export interface LaneAnswer<T = unknown> {
  readonly result: T
  readonly thread: string
  readonly opened: OpenedState
  /** Of the work in the thread, without loading and waiting. */
  readonly tookMs: number
}

/** Threads that answer calls, each one after the other. */
export interface Lane {
  /** @throws what the thread answers; FUNCTION_TIMED_OUT, FUNCTION_FAILED, FUNCTION_UNAVAILABLE, CANCELLED, MODEL_TOO_LARGE */
  call<V extends InferenceVerb>(call: LaneCall<V>): Promise<LaneAnswer<InferenceVerbs[V]['answer']>>
  isBusy(thread: string, key: string): boolean
  forget(thread: string, key: string): void
  hasThread(name: string): boolean
  close(): void
}

export interface LaneSettings {
  readonly name: string
  readonly threads: number
  readonly ledger: MemoryLedger
  /** A thread of that name. */
  start(name: string): Worker
  /** Whether a thread, of any lane, works with a pack at this moment. */
  isBusy(thread: string, key: string): boolean
  /** A thread, of any lane, has to let a pack go. */
  forget(thread: string, key: string): void
  readonly patienceSeconds: number
  /** How long others wait for a run that was cancelled, before another thread takes the place of its. */
  readonly graceSeconds: number
}

/** A thread that hangs takes a core until the app ends: one may be bad luck, several are a model that never answers. */
const MOST_HANGING = 3
/** More than any queue asks at once. */
const MOST_WAITING = 500

interface Thread {
  readonly name: string
  readonly worker: Worker
  current: {
    readonly ticket: number
    readonly one: Waiting
    /** Nothing more is to come of it: timers end, nobody listens. */
    readonly done: () => void
  } | null
}

/**
 * Calls wait here and not in a thread, so that one that is cancelled costs nothing, and clicks go before what is prepared for later
 * (call-queue.ts). A thread has one call at a time.
 */
export function createLane(settings: LaneSettings): Lane {
  const { ledger } = settings
  const threads: Thread[] = []
  const queue = createCallQueue(2 * settings.threads, pump)
  const hanging = new Set<Thread>()
  let last = 0
  let started = 0

  function thread(): Thread {
    started += 1
    const name = `${settings.name}${started}`
    const worker = settings.start(name)
    worker.unref()
    const one: Thread = { name, worker, current: null }
    worker.on('message', (reply: FromInference) => hear(one, reply))
    worker.on('error', (error) => lose(one, error.message))
    worker.on('exit', () => {
      hanging.delete(one)
      lose(one, 'its thread ended')
      ledger.dropThread(name)
    })
    threads.push(one)
    return one
  }

  function hear(one: Thread, reply: FromInference): void {
    const { current } = one
    // An answer to what was given up, or cancelled: nobody waits for it.
    if (current?.ticket !== reply.ticket) return
    current.done()
    one.current = null
    one.worker.unref()
    const { call, resolve, reject } = current.one
    if (reply.type === 'answer') {
      const { result, opened, tookMs } = reply
      resolve({ result, thread: one.name, opened, tookMs })
    } else {
      if (!reply.isOpen) ledger.drop(one.name, call.pack.key)
      reject(new RemoteError(reply.error))
    }
    pump()
  }

  /** It is dead, or given up: what it worked on fails, what waits goes to another. */
  function lose(one: Thread, detail: string, error?: AppError): void {
    const at = threads.indexOf(one)
    if (at < 0) return
    threads.splice(at, 1)
    const { current } = one
    if (current) {
      current.done()
      const id = current.one.call.pack.id
      current.one.reject(error ?? new AppError('FUNCTION_FAILED', { id, detail }))
    }
    for (const { call, reject } of queue.all().filter((other) => other.call.thread === one.name)) {
      reject(new AppError('FUNCTION_FAILED', { id: call.pack.id, detail }))
    }
    pump()
  }

  function giveUp(one: Thread): void {
    const id = one.current?.one.call.pack.id ?? ''
    const seconds = settings.patienceSeconds
    one.worker.unref()
    hanging.add(one)
    lose(one, '', new AppError('FUNCTION_TIMED_OUT', { id, seconds }))
    // Should it ever come back, it finds that nothing more is to be done.
    askToEnd(one.worker, { type: 'end' } satisfies ToInference)
  }

  /** @returns why nothing more can be asked at this moment; '' when it can */
  function unavailable(): string {
    if (hanging.size >= MOST_HANGING)
      return `${MOST_HANGING} runs of models hang; it can be called again when Fieldmark was restarted`
    return queue.length < MOST_WAITING ? '' : 'too much is asked of it at once'
  }

  function pump(): void {
    for (const one of queue.ready()) {
      const free = freeThread(one.call)
      if (free) dispatch(free, one)
    }
  }

  /** One that has the model loaded before one that would have to load it. */
  function freeThread({ thread: wanted, pack, isLarge }: LaneCall): Thread | undefined {
    const free = threads.filter(({ current, name }) => !current && (!wanted || name === wanted))
    const loaded = ledger.threadsWith(pack.key)
    const warm = free.find(({ name }) => loaded.includes(name))
    if (warm || wanted) return warm ?? free[0]
    if (isLarge && threads.some(({ name }) => loaded.includes(name))) return undefined
    return free[0] ?? (threads.length < settings.threads ? thread() : undefined)
  }

  function dispatch(to: Thread, one: Waiting): void {
    queue.take(one)
    const { pack, verb, ask, sizeBytes } = one.call
    const picture = typeof one.pixels === 'string' ? null : one.pixels
    const ticket = ++last
    try {
      makeRoom(to, pack, sizeBytes)
    } catch (error) {
      one.reject(error)
      return
    }
    to.current = { ticket, one, done: watch(to, one.call.signal) }
    to.worker.ref()
    const message: ToInference = { type: 'call', ticket, pack, verb, ask, picture }
    to.worker.postMessage(message)
  }

  /**
   * A run cannot be stopped. One that takes too long is given up; one that was cancelled is so earlier, when others wait for its thread:
   * it may never end.
   * @returns stops watching
   */
  function watch(to: Thread, signal: AbortSignal | undefined): () => void {
    const patience = setTimeout(() => giveUp(to), settings.patienceSeconds * 1000)
    let grace: NodeJS.Timeout | undefined
    const look = () => {
      const others = queue.all().some(({ call }) => call.thread !== to.name)
      if (others) giveUp(to)
      else grace?.refresh()
    }
    const hurry = () => {
      grace = setTimeout(look, settings.graceSeconds * 1000)
    }
    signal?.addEventListener('abort', hurry)
    return () => {
      clearTimeout(patience)
      clearTimeout(grace)
      signal?.removeEventListener('abort', hurry)
    }
  }

  function makeRoom(to: Thread, { id, key }: PackOrder, sizeBytes: number): void {
    const wanted = { thread: to.name, key, id, bytes: loadedBytes(sizeBytes) }
    for (const gone of ledger.take(wanted, settings.isBusy)) settings.forget(gone.thread, gone.key)
  }

  const hasThread = (name: string) => threads.some((one) => one.name === name)

  return {
    async call(call) {
      const isGone = call.thread !== undefined && !hasThread(call.thread)
      const detail = isGone ? 'the thread that knew it has ended' : unavailable()
      const { id } = call.pack
      if (detail !== '') throw new AppError('FUNCTION_UNAVAILABLE', { id, detail })
      return queue.add(call)
    },
    isBusy: (name, key) =>
      threads.some((one) => one.name === name && one.current?.one.call.pack.key === key),
    forget(name, key) {
      const one = threads.find((other) => other.name === name)
      one?.worker.postMessage({ type: 'forget', key } satisfies ToInference)
    },
    hasThread,
    close() {
      for (const one of [...threads]) {
        const { worker } = one
        one.current?.one.reject(new AppError('CANCELLED', { what: one.current.one.call.pack.id }))
        askToEnd(worker, { type: 'end' } satisfies ToInference)
      }
      for (const { call, reject } of queue.all())
        reject(new AppError('CANCELLED', { what: call.pack.id }))
    },
  }
}
