import { AV_PKT_FLAG_DISCARD } from 'node-av/constants'
import { Packet } from 'node-av/lib'
import type { VideoIndex } from '#main/core/ports.ts'
import { EAGAIN, timeOf } from './ffmpeg.ts'
import { noFrame, openVideo, type VideoInput } from './open.ts'
import { type PacketTime, packetIndex } from './packet-index.ts'

const PACKETS_A_STEP = 512

/**
 * The frames as the packets promise them, at the disk's speed, nothing decoded. Yields now and then how many packets are
 * read; ending it early closes the file.
 * @throws as `openVideo`
 */
export function* readPacketIndex(path: string): Generator<number, VideoIndex> {
  const input = openVideo(path)
  try {
    const index = packetIndex(yield* readTimes(input), input.facts)
    if (index.pts.length === 0) throw noFrame(path)
    return index
  } finally {
    input.close()
  }
}

function* readTimes({ format, stream, facts }: VideoInput): Generator<number, PacketTime[]> {
  const times: PacketTime[] = []
  using packet = new Packet()
  packet.alloc()
  while (true) {
    const result = format.readFrameSync(packet)
    if (result === EAGAIN) continue
    if (result < 0) return times
    if (packet.streamIndex === stream.index && packet.size > 0 && isShown(packet, facts.codec)) {
      times.push({ pts: timeOf(packet.pts), dts: timeOf(packet.dts), isKey: packet.isKeyframe })
      if (times.length % PACKETS_A_STEP === 0) yield times.length
    }
    packet.unref()
  }
}

/** An edit list may leave frames out; VP8 says in its third bit from the right whether its picture is to be seen. */
function isShown(packet: Packet, codec: string): boolean {
  if ((packet.flags & AV_PKT_FLAG_DISCARD) !== 0) return false
  return codec !== 'vp8' || ((packet.data?.[0] ?? 0xff) & 0x10) !== 0
}
