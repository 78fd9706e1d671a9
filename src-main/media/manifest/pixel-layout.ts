import { sniffFormat } from '../picture-format.ts'

/** How a picture's pixels lie in memory once decoded, channel by channel. */
export type PixelLayout =
  | 'grey'
  | 'grey-16'
  | 'grey-alpha'
  | 'rgb'
  | 'rgba'
  | 'cmyk'
  /** Up to the decoder: RGB, or RGBA where it has an alpha channel. */
  | 'as-decoded'

/** What the first bytes of a PNG or the markers of a JPEG say; null for a TIFF, whose decoder has to be asked. */
export function pixelLayout(picture: Buffer): PixelLayout | null {
  const format = sniffFormat(picture.subarray(0, 40))
  if (format === 'png') return pngLayout(picture)
  if (format === 'jpeg') return jpegLayout(picture)
  return format === 'tiff' ? null : 'as-decoded'
}

const PNG_DEPTH = 24
const PNG_COLOUR = 25

function pngLayout(picture: Buffer): PixelLayout {
  const deep = picture[PNG_DEPTH] === 16
  switch (picture[PNG_COLOUR]) {
    case 0:
      return deep ? 'grey-16' : 'grey'
    case 2:
      return 'rgb'
    case 4:
      return 'grey-alpha'
    default:
      return 'as-decoded'
  }
}

const COMPONENTS: Readonly<Record<number, PixelLayout>> = { 1: 'grey', 3: 'rgb', 4: 'cmyk' }

/** By the number of components in the frame header, C0 to CF but for the tables C4, C8 and CC. */
function jpegLayout(picture: Buffer): PixelLayout {
  let at = 2
  while (at + 10 <= picture.length && picture[at] === 0xff) {
    const marker = picture[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return COMPONENTS[picture[at + 9] ?? 0] ?? 'as-decoded'
    at += 2 + picture.readUInt16BE(at + 2)
  }
  return 'as-decoded'
}
