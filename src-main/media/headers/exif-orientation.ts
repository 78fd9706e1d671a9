import { type Bytes, bytesOf } from './bytes.ts'
import { readTiffDirectory } from './tiff-directory.ts'

const EXIF_PREFIX = 'Exif\0\0'
/** The orientation stands in the first directory, near the front: a thumbnail behind it is not read. */
const ENOUGH_BYTES = 4096
const MAX_CHUNKS = 64

/** Orientation of an EXIF block; 1 when it has none. */
export function exifOrientation(block: Buffer): number {
  const start =
    block.toString('latin1', 0, EXIF_PREFIX.length) === EXIF_PREFIX ? EXIF_PREFIX.length : 0
  return readTiffDirectory(bytesOf(block.subarray(start)))?.orientation ?? 1
}

/** PNG keeps EXIF in an `eXIf` chunk. Only those before the pixels count, as the decoders here hold it too. */
export function pngOrientation(bytes: Bytes): number {
  let offset = 8
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    const head = bytes.at(offset, 8)
    if (head.length < 8) return 1
    const type = head.toString('latin1', 4, 8)
    const length = head.readUInt32BE(0)
    if (type === 'eXIf')
      return exifOrientation(bytes.at(offset + 8, Math.min(length, ENOUGH_BYTES)))
    if (type === 'IDAT' || type === 'IEND') return 1
    offset += 12 + length
  }
  return 1
}

const VP8X_HAS_EXIF = 0x08

/** WebP keeps EXIF in a chunk behind the pixels; a flag in front says whether there is one. */
export function webpOrientation(bytes: Bytes): number {
  const front = bytes.at(12, 9)
  if (front.toString('latin1', 0, 4) !== 'VP8X' || ((front[8] ?? 0) & VP8X_HAS_EXIF) === 0) return 1
  let offset = 12
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    const head = bytes.at(offset, 8)
    if (head.length < 8) return 1
    const length = head.readUInt32LE(4)
    if (head.toString('latin1', 0, 4) === 'EXIF')
      return exifOrientation(bytes.at(offset + 8, Math.min(length, ENOUGH_BYTES)))
    offset += 8 + length + (length % 2)
  }
  return 1
}
