import type { Frame } from 'node-av/lib'
import type { VideoIndex } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { checksumOf } from './checksum.ts'
import { createDamageReport, type DamageReport } from './damage.ts'
import { createEntryProof } from './entry-proof.ts'
import { createFit } from './fit.ts'
import { FrameStream } from './frame-stream.ts'
import { presentationTimes } from './frame-times.ts'
import { noFrame } from './open.ts'
import type { PacketTime } from './packet-index.ts'

/** Each frame in order, as a session hands it out; it is gone after the call. */
export type OnFrame = (n: number, frame: Frame) => void

const FRAMES_A_STEP = 8

/**
 * Decode everything once, front to back: what comes out is what frames are. A keyframe is kept when the decoder calls it one,
 * flagged or not, and its packet alone gives the same picture (see entry-proof.ts). A file with anything wrong in it is decoded
 * once more by one thread, which always makes the same of damaged pictures; `onFrame` is called in the first round only.
 * Yields every few frames how many are done; ending it early closes the file.
 * @throws as `openVideo`; VIDEO_UNREADABLE when no frame can be decoded
 */
export function* decodeAllFrames(path: string, onFrame?: OnFrame): Generator<number, VideoIndex> {
  const index = yield* decodeOnce(path, 0, onFrame)
  return index.problems.length === 0 ? index : yield* decodeOnce(path, 1, undefined)
}

function* decodeOnce(path: string, threads: number, onFrame: OnFrame | undefined) {
  const stream = new FrameStream(path, threads)
  try {
    return yield* new WholeDecode(stream, onFrame).index(path)
  } finally {
    stream.close()
  }
}

class WholeDecode {
  readonly #stream: FrameStream
  readonly #onFrame: OnFrame | undefined
  readonly #damage: DamageReport
  readonly #packets: PacketTime[] = []
  /** Presentation time of the packet each frame came from. */
  readonly #times: number[] = []
  readonly #checksums: number[] = []
  readonly #keyframes: number[] = [0]

  constructor(stream: FrameStream, onFrame: OnFrame | undefined) {
    this.#stream = stream
    this.#onFrame = onFrame
    this.#damage = createDamageReport(stream.input.facts)
  }

  *index(path: string): Generator<number, VideoIndex> {
    yield* this.#decode()
    const { facts } = this.#stream.input
    const count = this.#checksums.length
    if (count === 0) throw this.#nothing(path)
    return {
      facts,
      pts: presentationTimes(this.#times, this.#packets),
      keyframes: Uint32Array.from(this.#keyframes),
      checksums: Uint32Array.from(this.#checksums),
      verified: true,
      problems: this.#damage.clauses(count, this.#stream.readError),
    }
  }

  *#decode(): Generator<number, void> {
    const { input, decoder } = this.#stream
    const fit = createFit(input)
    const proof = createEntryProof(input)
    const watcher = {
      onPacket: (packet: Parameters<typeof proof.remember>[0]) => {
        this.#packets.push(proof.remember(packet))
      },
      onDamage: () => this.#damage.skipped(this.#checksums.length),
    }
    try {
      while (this.#stream.pull(() => false, watcher) === 'frame') {
        const n = this.#note(decoder.frame)
        if (n > 0 && proof.holds(n, decoder, this.#checksums[n] ?? 0)) this.#keyframes.push(n)
        this.#onFrame?.(n, fit.apply(decoder.frame))
        if (n % FRAMES_A_STEP === 0) yield n + 1
      }
    } finally {
      proof.close()
      fit.close()
    }
  }

  /** @returns the frame's number */
  #note(frame: Frame): number {
    const n = this.#checksums.length
    this.#checksums.push(checksumOf(frame))
    this.#times.push(this.#stream.decoder.mark()?.pts ?? Number.NaN)
    if (frame.decodeErrorFlags !== 0) this.#damage.shown(n)
    return n
  }

  #nothing(path: string): AppError {
    if (this.#packets.length === 0) return noFrame(path)
    return new AppError('VIDEO_UNREADABLE', {
      path,
      detail: 'not one of its frames can be decoded',
    })
  }
}
