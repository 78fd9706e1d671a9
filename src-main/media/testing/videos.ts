/** Tiny videos for tests, encoded here so that what is in them can be read off the code. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { AVPixelFormat, FFEncoderCodec } from 'node-av/constants'
import {
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVFMT_GLOBALHEADER,
} from 'node-av/constants'
import {
  Codec,
  CodecContext,
  FormatContext,
  Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib'
import '../video/ffmpeg.ts' // quiet

// This encoder writes past FFmpeg's log.
process.env.SVT_LOG = '0'

export const CLIP_WIDTH = 64
export const CLIP_HEIGHT = 48

export interface Clip {
  /** FFmpeg's name of an encoder. */
  readonly codec: string
  readonly frames?: number
  /** Frames from one keyframe to the next. */
  readonly gop?: number
  /** Pictures between two that others refer to. */
  readonly bFrames?: number
  readonly pixelFormat?: AVPixelFormat
  readonly width?: number
  readonly height?: number
  /** The encoder's own options. */
  readonly options?: Readonly<Record<string, string>>
  /** Options of the container. */
  readonly container?: Readonly<Record<string, string>>
  /** FFmpeg's name of a container where the file's ending does not tell. */
  readonly format?: string
  readonly closedGop?: boolean
  /** When frame n is shown, in units of 1/90,000 s; else every 3,000. */
  readonly time?: (n: number) => number
  /** Clockwise degrees in the display matrix; or a whole matrix. */
  readonly rotation?: number | readonly number[]
  /** Whether packet `at` (in the order of decoding) is flagged as a keyframe. */
  readonly flag?: (at: number, isKey: boolean) => boolean
}

const UNIT = new Rational(1, 90_000)
const STEP = 3000

/** Encode a clip of distinct pictures and write it. */
export function makeVideo(path: string, clip: Clip): string {
  const format = new FormatContext()
  check(format.allocOutputContext2(null, clip.format ?? null, path), 'container')
  const encoder = openEncoder(clip, needsGlobalHeader(format))
  const stream = format.newStream(null)
  stream.codecpar.fromContext(encoder)
  stream.timeBase = UNIT
  stream.avgFrameRate = new Rational(30, 1)
  turn(stream, clip)
  check(format.openOutputSync(), 'file')
  setOptions(format, clip.container)
  check(format.writeHeaderSync(), 'header')
  encodeAll(clip, encoder, createWriter(format, stream, clip))
  check(format.writeTrailerSync(), 'trailer')
  encoder.freeContext()
  format.closeOutputSync()
  format.freeContext()
  return path
}

function needsGlobalHeader({ oformat }: FormatContext): boolean {
  return ((oformat?.flags ?? 0) & AVFMT_GLOBALHEADER) !== 0
}

function openEncoder(clip: Clip, isHeaderGlobal: boolean): CodecContext {
  const codec = Codec.findEncoderByName(clip.codec as FFEncoderCodec)
  if (!codec) throw new Error(`no encoder ${clip.codec}`)
  const context = new CodecContext()
  context.allocContext3(codec)
  context.width = clip.width ?? CLIP_WIDTH
  context.height = clip.height ?? CLIP_HEIGHT
  context.pixelFormat = clip.pixelFormat ?? AV_PIX_FMT_YUV420P
  context.timeBase = /^mpeg/.test(clip.codec) ? new Rational(1, 30) : UNIT
  context.framerate = new Rational(30, 1)
  context.gopSize = clip.gop ?? 12
  context.maxBFrames = clip.bFrames ?? 0
  context.threadCount = 1
  if (isHeaderGlobal) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  if (clip.closedGop) context.setFlags(AV_CODEC_FLAG_CLOSED_GOP)
  setOptions(context, clip.options)
  check(context.open2Sync(codec), clip.codec)
  return context
}

// One by one: a dictionary given to `open2` is freed twice by the binding.
function setOptions(target: CodecContext | FormatContext, options: Clip['options']): void {
  for (const [name, value] of Object.entries(options ?? {}))
    check(target.setOption(name, value), name)
}

function turn(stream: Stream, { rotation }: Clip): void {
  if (rotation === undefined) return
  const bytes = Buffer.alloc(36)
  const matrix = typeof rotation === 'number' ? turnMatrix(rotation) : rotation
  for (const [at, value] of matrix.entries()) bytes.writeInt32LE(value, at * 4)
  stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, bytes)
}

/** A display matrix that turns clockwise, in rows, 16.16 fixed point, its last column 2.30. */
export function turnMatrix(degrees: number): readonly number[] {
  const [cos, sin] = [Math.cos, Math.sin].map((f) =>
    Math.round(f((degrees * Math.PI) / 180) * 65_536),
  )
  return [cos ?? 0, sin ?? 0, 0, -(sin ?? 0), cos ?? 0, 0, 0, 0, 1 << 30]
}

function createWriter(format: FormatContext, stream: Stream, { flag }: Clip) {
  let at = 0
  return (packet: Packet, from: Rational) => {
    packet.streamIndex = stream.index
    if (flag) packet.isKeyframe = flag(at, packet.isKeyframe)
    at += 1
    packet.rescaleTs(from, stream.timeBase)
    check(format.interleavedWriteFrameSync(packet), 'packet')
  }
}

function encodeAll(
  clip: Clip,
  encoder: CodecContext,
  write: (packet: Packet, from: Rational) => void,
): void {
  const { timeBase } = encoder
  using packet = new Packet()
  packet.alloc()
  const drain = () => {
    while (encoder.receivePacketSync(packet) >= 0) write(packet, timeBase)
  }
  for (let n = 0; n < (clip.frames ?? 40); n += 1) {
    using frame = pictureOf(n, clip)
    const time = clip.time?.(n) ?? n * STEP
    frame.pts = BigInt(Math.round((time / 90_000) * (timeBase.den / timeBase.num)))
    check(encoder.sendFrameSync(frame), 'frame')
    drain()
  }
  encoder.sendFrameSync(null)
  drain()
}

/** No two alike: a texture that moves, and a bar whose place is the frame's number. */
function pictureOf(n: number, clip: Clip): Frame {
  const frame = new Frame()
  frame.alloc()
  frame.format = clip.pixelFormat ?? AV_PIX_FMT_YUV420P
  frame.width = clip.width ?? CLIP_WIDTH
  frame.height = clip.height ?? CLIP_HEIGHT
  frame.getBuffer()
  for (const [plane, data] of (frame.data ?? []).entries())
    paint(data, frame.linesize[plane] ?? 0, { n, plane })
  return frame
}

function paint(data: Buffer, stride: number, { n, plane }: { n: number; plane: number }): void {
  for (let at = 0; at < data.length; at += 1) {
    const [x, y] = [at % stride, Math.floor(at / stride)]
    const texture = 90 + ((x * 3 + n * 5) % 32) + ((y * 7 + n) % 24)
    const isBar = plane === 0 && x >= (n % 16) * 4 && x < (n % 16) * 4 + 4
    data[at] = isBar ? 200 + (n % 40) : texture
  }
}

/** Flip bits of a file from `share` of its length on, `count` bytes in a row. */
export function damage(path: string, { share, count }: { share: number; count: number }): string {
  const bytes = readFileSync(path)
  const from = Math.floor(bytes.length * share)
  for (let at = from; at < Math.min(bytes.length, from + count); at += 1)
    bytes[at] = (bytes[at] ?? 0) ^ 0x5a
  writeFileSync(path, bytes)
  return path
}

/** Keep the first `share` of a file, or its last when negative. */
export function cut(path: string, share: number): string {
  const bytes = readFileSync(path)
  const at = Math.floor(bytes.length * Math.abs(share))
  writeFileSync(path, share > 0 ? bytes.subarray(0, at) : bytes.subarray(bytes.length - at))
  return path
}

function check(code: number, what: string): void {
  if (code < 0) throw new Error(`${what}: FFmpeg error ${code}`)
}
