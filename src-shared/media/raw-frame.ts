/**
 * A decoded picture on its way to the canvas without being compressed: a header of 64 bytes, then the planes one after the
 * other without padding. Little-endian. Planes as in WebCodecs' VideoPixelFormat, which the reader hands them to unchanged.
 *
 * | byte | what |
 * |---|---|
 * | 0 | `FMRF` |
 * | 4 | u8 version (1) |
 * | 5 | u8 pixel format, position in `rawFormats` |
 * | 6 | u8 colour matrix, position in `rawMatrices` |
 * | 7 | u8 1 = full range |
 * | 8 | u32 width, u32 height of the stored planes (before the turn) |
 * | 16 | u16 clockwise turn that makes it upright, degrees |
 * | 18 | u8 1 = exact; 0 = a small stand-in (proxy) for the picture that follows |
 * | 20 | u32 frame index of the task |
 * | 24 | u32 upright width, u32 upright height of the exact picture |
 */
export const RAW_FRAME_TYPE = 'application/x-fieldmark-frame'
export const RAW_HEADER_BYTES = 64

export const rawFormats = ['I420', 'I422', 'I444', 'NV12', 'RGBA'] as const
export type RawFormat = (typeof rawFormats)[number]
export const rawMatrices = ['bt709', 'smpte170m', 'bt2020-ncl', 'rgb'] as const
export type RawMatrix = (typeof rawMatrices)[number]

export interface RawFrameHeader {
  readonly format: RawFormat
  readonly matrix: RawMatrix
  readonly fullRange: boolean
  readonly width: number
  readonly height: number
  readonly rotation: 0 | 90 | 180 | 270
  readonly exact: boolean
  readonly frame: number
  readonly uprightWidth: number
  readonly uprightHeight: number
}

const MAGIC = 0x4652_4d46
const VERSION = 1

/** Bytes of all planes; chroma of odd sizes is rounded up, as WebCodecs does. */
export function rawPlaneBytes(format: RawFormat, width: number, height: number): number {
  const halfWidth = (width + 1) >> 1
  const halfHeight = (height + 1) >> 1
  const luma = width * height
  if (format === 'RGBA') return 4 * luma
  if (format === 'I444') return 3 * luma
  if (format === 'I422') return luma + 2 * halfWidth * height
  return luma + 2 * halfWidth * halfHeight
}

/** Write the header into the first 64 bytes of `target`. */
export function writeRawHeader(target: Uint8Array, header: RawFrameHeader): void {
  const view = new DataView(target.buffer, target.byteOffset, RAW_HEADER_BYTES)
  view.setUint32(0, MAGIC, true)
  view.setUint8(4, VERSION)
  view.setUint8(5, rawFormats.indexOf(header.format))
  view.setUint8(6, rawMatrices.indexOf(header.matrix))
  view.setUint8(7, header.fullRange ? 1 : 0)
  view.setUint32(8, header.width, true)
  view.setUint32(12, header.height, true)
  view.setUint16(16, header.rotation, true)
  view.setUint8(18, header.exact ? 1 : 0)
  view.setUint32(20, header.frame, true)
  view.setUint32(24, header.uprightWidth, true)
  view.setUint32(28, header.uprightHeight, true)
}

/** @throws RangeError when these bytes are no raw frame, or cut short */
export function readRawFrame(bytes: ArrayBuffer): { header: RawFrameHeader; planes: Uint8Array } {
  if (bytes.byteLength < RAW_HEADER_BYTES) throw new RangeError('no raw frame: too short')
  const view = new DataView(bytes)
  const format = rawFormats[view.getUint8(5)]
  const matrix = rawMatrices[view.getUint8(6)]
  if (view.getUint32(0, true) !== MAGIC || view.getUint8(4) !== VERSION || !format || !matrix)
    throw new RangeError('no raw frame of a known version')
  const width = view.getUint32(8, true)
  const height = view.getUint32(12, true)
  const planes = new Uint8Array(bytes, RAW_HEADER_BYTES)
  if (planes.length !== rawPlaneBytes(format, width, height))
    throw new RangeError(`a raw frame of ${width}x${height} is cut short`)
  return {
    header: {
      format,
      matrix,
      fullRange: view.getUint8(7) === 1,
      width,
      height,
      rotation: view.getUint16(16, true) as RawFrameHeader['rotation'],
      exact: view.getUint8(18) === 1,
      frame: view.getUint32(20, true),
      uprightWidth: view.getUint32(24, true),
      uprightHeight: view.getUint32(28, true),
    },
    planes,
  }
}
