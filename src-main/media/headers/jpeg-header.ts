import type { Bytes } from './bytes.ts'
import { exifOrientation } from './exif-orientation.ts'

export interface JpegHeader {
  readonly width: number
  readonly height: number
  readonly orientation: number
  /** Where the pixels begin (the first scan), or the last place looked at. */
  readonly scanOffset: number
}

const MAX_MARKERS = 1000
const SCAN = 0xda
const APP1 = 0xe1
/** C4, C8 and CC are tables and extensions, not frames. */
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc])

/**
 * Size and orientation of a JPEG, jumping from marker to marker: large colour profiles and thumbnails are not read.
 * @returns null when no frame header comes before the pixels
 */
export function readJpegHeader(bytes: Bytes): JpegHeader | null {
  let offset = 2
  let orientation = 1
  let size: { width: number; height: number } | null = null
  for (let count = 0; count < MAX_MARKERS; count += 1) {
    const head = bytes.at(offset, 10)
    const marker = head[1] ?? 0
    if (head.length < 4 || head[0] !== 0xff) break
    if (marker === 0xff) {
      offset += 1
      continue
    }
    if (marker === SCAN) break
    const length = head.readUInt16BE(2)
    if (isFrame(marker) && head.length >= 9)
      size = { height: head.readUInt16BE(5), width: head.readUInt16BE(7) }
    if (marker === APP1 && head.toString('latin1', 4, 8) === 'Exif')
      orientation = exifOrientation(bytes.at(offset + 4, Math.min(length - 2, 4096)))
    offset += 2 + length
  }
  return size && { ...size, orientation, scanOffset: offset }
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker)
