/**
 * Is a picture cut short? Only what a look at its end tells: a browser would show the rest in grey, and somebody would
 * label half a picture without knowing.
 */
import type { PictureFormat } from '../picture-format.ts'
import type { Bytes } from './bytes.ts'
import { readJpegHeader } from './jpeg-header.ts'

export const CUT_SHORT = 'its data ends too early: the file is cut short'

/** Beyond the end of a JPEG cameras put data of their own; a look further back than this costs a second read. */
const TAIL_BYTES = 512
const WINDOW_BYTES = 1 << 20
const END_OF_IMAGE = Buffer.from([0xff, 0xd9])
const END_CHUNK = Buffer.from('IEND')

/**
 * @param scanOffset  JPEG: where its pixels begin, when that is known already
 * @throws the system's error, and ArchiveProblem where `bytes` cannot reach that far
 */
export function isWhole(format: PictureFormat, bytes: Bytes, scanOffset?: number): boolean {
  switch (format) {
    case 'jpeg':
      return jpegIsWhole(bytes, scanOffset ?? readJpegHeader(bytes)?.scanOffset)
    case 'png':
      return endsWith(bytes, END_CHUNK, 8)
    case 'webp':
      return bytes.size >= bytes.at(4, 4).readUInt32LE(0) + 8
    case 'bmp':
      return bytes.size >= bmpBytes(bytes.at(0, 54))
    case 'avif':
      return boxesAreWhole(bytes)
    default:
      return true
  }
}

/** The end marker cannot occur inside coded pixels, but does in a thumbnail: the last one behind the header counts. */
function jpegIsWhole(bytes: Bytes, scanOffset: number | undefined): boolean {
  return scanOffset !== undefined && endsWith(bytes, END_OF_IMAGE, scanOffset)
}

/** True when `mark` stands behind `from`: looked for at the very end, where it nearly always is, then further back. */
function endsWith(bytes: Bytes, mark: Buffer, from: number): boolean {
  let end = bytes.size
  for (let length = TAIL_BYTES; end > from; length = WINDOW_BYTES) {
    const start = Math.max(from, end - length)
    if (bytes.at(start, end - start).lastIndexOf(mark) >= 0) return true
    // The mark may lie across the border of two windows.
    end = start === from ? from : start + mark.length - 1
  }
  return false
}

const PLAIN_BITS = new Set([24, 32])
const NO_COMPRESSION = 0
const BIT_FIELDS = 3

/** The BMPs everyone writes; palettes, run lengths and OS/2's headers go through FFmpeg. */
export function isPlainBmp(head: Buffer): boolean {
  if (head.length < 54 || head.readUInt32LE(14) < 40) return false
  const compression = head.readUInt32LE(30)
  const known = compression === NO_COMPRESSION || compression === BIT_FIELDS
  return known && PLAIN_BITS.has(head.readUInt16LE(28))
}

/** What an uncompressed BMP needs; rows are padded to four bytes. */
function bmpBytes(head: Buffer): number {
  if (!isPlainBmp(head)) return 0
  const rowBytes = Math.ceil((head.readInt32LE(18) * head.readUInt16LE(28)) / 32) * 4
  return head.readUInt32LE(10) + rowBytes * Math.abs(head.readInt32LE(22))
}

/** AVIF is a chain of boxes, each with its size in front; 1 stands for a 64-bit size, 0 for "to the end". */
function boxesAreWhole(bytes: Bytes): boolean {
  let at = 0
  while (at + 16 <= bytes.size) {
    const box = bytes.at(at, 16)
    const short = box.readUInt32BE(0)
    if (short === 0) return true
    const size = short === 1 ? Number(box.readBigUInt64BE(8)) : short
    if (size < 8) return false
    at += size
  }
  return at > 0 && at <= bytes.size
}
