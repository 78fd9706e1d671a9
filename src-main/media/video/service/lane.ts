/**
 * The queue in front of one decoder. Who waits comes first, in the order of asking; decoding ahead fills what is left and
 * stops between two packets when somebody comes. Requests for the same picture share it. The decoder is started when
 * first needed and let go when nobody has needed it for a while.
 */
import { AppError } from '#shared/errors/app-error.ts'
import type { ErrorCode, ErrorParams } from '#shared/errors/catalogue/index.ts'
import type { VideoIndex } from '../../../core/ports.ts'
import { createBeatWatch } from './beats.ts'
import type { Decoder, StartDecoder } from './decoder.ts'
import {
  CANCELLED_UP_TO,
  type DecodeAs,
  type DecodedFrame,
  type DecodeFailure,
  type DecodeJob,
  type DecoderFlags,
  type FromDecoder,
  type VideoOutline,
} from './protocol.ts'

export interface LaneOptions {
  readonly path: string
  readonly index: VideoIndex | null
  readonly start: StartDecoder
  /** Shared by all lanes; a person's lane counts itself in, the others stand back. */
  readonly people: Int32Array<SharedArrayBuffer>
  readonly forPeople: boolean
  readonly stallMs: number
  readonly idleMs: number
  /** The pass for a frame somebody waits for; the frame alone by default. */
  passFor?(n: number): readonly number[]
  /** What to decode while nobody waits. */
  ahead?(): readonly number[]
  /** A raw frame, wanted or decoded ahead; pictures of other forms are for who asked for them alone. */
  onRaw?(frame: DecodedFrame): void
  onOutline?(outline: VideoOutline): void
  /** The decoder was let go because nobody needed it. */
  onIdle?(): void
}

export interface Lane {
  /** @throws what the session throws, MEDIA_STALLED; the signal's reason once it is aborted */
  want(n: number, as: DecodeAs, signal?: AbortSignal): Promise<DecodedFrame>
  /** Something changed that may make decoding ahead worth while. */
  nudge(): void
  take(index: VideoIndex): void
  /** Whether somebody waits for a frame. */
  readonly isAwaited: boolean
  close(): void
}

interface Wanted {
  readonly n: number
  readonly as: DecodeAs
  readonly since: number
  readonly waiters: Set<Waiter>
}

interface Waiter {
  resolve(frame: DecodedFrame): void
  reject(error: unknown): void
}

interface Running {
  readonly job: DecodeJob
  /** Frames numbered by an index that is no longer used: nobody is to see them. */
  isStale: boolean
  /** The frame somebody waited for is on its way; what follows is for later. */
  isDelivered: boolean
}

const LOOKS_AT_STALLS_MS = 250

export function createLane(options: LaneOptions): Lane {
  const flags: DecoderFlags = {
    own: new Int32Array(new SharedArrayBuffer(8)),
    people: options.people,
  }
  const beats = createBeatWatch(flags)
  const wanted = new Map<string, Wanted>()
  let { index } = options
  let decoder: Decoder | null = null
  let running: Running | null = null
  let lastJob = 0
  let isCounted = false
  let idle: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined

  function started(): Decoder {
    beats.touch()
    decoder ??= options.start(
      { path: options.path, index, flags, polite: !options.forPeople },
      { onMessage: hear, onDeath: bury },
    )
    return decoder
  }

  function run(as: DecodeAs, frames: readonly number[], waitedFor: number | null): void {
    lastJob += 1
    const job = { id: lastJob, as, frames, wanted: waitedFor }
    running = { job, isStale: false, isDelivered: false }
    started().send({ type: 'run', job })
  }

  function next(): void {
    countPeople()
    clearTimeout(idle)
    if (running) return
    const first = wanted.values().next().value
    const ahead = first ? [] : (options.ahead?.() ?? [])
    if (first) run(first.as, passOf(first), first.n)
    else if (ahead.length > 0) run('raw', ahead, null)
    else if (decoder) idle = setTimeout(rest, options.idleMs).unref()
  }

  const passOf = ({ n, as }: Wanted) => (as === 'raw' && options.passFor ? options.passFor(n) : [n])

  /** Others stand back only while somebody waits: decoding ahead is not that urgent. */
  function countPeople(): void {
    const counts = options.forPeople && wanted.size > 0
    if (counts === isCounted) return
    isCounted = counts
    Atomics.add(options.people, 0, counts ? 1 : -1)
    if (!counts) Atomics.notify(options.people, 0)
  }

  function stop(): void {
    if (running) Atomics.store(flags.own, CANCELLED_UP_TO, running.job.id)
  }

  /** A running job that is of no use to those who wait now. */
  function stopIfInTheWay(): void {
    if (!running || running.isStale) return
    const { job, isDelivered } = running
    const isOfUse = [...wanted.values()].some(({ n, as }) => isFor(job, n, as))
    const isAbandoned = job.wanted !== null && !isDelivered
    if (!isOfUse && (wanted.size > 0 || isAbandoned)) stop()
  }

  function hear(message: FromDecoder): void {
    beats.touch()
    if (message.type === 'opened') options.onOutline?.(message.outline)
    else if (message.jobId !== running?.job.id) return
    else if (message.type === 'done') {
      running = null
      next()
    } else if (running.isStale) return
    else if (message.type === 'frame') deliver(running, message.frame)
    else refuse(running.job, message.n, message.failure)
  }

  function deliver(now: Running, frame: DecodedFrame): void {
    const key = keyOf(frame.n, now.job.as)
    now.isDelivered ||= frame.n === now.job.wanted
    const found = wanted.get(key)
    wanted.delete(key)
    if (now.job.as === 'raw') options.onRaw?.(frame)
    for (const waiter of found?.waiters ?? []) waiter.resolve(frame)
    countPeople()
    stopIfInTheWay()
  }

  function refuse(job: DecodeJob, n: number | null, failure: DecodeFailure): void {
    const error = thrown(failure)
    for (const [key, entry] of wanted) {
      const concerns = n === null || keyOf(n, job.as) === key
      if (concerns) rejectAll(key, entry, error)
    }
    // What concerns the whole video may be mended by opening it anew.
    if (n === null) letGo()
  }

  function rejectAll(key: string, { waiters }: Wanted, error: unknown): void {
    wanted.delete(key)
    for (const waiter of waiters) waiter.reject(error)
    countPeople()
  }

  function bury(why: string): void {
    decoder = null
    const job = running?.job
    running = null
    for (const [key, entry] of wanted) {
      if (job && !isFor(job, entry.n, entry.as)) continue
      const detail = `its decoder stopped (${why})`
      const params = { path: options.path, frame: entry.n, detail }
      rejectAll(key, entry, new AppError('VIDEO_FRAME_UNREADABLE', params))
    }
    if (wanted.size > 0) next()
  }

  function lookAtStalls(): void {
    const silent = beats.silentMs()
    for (const [key, entry] of wanted) {
      const waited = Math.min(silent, performance.now() - entry.since)
      if (waited < options.stallMs) continue
      const params = { path: options.path, seconds: Math.round(waited / 1000) }
      rejectAll(key, entry, new AppError('MEDIA_STALLED', params))
    }
    if (wanted.size > 0) return
    clearInterval(watch)
    watch = undefined
  }

  function rest(): void {
    letGo()
    options.onIdle?.()
  }

  function letGo(): void {
    clearTimeout(idle)
    stop()
    decoder?.close()
    decoder = null
    running = null
    if (wanted.size > 0) next()
  }

  function entryOf(n: number, as: DecodeAs): Wanted {
    const key = keyOf(n, as)
    const known = wanted.get(key)
    if (known) return known
    const entry = { n, as, since: performance.now(), waiters: new Set<Waiter>() }
    wanted.set(key, entry)
    return entry
  }

  return {
    want(n, as, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const entry = entryOf(n, as)
        const leave = () => signal?.removeEventListener('abort', abort)
        const waiter: Waiter = {
          resolve: (frame) => {
            leave()
            resolve(frame)
          },
          reject: (error) => {
            leave()
            reject(error)
          },
        }
        const abort = () => {
          entry.waiters.delete(waiter)
          if (entry.waiters.size === 0 && wanted.get(keyOf(n, as)) === entry) {
            wanted.delete(keyOf(n, as))
            countPeople()
            stopIfInTheWay()
          }
          waiter.reject(signal?.reason)
        }
        entry.waiters.add(waiter)
        signal?.addEventListener('abort', abort)
        watch ??= setInterval(lookAtStalls, LOOKS_AT_STALLS_MS).unref()
        stopIfInTheWay()
        next()
      })
    },
    nudge() {
      if (!running) return next()
      const { job } = running
      if (job.wanted !== null) return
      // Decoding ahead of where the person no longer goes.
      const ahead = new Set(options.ahead?.())
      if (!job.frames.some((n) => ahead.has(n))) stop()
    },
    take(better) {
      index = better
      if (running) running.isStale = true
      stop()
      decoder?.send({ type: 'index', index: better })
    },
    get isAwaited() {
      return wanted.size > 0
    },
    close() {
      for (const [key, entry] of wanted)
        rejectAll(key, entry, new AppError('CANCELLED', { what: 'Reading the video' }))
      clearInterval(watch)
      letGo()
      clearTimeout(idle)
    },
  }
}

function keyOf(n: number, as: DecodeAs): string {
  return typeof as === 'string' ? `${as} ${n}` : `${as.width}x${as.height} ${n}`
}

function isFor(job: DecodeJob, n: number, as: DecodeAs): boolean {
  return keyOf(n, job.as) === keyOf(n, as) && job.frames.includes(n)
}

/** The error as it was thrown on the other thread. */
function thrown({ code, params }: DecodeFailure): AppError {
  return new AppError(code, params as ErrorParams<ErrorCode>)
}
