import type { FrameBytes } from '../../core/ports.ts'
import { loadSharp } from '../decode/sharp.ts'
import { isDeepGray, type LoadedPicture } from './loaded-picture.ts'
import { floats, inTurns } from './stretch.ts'

export const DEEP_TYPE = 'application/vnd.fieldmark.deep'
const HEAD_BYTES = 40

/**
 * A single-channel picture of more than 8 bits with all its values, upright: little-endian width and height (uint32), min,
 * max, and the least and most value that occur (float64), then a uint16 a pixel, row by row, where v means `min + v / 65535 * (max - min)`. Whole numbers up
 * to 65,535 keep min 0 and max 65,535, so that their values are the picture's own.
 * @returns null for a picture that has no more than 8 bits, or colours
 */
export async function toDeep(picture: LoadedPicture): Promise<FrameBytes | null> {
  const { body, format } = picture
  if (format !== 'tiff' && !(format === 'png' && isDeepGray(body))) return null
  const sharp = await loadSharp()
  const source = sharp(body)
  const facts = await source.metadata()
  if (facts.depth === 'uchar' || (facts.space !== 'grey16' && facts.space !== 'b-w')) return null
  const { values, width, height, channels } = await floats(source, facts)
  if (channels !== 1) return null
  const seen = await rangeOf(values)
  const range = facts.depth === 'ushort' ? { min: 0, max: 65_535 } : seen
  const bytes = new ArrayBuffer(HEAD_BYTES + 2 * width * height)
  const head = new DataView(bytes)
  head.setUint32(0, width, true)
  head.setUint32(4, height, true)
  head.setFloat64(8, range.min, true)
  head.setFloat64(16, range.max, true)
  head.setFloat64(24, seen.min, true)
  head.setFloat64(32, seen.max, true)
  const words = new Uint16Array(bytes, HEAD_BYTES)
  const scale = range.max > range.min ? 65_535 / (range.max - range.min) : 0
  await inTurns(words.length, (at) => {
    const value = ((values[at] ?? 0) - range.min) * scale
    words[at] = value >= 65_535 ? 65_535 : value > 0 ? Math.round(value) : 0 // NaN is not above 0
  })
  return { contentType: DEEP_TYPE, body: new Uint8Array(bytes), exifTurned: false }
}

async function rangeOf(values: Float32Array): Promise<{ min: number; max: number }> {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  await inTurns(values.length, (at) => {
    const value = values[at] ?? 0
    if (!Number.isFinite(value)) return
    if (value < min) min = value
    if (value > max) max = value
  })
  return Number.isFinite(min) ? { min, max } : { min: 0, max: 0 }
}
