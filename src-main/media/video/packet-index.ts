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
  const { times, areTrue } = showTimes(seen)
  const pts = Float64Array.from(times).sort()
  const keyframes = new Set([0])
  for (const [at, { isKey }] of seen.entries())
    if (isKey && areTrue) keyframes.add(firstFrom(pts, times[at] ?? 0))
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

/**
 * When each packet's picture is shown: its own time; where some have none, or recordings follow one another with times of
 * their own, the order of decoding. Then keyframes may not be entered: an open GOP would shift the numbers.
 */
function showTimes(packets: readonly PacketTime[]): { times: readonly number[]; areTrue: boolean } {
  const pts = packets.map((packet) => packet.pts)
  if (areDistinct(pts) && isAscending(packets)) return { times: pts, areTrue: true }
  const dts = packets.map((packet) => packet.dts)
  const isIntra = packets.every(({ isKey }) => isKey)
  return { times: areDistinct(dts) ? dts : packets.map((_, at) => at), areTrue: isIntra }
}

function areDistinct(times: readonly number[]): boolean {
  return !times.some(Number.isNaN) && new Set(times).size === times.length
}

function isAscending(packets: readonly PacketTime[]): boolean {
  return packets.every(({ dts }, at) => !(dts < (packets[at - 1]?.dts ?? dts)))
}
