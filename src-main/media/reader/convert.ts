/** Makes other pictures out of a picture. Every result is upright and carries no EXIF turn. */
import type { Sharp } from 'sharp'
import { AppError } from '#shared/errors/app-error.ts'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import type { FrameBytes, RgbPicture } from '../../core/ports.ts'
import { decodeWithFfmpeg } from '../decode/ffmpeg.ts'
import { loadSharp } from '../decode/sharp.ts'
import { contentTypes } from '../picture-format.ts'
import { isDeepGray, type LoadedPicture } from './loaded-picture.ts'
import { stretched } from './stretch.ts'

const SMALL = { width: 256, height: 256, fit: 'inside', withoutEnlargement: true } as const

/** 8-bit PNG of what a browser cannot decode, or would show nearly black. */
export async function toDisplay(picture: LoadedPicture): Promise<FrameBytes> {
  const pixels = await decode(picture)
  // Low effort: a 24-megapixel picture is to appear in tenths of a second, and the cache is bounded anyway.
  return result('image/png', await pixels.png({ compressionLevel: 2 }).toBuffer())
}

/** What models and trackers compute on: RGB, 8 bit, transparency over black. */
export async function toPixels(picture: LoadedPicture): Promise<RgbPicture> {
  const pixels = (await decode(picture)).removeAlpha().toColourspace('srgb')
  const { data, info } = await pixels.raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, rgb: data }
}

/** Pixels as they are, in a file. */
export async function toPng({ width, height, rgb }: RgbPicture): Promise<FrameBytes> {
  const sharp = await loadSharp()
  const pixels = sharp(rgb, { raw: { width, height, channels: 3 } })
  return result('image/png', await pixels.png({ compressionLevel: 2 }).toBuffer())
}

/** WebP, at most 256 px on the long side. */
export async function toThumbnail(picture: LoadedPicture): Promise<FrameBytes> {
  const pixels = await decode(picture)
  const small = pixels.resize(SMALL).webp({ quality: 80, effort: 2 })
  return result('image/webp', await small.toBuffer())
}

/**
 * A part of the picture as people see it: WebP, at most 256 px on the long side.
 * @throws AppError INPUT_INVALID when nothing of the box is in the picture
 */
export async function toCrop(picture: LoadedPicture, box: PixelBox): Promise<FrameBytes> {
  const pixels = await decode(picture)
  return cropOf(pixels, await uprightSize(pixels), box)
}

/** As `toCrop`, of upright pixels of this size. */
export async function cropOf(
  pixels: Sharp,
  size: { readonly width: number; readonly height: number },
  box: PixelBox,
): Promise<FrameBytes> {
  const left = Math.max(0, box.left)
  const top = Math.max(0, box.top)
  const width = Math.min(size.width, box.right) - left
  const height = Math.min(size.height, box.bottom) - top
  if (width < 1 || height < 1) {
    const problem = `it lies outside of the picture of ${size.width} x ${size.height} pixels`
    throw new AppError('INPUT_INVALID', { where: 'crop', problem })
  }
  const part = pixels.extract({ left, top, width, height }).resize(SMALL)
  return result('image/webp', await part.webp({ quality: 82, effort: 2 }).toBuffer())
}

async function uprightSize(pixels: Sharp): Promise<{ width: number; height: number }> {
  const { autoOrient } = await pixels.metadata()
  return autoOrient
}

/** The same format at its best quality, turned, with its colour profile: for exports of turned pictures. */
export async function toUpright({ body, format }: LoadedPicture): Promise<FrameBytes> {
  const sharp = await loadSharp()
  const source = sharp(body)
  const turned = source.clone().autoOrient().keepIccProfile()
  if (format === 'jpeg')
    return result(
      contentTypes.jpeg,
      await turned.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    )
  const { depth, space } = await source.metadata()
  // Named, the space keeps its depth; unnamed it would become 8 bit.
  const deep = depth !== 'uchar' && space ? turned.toColourspace(space) : turned
  if (format === 'png') return result(contentTypes.png, await deep.png().toBuffer())
  if (format === 'tiff')
    return result(contentTypes.tiff, await deep.tiff({ compression: 'lzw' }).toBuffer())
  return result(contentTypes.webp, await turned.webp(webpLike(body)).toBuffer())
}

/** A lossless WebP stays lossless. */
function webpLike(body: Buffer) {
  return body.includes('VP8L') ? { lossless: true } : { quality: 95 }
}

/** Upright 8-bit pixels, whoever can decode them. */
async function decode(picture: LoadedPicture): Promise<Sharp> {
  if (picture.format === 'bmp') return withFfmpeg(picture)
  const sharp = await loadSharp()
  try {
    const source = sharp(picture.body)
    if (picture.format === 'tiff' || (picture.format === 'png' && isDeepGray(picture.body)))
      return await stretched(source)
    return source.autoOrient()
  } catch (error) {
    if (picture.format !== 'tiff') throw error
    return withFfmpeg(picture)
  }
}

async function withFfmpeg({ body }: LoadedPicture): Promise<Sharp> {
  const sharp = await loadSharp()
  const { rgba, width, height } = await decodeWithFfmpeg(body)
  return sharp(rgba, { raw: { width, height, channels: 4 } })
}

function result(contentType: string, body: Uint8Array): FrameBytes {
  return { contentType, body, exifTurned: false }
}
