/**
 * The far side of a decoder: one session, one job at a time, synchronous. A job is a pass through ascending frames. When
 * somebody waits for one of them, the others are only held on to (references into the decoder's own pool) until that one
 * is on its way: a random seek pays for no picture but its own, and the way there is kept all the same.
 */
import type { Frame } from 'node-av/lib'
import { AppError } from '#shared/errors/app-error.ts'
import { RAW_HEADER_BYTES, writeRawHeader } from '#shared/media/raw-frame.ts'
import type { OpenVideoSession, ToRaw, ToRgb, VideoSession } from '../session.api.ts'
import {
  BEATS,
  type Box,
  CANCELLED_UP_TO,
  type DecodeAs,
  type DecodedFrame,
  type DecodeFailure,
  type DecodeJob,
  type DecoderFlags,
  type DecoderSettings,
  type FromDecoder,
  outlineOf,
  type ToDecoder,
} from './protocol.ts'

/** How a polite decoder waits: in short naps, and no longer than this in one job, so that it always arrives. */
const NAP_MS = 10
const MOST_NAPS = 150

export interface DecoderParts {
  readonly open: OpenVideoSession
  readonly toRaw: ToRaw
  readonly toRgb: ToRgb
  /** Upright RGB that fits into a box, for thumbnails. */
  readonly toSmall: (frame: Frame, rotation: 0 | 90 | 180 | 270, box: Box) => ReturnType<ToRgb>
}

type Send = (message: FromDecoder, transfer: ArrayBuffer[]) => void

/** @returns what takes the messages of `ToDecoder`, each carried out before it returns */
export function createJobRunner(
  settings: DecoderSettings,
  parts: DecoderParts,
  send: Send,
): (message: ToDecoder) => void {
  let session: VideoSession | null = null
  let index = settings.index

  function opened(): VideoSession {
    session ??= parts.open(settings.path, index)
    if (index !== session.index) send({ type: 'opened', outline: outlineOf(session.index) }, [])
    index = session.index
    return session
  }

  function run(job: DecodeJob): void {
    const hurry = createHurry(settings.flags, job.id, settings.polite)
    const fail = (n: number | null, error: unknown) =>
      send({ type: 'failed', jobId: job.id, n, failure: failureOf(settings.path, n, error) }, [])
    try {
      pass(opened(), job, {
        path: settings.path,
        hurry,
        fail,
        deliver: (n, frame) => deliver(job, n, frame),
      })
    } catch (error) {
      fail(null, error)
    }
    send({ type: 'done', jobId: job.id }, [])
  }

  function deliver(job: DecodeJob, n: number, frame: Frame): void {
    const decoded = convert(parts, opened().index.facts, job.as, n, frame)
    send({ type: 'frame', jobId: job.id, frame: decoded }, [decoded.bytes.buffer])
  }

  return (message) => {
    if (message.type === 'run') run(message.job)
    else if (message.type === 'index') {
      index = message.index
      // biome-ignore lint/correctness/useHookAtTopLevel: a session, and no React far and wide.
      session?.useIndex(message.index)
    } else {
      session?.close()
      session = null
    }
  }
}

interface Pass {
  readonly path: string
  readonly hurry: () => boolean
  deliver(n: number, frame: Frame): void
  fail(n: number, error: unknown): void
}

/** Decode the job's frames in one go. @throws what concerns more than one frame */
function pass(session: VideoSession, job: DecodeJob, how: Pass): void {
  const { hurry, deliver } = how
  const held: { n: number; frame: Frame }[] = []
  let isWaited = job.wanted !== null
  try {
    for (const n of job.frames) {
      const frame = decodeOne(session, n, how)
      if (frame === 'cancelled') return
      if (frame && isWaited && n !== job.wanted) {
        const copy = frame.clone()
        if (copy) held.push({ n, frame: copy })
      } else if (frame) deliver(n, frame)
      if (n === job.wanted) isWaited = false
    }
    // Nearest to the wanted one first: that is where the person goes next.
    for (const { n, frame } of held.toReversed()) {
      if (hurry()) return
      deliver(n, frame)
    }
  } finally {
    for (const { frame } of held) frame.free()
  }
}

/** One frame that cannot be decoded does not keep the others of a pass. */
function decodeOne(
  session: VideoSession,
  n: number,
  { path, hurry: cancelled, fail }: Pass,
): Frame | 'cancelled' | null {
  try {
    const frame = session.decode(n, { cancelled })
    if (frame || cancelled()) return frame ?? 'cancelled'
    throw new AppError('VIDEO_FRAME_UNREADABLE', { path, frame: n, detail: 'nothing came of it' })
  } catch (error) {
    const isItsOwn = error instanceof AppError && error.code === 'VIDEO_FRAME_UNREADABLE'
    if (!isItsOwn) throw error
    fail(n, error)
    return null
  }
}

function convert(
  { toRaw, toRgb, toSmall }: DecoderParts,
  facts: { rotation: 0 | 90 | 180 | 270; width: number; height: number },
  as: DecodeAs,
  n: number,
  frame: Frame,
): DecodedFrame {
  if (as === 'raw') {
    const { bytes, header } = toRaw(frame, facts.rotation)
    const { width: uprightWidth, height: uprightHeight } = facts
    writeRawHeader(bytes.subarray(0, RAW_HEADER_BYTES), {
      ...header,
      exact: true,
      frame: n,
      uprightWidth,
      uprightHeight,
    })
    return { n, bytes, width: header.width, height: header.height }
  }
  const picture = as === 'rgb' ? toRgb(frame, facts.rotation) : toSmall(frame, facts.rotation, as)
  return { n, bytes: ownBytes(picture.rgb), width: picture.width, height: picture.height }
}

/** Bytes that are alone in their buffer, so that the buffer can be moved to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
  return isAlone ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes)
}

/** Asked between two packets: whether to stop. Says on the way that the thread moves, and lets people go first. */
function createHurry({ own, people }: DecoderFlags, jobId: number, polite: boolean) {
  let naps = 0
  return (): boolean => {
    const stopped = () => Atomics.load(own, CANCELLED_UP_TO) >= jobId
    Atomics.add(own, BEATS, 1)
    while (polite && naps < MOST_NAPS && Atomics.load(people, 0) > 0 && !stopped()) {
      naps += 1
      Atomics.wait(people, 0, Atomics.load(people, 0), NAP_MS)
      Atomics.add(own, BEATS, 1)
    }
    return stopped()
  }
}

function failureOf(path: string, n: number | null, error: unknown): DecodeFailure {
  if (error instanceof AppError) return { code: error.code, params: error.params }
  const detail = error instanceof Error ? error.message : String(error)
  return n === null
    ? { code: 'VIDEO_UNREADABLE', params: { path, detail } }
    : { code: 'VIDEO_FRAME_UNREADABLE', params: { path, frame: n, detail } }
}
