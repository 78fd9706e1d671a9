/** The picture formats Fieldmark reads: by extension while listing (nothing is opened), by content while reading. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'bmp' | 'avif'

export const contentTypes: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  avif: 'image/avif',
}

export { isPictureName } from '#shared/media/picture-names.ts'

/** What the first bytes say, whatever the file is called; null when it is no picture we read. */
export function sniffFormat(head: Uint8Array): PictureFormat | null {
  if (head[0] === 0xff && head[1] === 0xd8) return 'jpeg'
  if (ascii(head, 1, 4) === 'PNG' && head[0] === 0x89) return 'png'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'webp'
  if (ascii(head, 0, 4) === 'GIF8') return 'gif'
  if (ascii(head, 0, 2) === 'BM') return 'bmp'
  if (ascii(head, 4, 8) === 'ftyp' && /avi[fs]|mif1|miaf/.test(ascii(head, 8, 40))) return 'avif'
  const tiff = ascii(head, 0, 4)
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(tiff)) return 'tiff'
  return null
}

/** Bytes as Latin-1 text, for magic words. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}
