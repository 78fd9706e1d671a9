import type { Worker } from 'node:worker_threads'
import { AppError, RemoteError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import { askToEnd } from '../../threads.ts'
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
}

/** More than any queue asks at once. */
const MOST_WAITING = 500

interface Waiting {
  readonly call: LaneCall
  readonly order: number
  pixels: 'unread' | 'reading' | RgbPicture | null
  resolve(answer: LaneAnswer): void
  reject(error: unknown): void
}

interface Thread {
  readonly name: string
  readonly worker: Worker
  current: {
    readonly ticket: number
    readonly one: Waiting
    readonly patience: NodeJS.Timeout
  } | null
}

/**
 * Calls wait here and not in a thread, so that one that is cancelled costs nothing, and clicks go before what is prepared
 * for later. Among the rest functions take turns: who asks for a thousand pictures does not keep others from their first.
 * Pixels are read for the next few only.
 */
export function createLane(settings: LaneSettings): Lane {
  const { ledger } = settings
  const threads: Thread[] = []
  const waiting: Waiting[] = []
  const served = new Map<string, number>()
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
    clearTimeout(current.patience)
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
      clearTimeout(current.patience)
      const id = current.one.call.pack.id
      current.one.reject(error ?? new AppError('FUNCTION_FAILED', { id, detail }))
    }
    for (const { call, reject } of waiting.filter((other) => other.call.thread === one.name)) {
      reject(new AppError('FUNCTION_FAILED', { id: call.pack.id, detail }))
    }
    pump()
  }

  function giveUp(one: Thread): void {
    const id = one.current?.one.call.pack.id ?? ''
    const seconds = settings.patienceSeconds
    one.worker.unref()
    lose(one, '', new AppError('FUNCTION_TIMED_OUT', { id, seconds }))
    // Should it ever come back, it finds that nothing more is to be done.
    askToEnd(one.worker, { type: 'end' } satisfies ToInference)
  }

  /** Clicks first, then whoever was served longest ago, then who came first. */
  function sorted(): Waiting[] {
    const rank = ({ call }: Waiting) => (call.verb === 'interact' ? 0 : 1)
    const turn = ({ call }: Waiting) => served.get(call.pack.id) ?? 0
    return [...waiting].sort((a, b) => rank(a) - rank(b) || turn(a) - turn(b) || a.order - b.order)
  }

  function pump(): void {
    const next = sorted()
    for (const one of next.slice(0, 2 * settings.threads)) read(one)
    for (const one of next) {
      const { pixels, call } = one
      if (pixels === 'unread' || pixels === 'reading') continue
      const free = freeThread(call)
      if (free) dispatch(free, one, pixels)
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

  function read(one: Waiting): void {
    if (one.pixels !== 'unread') return
    if (!one.call.picture) {
      one.pixels = null
      return
    }
    one.pixels = 'reading'
    one.call.picture().then(
      (pixels) => {
        one.pixels = pixels
        pump()
      },
      (error) => one.reject(error),
    )
  }

  function dispatch(to: Thread, one: Waiting, picture: RgbPicture | null): void {
    waiting.splice(waiting.indexOf(one), 1)
    const { pack, verb, ask, sizeBytes } = one.call
    const ticket = ++last
    served.delete(pack.id)
    served.set(pack.id, ticket)
    try {
      makeRoom(to, pack, sizeBytes)
    } catch (error) {
      one.reject(error)
      return
    }
    const patience = setTimeout(() => giveUp(to), settings.patienceSeconds * 1000)
    to.current = { ticket, one, patience }
    to.worker.ref()
    const message: ToInference = { type: 'call', ticket, pack, verb, ask, picture }
    to.worker.postMessage(message)
  }

  function makeRoom(to: Thread, { id, key }: PackOrder, sizeBytes: number): void {
    const wanted = { thread: to.name, key, id, bytes: loadedBytes(sizeBytes) }
    for (const gone of ledger.take(wanted, settings.isBusy)) settings.forget(gone.thread, gone.key)
  }

  return {
    call<V extends InferenceVerb>(call: LaneCall<V>) {
      const { id } = call.pack
      return new Promise<LaneAnswer<InferenceVerbs[V]['answer']>>((resolve, reject) => {
        const cancelled = () => new AppError('CANCELLED', { what: id })
        if (call.signal?.aborted) return reject(cancelled())
        if (waiting.length >= MOST_WAITING)
          return reject(
            new AppError('FUNCTION_UNAVAILABLE', { id, detail: 'too much is asked of it at once' }),
          )
        const settled = () => {
          const at = waiting.indexOf(one)
          if (at >= 0) waiting.splice(at, 1)
          call.signal?.removeEventListener('abort', cancel)
        }
        const one: Waiting = {
          ...{ call, order: ++last, pixels: 'unread' },
          resolve(answer) {
            settled()
            resolve(answer as LaneAnswer<InferenceVerbs[V]['answer']>)
          },
          reject(error) {
            settled()
            reject(error)
          },
        }
        // A run cannot be stopped: its thread goes on to the end of it, and nobody waits.
        const cancel = () => one.reject(cancelled())
        call.signal?.addEventListener('abort', cancel)
        waiting.push(one)
        pump()
      })
    },
    isBusy: (name, key) =>
      threads.some((one) => one.name === name && one.current?.one.call.pack.key === key),
    forget(name, key) {
      const one = threads.find((other) => other.name === name)
      one?.worker.postMessage({ type: 'forget', key } satisfies ToInference)
    },
    hasThread: (name) => threads.some((one) => one.name === name),
    close() {
      for (const one of [...threads]) {
        const { worker } = one
        one.current?.one.reject(new AppError('CANCELLED', { what: one.current.one.call.pack.id }))
        askToEnd(worker, { type: 'end' } satisfies ToInference)
      }
      for (const { call, reject } of [...waiting])
        reject(new AppError('CANCELLED', { what: call.pack.id }))
    },
  }
}
