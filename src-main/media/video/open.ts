import { existsSync, statSync } from 'node:fs'
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_TIMED_THUMBNAILS,
  AVDISCARD_ALL,
  AVERROR_EINVAL,
  AVERROR_ENOENT,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { avGetCodecName, FormatContext, Packet, type Stream } from 'node-av/lib'
import type { VideoFacts } from '#shared/domain/video.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { tooManyPixels } from '../headers/pixel-limit.ts'
import { isMissing, problemOf } from '../problems.ts'
import { OPENED_CONTAINERS } from './containers.ts'
import { type Uprighting, uprightingOf } from './display-matrix.ts'
import { END, timeOf, wordsOf } from './ffmpeg.ts'
import { whyNoMovie } from './truncated-movie.ts'

/** An open container, its one picture stream chosen and every other stream switched off. */
export interface VideoInput {
  readonly path: string
  readonly format: FormatContext
  readonly stream: Stream
  readonly facts: VideoFacts
  readonly uprighting: Uprighting
  close(): void
}

/**
 * Open a file as far as its container goes: headers, and as many packets as FFmpeg wants to see to be sure of the codec.
 * @throws VIDEO_UNREADABLE, VIDEO_NO_PICTURES, FRAME_MISSING
 */
export function openVideo(path: string): VideoInput {
  const format = new FormatContext()
  try {
    enter(format, path)
    const stream = pictureStream(format, path)
    for (const other of format.streams)
      if (other.index !== stream.index) other.discard = AVDISCARD_ALL
    const uprighting = uprightingOf(stream.codecpar)
    const facts = factsOf(format, stream, uprighting)
    const problem = sizeProblem(stream)
    if (problem) throw new AppError('VIDEO_UNREADABLE', { path, detail: problem })
    return { path, format, stream, facts, uprighting, close: () => format.closeInputSync() }
  } catch (error) {
    format.closeInputSync()
    throw error
  }
}

function enter(format: FormatContext, path: string): void {
  const kind = whatElse(path)
  if (kind) throw new AppError('VIDEO_UNREADABLE', { path, detail: kind })
  format.allocContext()
  // Nothing a file says makes FFmpeg open another one, or the network.
  format.setOption('format_whitelist', OPENED_CONTAINERS)
  format.setOption('protocol_whitelist', 'file')
  // `file:` keeps FFmpeg from taking a name with a colon for a protocol.
  const opened = format.openInputSync(`file:${path}`)
  if (opened < 0) throw openingError(path, opened)
  const informed = format.findStreamInfoSync()
  if (informed < 0) throw openingError(path, informed)
}

/** What is no file: opening a pipe would wait for somebody who writes to it. */
function whatElse(path: string): string | null {
  try {
    const stat = statSync(path)
    if (stat.isFile()) return null
    return stat.isDirectory() ? 'it is a folder' : 'it is not a file'
  } catch (cause) {
    return isMissing(cause) ? null : problemOf(cause)
  }
}

function openingError(path: string, code: number): AppError {
  if (code === AVERROR_ENOENT || !existsSync(path))
    return new AppError('FRAME_MISSING', { path, frame: 0 })
  if (code === AVERROR_EINVAL)
    return new AppError('VIDEO_UNREADABLE', {
      path,
      detail: 'it is a playlist, or no video at all',
    })
  const detail = whyNoMovie(path)
  if (code === END && detail === null) return noFrame(path)
  return new AppError('VIDEO_UNREADABLE', { path, detail: detail ?? wordsOf(code) })
}

/** There is a place for pictures, and not one in it. */
export function noFrame(path: string): AppError {
  return new AppError('VIDEO_NO_PICTURES', { path, detail: 'there is not a single frame in it' })
}

function pictureStream(format: FormatContext, path: string): Stream {
  const moving = format.streams.filter(isPictures)
  const best = format.findBestStream(AVMEDIA_TYPE_VIDEO)
  const stream = moving.find(({ index }) => index === best) ?? moving[0]
  if (stream) return stream
  const kinds = format.streams.length === 0 ? 'it is empty' : 'there is only sound or text in it'
  throw new AppError('VIDEO_NO_PICTURES', { path, detail: kinds })
}

/** A song's cover is a picture in FFmpeg's eyes, and no video in ours. */
function isPictures(stream: Stream): boolean {
  const still = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS
  return stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && (stream.disposition & still) === 0
}

function sizeProblem({ codecpar }: Stream): string | null {
  if (codecpar.width > 0 && codecpar.height > 0) return tooManyPixels(codecpar)
  return 'the size of its pictures is not stated and could not be found'
}

function factsOf(format: FormatContext, stream: Stream, { rotation, filter }: Uprighting) {
  const { width, height, codecId } = stream.codecpar
  const turned = rotation % 180 !== 0 || (filter?.startsWith('transpose') ?? false)
  const { num, den } = stream.timeBase
  const container = format.iformat?.name ?? 'unknown'
  return {
    width: turned ? height : width,
    height: turned ? width : height,
    rotation,
    codec: avGetCodecName(codecId) ?? 'unknown',
    container,
    claimedFrames: claimedFrames(stream, container),
    durationSec: durationOf(format, stream),
    frameRate: rateOf(stream),
    timeBase: { num, den },
  } satisfies VideoFacts
}

/** Only the MP4 family counts its samples where it lists them; elsewhere the number is a promise of the writer. */
function claimedFrames(stream: Stream, container: string): number | null {
  const claimed = Number(stream.nbFrames)
  return claimed > 0 && container.includes('mp4') ? claimed : null
}

function durationOf(format: FormatContext, stream: Stream): number | null {
  const { num, den } = stream.timeBase
  const own = (timeOf(stream.duration) * num) / den
  if (own > 0) return own
  const whole = timeOf(format.duration) / 1e6
  return whole > 0 ? whole : null
}

function rateOf({ avgFrameRate, rFrameRate }: Stream): number {
  for (const { num, den } of [avgFrameRate, rFrameRate]) if (num > 0 && den > 0) return num / den
  return 0
}

/** Whether there is a single packet of pictures. Containers with an index answer at once, others within a few reads. */
export function holdsPackets({ format, stream, facts }: VideoInput): boolean {
  if (facts.claimedFrames !== null) return true
  using packet = new Packet()
  packet.alloc()
  while (format.readFrameSync(packet) >= 0) {
    const found = packet.streamIndex === stream.index && packet.size > 0
    packet.unref()
    if (found) return true
  }
  return false
}

/** What the container says, and that there is something in it. @throws as `openVideo` */
export function probeVideo(path: string): VideoFacts {
  const input = openVideo(path)
  try {
    if (!holdsPackets(input)) throw noFrame(path)
    return input.facts
  } finally {
    input.close()
  }
}
