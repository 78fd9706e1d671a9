/** Compressed pictures of decoded frames. All of them upright. */
import type { Sharp } from 'sharp'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import { RAW_FRAME_TYPE, RAW_HEADER_BYTES, writeRawHeader } from '#shared/media/raw-frame.ts'
import type { FrameBytes } from '../../../core/ports.ts'
import { loadSharp } from '../../decode/sharp.ts'
import { cropOf } from '../../reader/convert.ts'
import type { ProxyFacts } from '../proxy/layout.ts'
import type { Box, DecodedFrame } from './protocol.ts'

const SMALL = { width: 256, height: 256, fit: 'inside', withoutEnlargement: true } as const
export const THUMBNAIL: Box = { width: SMALL.width, height: SMALL.height }

/** The exact pixels. The same frame gives the same bytes. */
export async function pngOf(frame: DecodedFrame): Promise<FrameBytes> {
  const pixels = await fromRgb(frame)
  // Low effort: an export of a thousand frames waits for each, and video noise does not get much smaller.
  const body = await pixels.png({ compressionLevel: 2, adaptiveFiltering: false }).toBuffer()
  return result('image/png', body)
}

/** What a person sees, small, for programs that know no raw frames. */
export async function jpegOf(frame: DecodedFrame): Promise<FrameBytes> {
  const pixels = await fromRgb(frame)
  return result('image/jpeg', await pixels.jpeg({ quality: 90 }).toBuffer())
}

/** @param frame  of `THUMBNAIL`'s size already, or larger */
export async function thumbnailOf(frame: DecodedFrame): Promise<FrameBytes> {
  return thumbnail(await fromRgb(frame))
}

/** The whole of a frame that was made small enough already. */
export async function webpOf(frame: DecodedFrame): Promise<FrameBytes> {
  const body = await (await fromRgb(frame)).webp({ quality: 82, effort: 1 }).toBuffer()
  return result('image/webp', body)
}

/** A thumbnail of a proxy's picture. @throws Error when it is no JPEG */
export async function proxyThumbnail(jpeg: Uint8Array, facts: ProxyFacts): Promise<FrameBytes> {
  const sharp = await loadSharp()
  return thumbnail(sharp(jpeg).rotate(facts.rotation))
}

async function thumbnail(pixels: Sharp): Promise<FrameBytes> {
  return result(
    'image/webp',
    await pixels.resize(SMALL).webp({ quality: 80, effort: 2 }).toBuffer(),
  )
}

/**
 * A part of the frame as WebP, at most 256 px on the long side.
 * @throws AppError INPUT_INVALID when nothing of the box is in the picture
 */
export async function cropOfFrame(frame: DecodedFrame, box: PixelBox): Promise<FrameBytes> {
  return cropOf(await fromRgb(frame), frame, box)
}

/** A proxy's picture as the canvas takes it: a stand-in for the exact one. @throws Error when it is no JPEG */
export async function standIn(
  jpeg: Uint8Array,
  facts: ProxyFacts,
  frame: number,
): Promise<FrameBytes> {
  const sharp = await loadSharp()
  const { data, info } = await sharp(jpeg).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const body = new Uint8Array(RAW_HEADER_BYTES + data.length)
  const { rotation, uprightWidth, uprightHeight } = facts
  const { width, height } = info
  const planes = { format: 'RGBA', matrix: 'rgb', fullRange: true, width, height } as const
  const meaning = { rotation, exact: false, frame, uprightWidth, uprightHeight }
  writeRawHeader(body, { ...planes, ...meaning })
  body.set(data, RAW_HEADER_BYTES)
  return result(RAW_FRAME_TYPE, body)
}

async function fromRgb({ bytes, width, height }: DecodedFrame): Promise<Sharp> {
  const sharp = await loadSharp()
  return sharp(bytes, { raw: { width, height, channels: 3 } })
}

function result(contentType: string, body: Uint8Array): FrameBytes {
  return { contentType, body, exifTurned: false }
}
