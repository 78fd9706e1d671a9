import { createHash } from 'node:crypto'
import type { Sharp } from 'sharp'
import { decodeWithFfmpeg } from '../decode/ffmpeg.ts'
import { loadSharp } from '../decode/sharp.ts'
import { sniffFormat } from '../picture-format.ts'
import { type PixelLayout, pixelLayout } from './pixel-layout.ts'

/**
 * MD5 of a picture's pixels as they are stored: not turned by EXIF, no colour profile applied, rows without padding, channels
 * interleaved. Equal to what CVAT's tool (Pillow) says for grey (8 and 16 bit), grey with alpha, RGB, RGBA and CMYK. Palettes
 * and 1-bit pictures count as RGB or RGBA here, as indices and bits there.
 * @throws what the decoder throws for damaged data
 */
export async function pictureChecksum(picture: Buffer): Promise<string> {
  const bmp = sniffFormat(picture.subarray(0, 40)) === 'bmp'
  const pixels = bmp ? await bmpPixels(picture) : await sharpPixels(picture)
  return createHash('md5').update(pixels).digest('hex')
}

async function sharpPixels(picture: Buffer): Promise<Buffer> {
  const sharp = await loadSharp()
  const decoded = sharp(picture, { ignoreIcc: true })
  const layout = pixelLayout(picture) ?? layoutOf((await decoded.metadata()).space)
  const pixels = await inLayout(decoded, layout).toBuffer()
  return layout === 'grey-alpha' ? pick(pixels, [0, 3], 4) : pixels
}

/** TIFF: what libvips calls its colours. */
function layoutOf(space: string | undefined): PixelLayout {
  if (space === 'b-w') return 'grey'
  if (space === 'grey16') return 'grey-16'
  return space === 'cmyk' ? 'cmyk' : 'as-decoded'
}

function inLayout(decoded: Sharp, layout: PixelLayout): Sharp {
  switch (layout) {
    case 'grey':
      return decoded.toColourspace('b-w').raw()
    case 'grey-16':
      return decoded.toColourspace('grey16').raw({ depth: 'ushort' })
    case 'rgb':
      return decoded.removeAlpha().raw()
    case 'cmyk':
      return decoded.pipelineColourspace('cmyk').toColourspace('cmyk').raw()
    default:
      return decoded.raw()
  }
}

const BMP_BITS = 28

/** sharp reads no BMP. Only 32 bits a pixel may hold an alpha channel. */
async function bmpPixels(picture: Buffer): Promise<Buffer> {
  const { rgba } = await decodeWithFfmpeg(picture)
  return picture.readUInt16LE(BMP_BITS) === 32 ? rgba : pick(rgba, [0, 1, 2], 4)
}

/** Some channels of every pixel, of `stride` bytes each. */
function pick(pixels: Buffer, channels: readonly number[], stride: number): Buffer {
  const picked = Buffer.allocUnsafe((pixels.length / stride) * channels.length)
  let to = 0
  for (let at = 0; at < pixels.length; at += stride) {
    for (const channel of channels) {
      picked[to] = pixels[at + channel] ?? 0
      to += 1
    }
  }
  return picked
}
