/** Decoded frames in the two forms the rest of the program takes: planes for the canvas, RGB for files and models. */
import type { AVPixelFormat } from 'node-av/constants'
import {
  AV_PIX_FMT_RGB0,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV444P,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
} from 'node-av/constants'
import { avGetPixFmtName, type Frame } from 'node-av/lib'
import {
  RAW_HEADER_BYTES,
  type RawFormat,
  type RawMatrix,
  rawPlaneBytes,
} from '#shared/media/raw-frame.ts'
import { filtered } from './picture-filter.ts'
import { scaled } from './scaling.ts'
import type { ToRaw, ToRgb } from './session.api.ts'

/** Nobody says which matrix: then FFmpeg takes that of standard definition, whatever the size, and so do we. */
const MATRICES: ReadonlyMap<number, RawMatrix> = new Map<number, RawMatrix>([
  [AVCOL_SPC_BT709, 'bt709'],
  [AVCOL_SPC_UNSPECIFIED, 'smpte170m'],
  [AVCOL_SPC_BT470BG, 'smpte170m'],
  [AVCOL_SPC_SMPTE170M, 'smpte170m'],
  [AVCOL_SPC_BT2020_NCL, 'bt2020-ncl'],
])

interface Way {
  readonly format: RawFormat
  /** What the frame is converted to first; null when its planes can be taken as they are. */
  readonly through: AVPixelFormat | null
}

const RGBA: Way = { format: 'RGBA', through: AV_PIX_FMT_RGB0 }
const I420: Way = { format: 'I420', through: AV_PIX_FMT_YUV420P }
const I422: Way = { format: 'I422', through: AV_PIX_FMT_YUV422P }
const I444: Way = { format: 'I444', through: AV_PIX_FMT_YUV444P }
const SUBSAMPLED: Readonly<Record<string, Way>> = {
  '420': I420,
  '422': I422,
  '444': I444,
  '410': I420,
}

/** Deep pictures are brought to 8 bit, unusual subsampling to the nearest finer one; transparency is left out, as FFmpeg does. */
function wayOf(name: string, matrix: RawMatrix | undefined): Way {
  if (!matrix) return RGBA
  if (name === 'nv12') return { format: 'NV12', through: null }
  if (/^gray(8|9|1\d)?(le|be)?$/.test(name)) return I420
  const found = /^(?:yuvj?a?(4\d\d)p|p0(1\d)|nv(\d\d))(\d*)/.exec(name)
  if (!found) return RGBA
  const way = SUBSAMPLED[found[1] ?? ''] ?? (found[2] || found[3] === '21' ? I420 : I444)
  const isPlain =
    found[1] !== undefined && found[4] === '' && found[1] in SUBSAMPLED && found[1] !== '410'
  return isPlain ? { ...way, through: null } : way
}

export const toRaw: ToRaw = (frame, rotation) => {
  const name = nameOf(frame)
  const matrix = MATRICES.get(frame.colorSpace)
  const { format, through } = wayOf(name, matrix)
  const isRgb = format === 'RGBA'
  const { width, height } = frame
  const isFull = isRgb || frame.colorRange === AVCOL_RANGE_JPEG || /^(yuvj|gray)/.test(name)
  const header = {
    format,
    matrix: isRgb ? ('rgb' as const) : (matrix ?? 'smpte170m'),
    fullRange: isFull,
    width,
    height,
    rotation,
  }
  if (through === null) return { bytes: planesOf(frame, format), header }
  using converted = scaled(frame, { width, height, format: through, isRgb, isFull })
  const bytes = planesOf(converted, format)
  if (isRgb) makeOpaque(bytes)
  return { bytes, header }
}

export const toRgb: ToRgb = (frame, rotation) => {
  if (rotation === 0) {
    const { width, height } = frame
    using rgb = scaled(frame, {
      width,
      height,
      format: AV_PIX_FMT_RGB24,
      isRgb: true,
      isFull: true,
    })
    return rgbOf(rgb)
  }
  // Where among the turns colours are converted is FFmpeg's choice: it is not the same for subsampled ones.
  using rgb = filtered(frame, [...TURNS[rotation], 'format=pix_fmts=rgb24'])
  if (!rgb) throw new Error('its picture cannot be turned')
  return rgbOf(rgb)
}

const TURNS = {
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
} as const

function rgbOf(frame: Frame): ReturnType<ToRgb> {
  const { width, height } = frame
  const rgb = new Uint8Array(3 * width * height)
  copyPlane(frame, 0, { target: rgb, at: 0, bytesPerRow: 3 * width, rows: height })
  return { width, height, rgb }
}

/** All planes one after the other without padding, room for the header in front. */
function planesOf(frame: Frame, format: RawFormat): Uint8Array<ArrayBuffer> {
  const { width, height } = frame
  // Not zeroed, and with an ArrayBuffer of its own, which can travel to another thread without a copy.
  const size = RAW_HEADER_BYTES + rawPlaneBytes(format, width, height)
  const target = new Uint8Array(Buffer.allocUnsafeSlow(size).buffer)
  target.fill(0, 0, RAW_HEADER_BYTES)
  let at = RAW_HEADER_BYTES
  for (const [plane, { bytesPerRow, rows }] of planesIn(format, width, height).entries()) {
    copyPlane(frame, plane, { target, at, bytesPerRow, rows })
    at += bytesPerRow * rows
  }
  return target
}

function planesIn(format: RawFormat, width: number, height: number) {
  const half = (size: number) => (size + 1) >> 1
  if (format === 'RGBA') return [{ bytesPerRow: 4 * width, rows: height }]
  const luma = { bytesPerRow: width, rows: height }
  if (format === 'NV12') return [luma, { bytesPerRow: 2 * half(width), rows: half(height) }]
  const chroma = {
    bytesPerRow: format === 'I444' ? width : half(width),
    rows: format === 'I420' ? half(height) : height,
  }
  return [luma, chroma, chroma]
}

interface PlaneCopy {
  readonly target: Uint8Array
  readonly at: number
  readonly bytesPerRow: number
  readonly rows: number
}

function copyPlane(
  frame: Frame,
  plane: number,
  { target, at, bytesPerRow, rows }: PlaneCopy,
): void {
  const source = frame.data?.[plane]
  const stride = frame.linesize[plane] ?? 0
  if (!source || stride < bytesPerRow) throw new Error('its planes cannot be read')
  if (stride === bytesPerRow) {
    target.set(source.subarray(0, bytesPerRow * rows), at)
    return
  }
  for (let row = 0; row < rows; row += 1)
    target.set(source.subarray(row * stride, row * stride + bytesPerRow), at + row * bytesPerRow)
}

function makeOpaque(bytes: Uint8Array): void {
  for (let at = RAW_HEADER_BYTES + 3; at < bytes.length; at += 4) bytes[at] = 255
}

function nameOf({ format }: Frame): string {
  return avGetPixFmtName(format as AVPixelFormat) ?? ''
}
