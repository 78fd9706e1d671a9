import type { Packet } from 'node-av/lib'
import type { VideoIndex } from '#main/core/ports.ts'
import { timeOf } from './ffmpeg.ts'
import type { FrameStream } from './frame-stream.ts'

/** How many frames earlier to aim when a seek came out behind the keyframe: containers seek by decoding time, or roughly. */
const EARLIER = [0, 2, 16, 128, 1024]

/**
 * Bring the stream to the packet of a keyframe and feed it to the emptied decoder. Where a seek ends is never trusted: packets
 * are read on, undecoded, until the one with the keyframe's own time is there. In the end everything is read from the start.
 * @returns false when no such packet turned up
 */
export function enterAt(stream: FrameStream, index: VideoIndex, keyframe: number): boolean {
  const time = index.pts[keyframe]
  if (time === undefined) return false
  for (const earlier of EARLIER) {
    const aim = index.pts[Math.max(0, keyframe - earlier)]
    if (aim === undefined || !stream.seek(aim)) break
    if (reach(stream, time, aim)) return true
    if (earlier >= keyframe) break
  }
  stream.restart()
  return readUpTo(stream, time) === 'here' && feed(stream) ? true : enterByCount(stream, keyframe)
}

function reach(stream: FrameStream, time: number, aim: number): boolean {
  const found = readUpTo(stream, time)
  if (found === 'here') return feed(stream)
  if (found === 'nowhere' || !stream.seek(aim)) return false
  return readUpTo(stream, found) === 'here' && feed(stream)
}

/**
 * Containers without presentation times (AVI) are entered by decoding time: frame times are then the packets' in order, so the
 * keyframe's packet is the last one flagged up to this time.
 * @returns 'here', 'nowhere', or the decoding time of that flagged packet, which has gone by
 */
function readUpTo(stream: FrameStream, time: number): 'here' | 'nowhere' | number {
  let flagged: number | null = null
  while (stream.read()) {
    const { pts, dts, isKeyframe } = timesOf(stream.packet)
    if (pts === time) return 'here'
    if (Number.isNaN(pts) && isKeyframe && dts <= time) {
      if (dts === time) return 'here'
      flagged = dts
    }
    // Nothing is shown before it is decoded: behind this packet there is no frame of that time any more.
    if (dts > time || (Number.isNaN(dts) && isKeyframe && pts > time)) return flagged ?? 'nowhere'
  }
  return flagged ?? 'nowhere'
}

/** Without any times, a keyframe's packet is the last one flagged among as many packets as frames come before it. */
function enterByCount(stream: FrameStream, keyframe: number): boolean {
  stream.restart()
  let flagged = -1
  for (let count = 0; count <= keyframe; count += 1) {
    if (!stream.read()) return false
    if (stream.packet.isKeyframe) flagged = count
  }
  if (flagged === keyframe) return feed(stream)
  stream.restart()
  for (let count = 0; count <= flagged; count += 1) stream.read()
  return flagged >= 0 && feed(stream)
}

function feed(stream: FrameStream): true {
  stream.feed()
  return true
}

function timesOf({ pts, dts, isKeyframe }: Packet) {
  return { pts: timeOf(pts), dts: timeOf(dts), isKeyframe }
}
