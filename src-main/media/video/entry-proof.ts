import type { Packet } from 'node-av/lib'
import { checksumOf } from './checksum.ts'
import { timeOf } from './ffmpeg.ts'
import type { VideoInput } from './open.ts'
import { PacketDecoder } from './packet-decoder.ts'
import type { PacketTime } from './packet-index.ts'

/** Tells, during a whole decode, where decoding may begin. */
export interface EntryProof {
  /** Keep a packet about to be decoded, for a while. */
  remember(packet: Packet): PacketTime
  /** Whether frame `n`, just decoded to this checksum, is an entry. */
  holds(n: number, main: PacketDecoder, checksum: number): boolean
  close(): void
}

/** More than a decoder holds back. */
const KEPT = 64
/** A flag the decoder knows nothing of is tried; after so many wrong ones in a row they are not worth it. */
const MOST_FALSE_FLAGS = 8
/** Frames between two proofs while they succeed: a proof costs as much as a frame. */
const APART = 12

/**
 * Containers flag packets wrongly, and streams that refresh bit by bit call pictures keyframes that need others. So a
 * second decoder is given nothing but the packet (and the next, for the other field of interlaced pictures), and its picture
 * must be the same. Proving is dear where every picture is a keyframe, so those less than 12 frames behind a proven one are believed; a session
 * compares checksums anyway.
 */
export function createEntryProof(input: VideoInput): EntryProof {
  const kept: Packet[] = []
  let decoder: PacketDecoder | null = null
  let count = 0
  let last = { at: Number.NEGATIVE_INFINITY, held: false }
  let falseFlags = 0

  function proven(number: number, checksum: number): boolean {
    const packets = [kept[number % KEPT], kept[(number + 1) % KEPT]]
    decoder ??= new PacketDecoder(input, 1)
    decoder.empty()
    for (const packet of number + 1 < count ? packets : packets.slice(0, 1))
      if (packet) decoder.feed(packet)
    decoder.finish()
    for (let tries = 0; tries < 4; tries += 1)
      if (decoder.receive() === 0 && decoder.mark()?.number === 0)
        return checksumOf(decoder.frame) === checksum
    return false
  }

  return {
    remember(packet) {
      const slot = count % KEPT
      count += 1
      kept[slot]?.free()
      const copy = packet.clone()
      if (copy) kept[slot] = copy
      return { pts: timeOf(packet.pts), dts: timeOf(packet.dts), isKey: packet.isKeyframe }
    },
    holds(n, main, checksum) {
      const mark = main.mark()
      if (!mark || count - mark.number > KEPT) return false
      if (main.frame.keyFrame === 1) {
        if (!last.held || n - last.at >= APART)
          last = { at: n, held: proven(mark.number, checksum) }
        return last.held
      }
      const isFlagged = kept[mark.number % KEPT]?.isKeyframe ?? false
      if (!isFlagged || falseFlags >= MOST_FALSE_FLAGS) return false
      const held = proven(mark.number, checksum)
      falseFlags = held ? 0 : falseFlags + 1
      return held
    },
    close() {
      for (const packet of kept) packet.free()
      decoder?.close()
    },
  }
}
