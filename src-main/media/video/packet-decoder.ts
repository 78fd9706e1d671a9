import { AVDISCARD_DEFAULT, AVDISCARD_NONREF, FF_THREAD_SLICE } from 'node-av/constants'
import { Codec, CodecContext, Frame, type Packet } from 'node-av/lib'
import { AppError } from '#shared/errors/app-error.ts'
import { timeOf, wordsOf } from './ffmpeg.ts'
import type { VideoInput } from './open.ts'

/** What came into the decoder and made it put out a frame. */
export interface PacketMark {
  /** Its number since the decoder was last emptied, counted from 0. */
  readonly number: number
  /** Its presentation time, else NaN. */
  readonly pts: number
  readonly dts: number
}

/** More packets than any decoder holds back: 16 reordered ones and one for each of 64 threads, twice over. */
const REMEMBERED = 256

/**
 * Codecs that fill a damaged part from the picture before without a word, and without waiting for that one to be whole.
 * Where all threads work on one picture, damage looks the same each time.
 */
const CONCEALS_IN_THREADS = new Set(['ffv1'])

/**
 * A decoder that says which packet each frame came from. FFmpeg carries a packet's presentation time through reordering
 * and threads untouched, so every packet is given its number for a time: unlike container times a number is never
 * missing, doubled or set back.
 */
export class PacketDecoder {
  readonly frame = new Frame()
  readonly #context = new CodecContext()
  readonly #marks: PacketMark[] = []
  #fed = 0
  #skipping = false

  /** @throws VIDEO_UNREADABLE when there is no decoder for this codec */
  constructor({ path, stream, facts }: VideoInput, threads = 0) {
    const codec = Codec.findDecoder(stream.codecpar.codecId)
    if (!codec)
      throw new AppError('VIDEO_UNREADABLE', {
        path,
        detail: `there is no decoder for ${facts.codec}`,
      })
    this.frame.alloc()
    this.#context.allocContext3(codec)
    this.#context.parametersToContext(stream.codecpar)
    this.#context.pktTimebase = stream.timeBase
    this.#context.threadCount = threads
    if (CONCEALS_IN_THREADS.has(facts.codec)) this.#context.threadType = FF_THREAD_SLICE
    const opened = this.#context.open2Sync(codec)
    if (opened < 0)
      throw new AppError('VIDEO_UNREADABLE', { path, detail: `${facts.codec}: ${wordsOf(opened)}` })
  }

  /** Packets fed since the last `empty`. */
  get fed(): number {
    return this.#fed
  }

  /** @returns 0, or FFmpeg's error for this packet; decoding goes on with the next */
  feed(packet: Packet): number {
    const number = this.#fed
    const { pts, dts } = packet
    this.#marks[number % REMEMBERED] = { number, pts: timeOf(pts), dts: timeOf(dts) }
    packet.pts = BigInt(number)
    this.#fed += 1
    const result = this.#context.sendPacketSync(packet)
    packet.pts = pts
    return result
  }

  /** No packet follows: what is held back comes out. */
  finish(): void {
    this.#context.sendPacketSync(null)
  }

  /** @returns 0 and the picture is in `frame`; else FFmpeg's error, END and EAGAIN among them */
  receive(): number {
    return this.#context.receiveFrameSync(this.frame)
  }

  /** The packet `frame` came from; null for a frame that no packet of ours made. */
  mark(): PacketMark | null {
    const number = timeOf(this.frame.pts)
    const mark = this.#marks[number % REMEMBERED]
    return mark?.number === number ? mark : null
  }

  /** Leave out pictures nothing else refers to, from the next packet on. */
  skipUnreferenced(skip: boolean): void {
    if (skip === this.#skipping) return
    this.#context.setOption('skip_frame', skip ? AVDISCARD_NONREF : AVDISCARD_DEFAULT)
    this.#skipping = skip
  }

  /** Forget everything fed so far: the next packet is of another place. */
  empty(): void {
    this.frame.unref()
    this.skipUnreferenced(false)
    this.#context.flushBuffers()
    this.#fed = 0
  }

  close(): void {
    this.frame.free()
    this.#context.freeContext()
  }
}
