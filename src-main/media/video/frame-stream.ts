import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import { Packet } from 'node-av/lib'
import { EAGAIN, END } from './ffmpeg.ts'
import { openVideo, type VideoInput } from './open.ts'
import { PacketDecoder } from './packet-decoder.ts'

export type Pulled = 'frame' | 'end' | 'cancelled'

/** Told what is wrong while the stream goes on. */
export interface StreamWatcher {
  /** Before a packet goes into the decoder. */
  onPacket?(packet: Packet): void
  /** Whether nothing behind this packet is wanted: what the decoder holds back comes out without it. */
  isLast?(packet: Packet): boolean
  /** The decoder refused the packet last fed (FFmpeg's error). */
  onDamage?(code: number): void
}

const MOST_COMPLAINTS = 64

/** Packets in, frames out, in order, from wherever the file was last entered. Damaged packets are left out, as the ffmpeg program does. */
export class FrameStream {
  readonly packet = new Packet()
  /** FFmpeg's reason when reading ended before the file's end, else 0. */
  readError = 0
  readonly #path: string
  #threads: number
  #input: VideoInput
  #decoder: PacketDecoder
  #finished = false
  #touched = false

  /** @throws as `openVideo` */
  constructor(path: string, threads = 0) {
    this.#path = path
    this.#threads = threads
    this.#input = openVideo(path)
    this.packet.alloc()
    try {
      this.#decoder = new PacketDecoder(this.#input, threads)
    } catch (error) {
      this.#input.close()
      throw error
    }
  }

  get input(): VideoInput {
    return this.#input
  }

  get decoder(): PacketDecoder {
    return this.#decoder
  }

  /** The next frame into `decoder.frame`. `cancelled` is asked between two packets. */
  pull(cancelled: () => boolean, watcher: StreamWatcher = {}): Pulled {
    let complaints = 0
    while (true) {
      const result = this.#decoder.receive()
      if (result === 0) return 'frame'
      if (result === END) return 'end'
      if (result !== EAGAIN) {
        watcher.onDamage?.(result)
        complaints += 1
        if (complaints < MOST_COMPLAINTS) continue
      }
      if (cancelled()) return 'cancelled'
      complaints = 0
      this.#feedNext(watcher)
    }
  }

  /** The next packet of pictures into `packet`; false at the end. */
  read(): boolean {
    this.#touched = true
    while (true) {
      this.packet.unref()
      const result = this.#input.format.readFrameSync(this.packet)
      if (result === EAGAIN) continue
      if (result < 0) {
        this.readError = result === END ? 0 : result
        return false
      }
      if (this.packet.streamIndex === this.#input.stream.index && this.packet.size > 0) return true
    }
  }

  /** Give the packet just read to the decoder. */
  feed(watcher: StreamWatcher = {}): void {
    watcher.onPacket?.(this.packet)
    const result = this.#decoder.feed(this.packet)
    if (result < 0) watcher.onDamage?.(result)
  }

  #feedNext(watcher: StreamWatcher): void {
    if (this.#finished) return
    if (this.read()) {
      this.feed(watcher)
      if (!watcher.isLast?.(this.packet)) return
    }
    this.#finished = true
    this.#decoder.finish()
  }

  /**
   * Read on from about this time, most often at a keyframe at or before it; the decoder is emptied.
   * @returns false when the container cannot
   */
  seek(time: number): boolean {
    const { format, stream } = this.#input
    this.#touched = true
    const ok = format.seekFrameSync(stream.index, BigInt(time), AVSEEK_FLAG_BACKWARD) >= 0
    if (ok) this.#emptied()
    return ok
  }

  /**
   * One frame after the other from now on, and from the first packet. What threads make of damaged pictures depends on which of
   * them is first; one thread gives the same each time.
   */
  decodeSingly(): void {
    if (this.#threads === 1) return
    this.#threads = 1
    this.#touched = true
    this.restart()
  }

  /** From the first packet on, everything as if just opened: what seeking cannot promise. @throws as `openVideo` */
  restart(): void {
    if (!this.#touched) return
    const input = openVideo(this.#path)
    const decoder = new PacketDecoder(input, this.#threads)
    this.#decoder.close()
    this.#input.close()
    this.#input = input
    this.#decoder = decoder
    this.#finished = false
    this.#touched = false
  }

  close(): void {
    this.#decoder.close()
    this.packet.free()
    this.#input.close()
  }

  #emptied(): void {
    this.#decoder.empty()
    this.#finished = false
    this.readError = 0
  }
}
