import type { Sharp } from 'sharp'
import { loadSharp } from '../decode/sharp.ts'

const EIGHT_BIT = 'uchar'

/**
 * Deep pictures as 8 bit. One channel (depth maps, X-rays, thermal): the picture's own minimum becomes black, its
 * maximum white, since such pictures use a small part of their range and would come out black. Colour with 16 bits: the
 * high byte, as every viewer shows it. Turned upright on the way.
 */
export async function stretched(source: Sharp): Promise<Sharp> {
  const { depth, channels, space } = await source.metadata()
  if (depth === EIGHT_BIT || depth === undefined) return source.autoOrient()
  const gray = channels <= 2 && space !== 'srgb'
  if (!gray)
    return depth === 'ushort' ? source.autoOrient().toColourspace('srgb') : colourFloat(source)
  return grayFloat(source)
}

async function grayFloat(source: Sharp): Promise<Sharp> {
  const { data, info } = await source
    .autoOrient()
    .extractChannel(0)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true })
  const values = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  return fromGray(toBytes(values), info.width, info.height)
}

/** Colour TIFFs of floats or 32-bit integers: one range over all channels keeps their hue. */
async function colourFloat(source: Sharp): Promise<Sharp> {
  const sharp = await loadSharp()
  const { data, info } = await source
    .autoOrient()
    .removeAlpha()
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true })
  const values = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  const channels = info.channels === 1 ? 1 : 3
  return sharp(toBytes(values), { raw: { width: info.width, height: info.height, channels } })
}

async function fromGray(bytes: Uint8Array, width: number, height: number): Promise<Sharp> {
  const sharp = await loadSharp()
  return sharp(bytes, { raw: { width, height, channels: 1 } }).toColourspace('b-w')
}

/** Minimum … maximum to 0 … 255; values that are no numbers (holes in depth maps) become black. */
export function toBytes(values: ArrayLike<number>): Uint8Array {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NaN
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  const scale = max > min ? 255 / (max - min) : 0
  return Uint8Array.from(values, (value) =>
    Number.isFinite(value) ? Math.round((value - min) * scale) : 0,
  )
}
