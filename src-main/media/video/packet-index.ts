import type { VideoIndex } from '#main/core/ports.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import { firstFrom } from './frame-times.ts'

export interface PacketTime {
  /** In units of the stream's time base; NaN where the container has none. */
  readonly pts: number
  readonly dts: number
  readonly isKey: boolean
}

/** @param packets  in the order they are stored in */
export function packetIndex(packets: readonly PacketTime[], facts: VideoFacts): VideoIndex {
  const seen = decodable(packets, facts)
  const times = showTimes(seen)
  const pts = Float64Array.from(times).sort()
  const keyframes = new Set([0])
  for (const [at, { isKey }] of seen.entries())
    if (isKey) keyframes.add(firstFrom(pts, times[at] ?? 0))
  return {
    facts,
    pts,
    keyframes: Uint32Array.from(keyframes).sort(),
    checksums: new Uint32Array(),
    verified: false,
    problems: [],
  }
}

/** A recording of a broadcast begins anywhere: what lies before its first keyframe cannot be decoded. */
function decodable(packets: readonly PacketTime[], { container }: VideoFacts) {
  if (!/mpeg/.test(container)) return packets
  const first = packets.findIndex(({ isKey }) => isKey)
  const key = packets[first]
  if (!key) return packets
  return packets.slice(first).filter(({ pts }) => !(pts < key.pts))
}

/** When each packet's picture is shown: its own time; where some have none, the order of decoding; else one after the other. */
function showTimes(packets: readonly PacketTime[]): readonly number[] {
  for (const time of ['pts', 'dts'] as const)
    if (packets.every((packet) => !Number.isNaN(packet[time])))
      return packets.map((packet) => packet[time])
  return packets.map((_, at) => at)
}
