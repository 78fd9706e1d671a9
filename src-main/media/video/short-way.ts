import { timeOf } from './ffmpeg.ts'
import type { StreamWatcher } from './frame-stream.ts'
import type { PacketDecoder } from './packet-decoder.ts'

/** What is left out on the way to a frame, and what follows from it. */
export interface ShortWay extends StreamWatcher {
  /** Pictures before it that nothing refers to: those that come must be known by their times. */
  readonly skips: boolean
  /** Everything behind it: the decoder has no next frame. */
  readonly ends: boolean
}

export const LONG_WAY: ShortWay = { skips: false, ends: false }

/** Codecs whose unreferenced pictures leave no trace in the decoder at all. */
const CAN_SKIP = new Set(['h264', 'mpeg1video', 'mpeg2video', 'mpeg4'])

export const canSkip = (codec: string) => CAN_SKIP.has(codec)

/** @param time  presentation time of the wanted frame's packet */
export function shortWay(
  decoder: PacketDecoder,
  time: number,
  { skips, ends }: Pick<ShortWay, 'skips' | 'ends'>,
): ShortWay {
  return {
    skips,
    ends,
    ...(skips && { onPacket: ({ pts }) => decoder.skipUnreferenced(timeOf(pts) < time) }),
    ...(ends && { isLast: ({ pts }) => timeOf(pts) === time }),
  }
}
