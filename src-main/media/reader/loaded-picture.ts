import { bytesOf } from '../headers/bytes.ts'
import { jpegIsWhole, readJpegHeader } from '../headers/jpeg-header.ts'
import { tooManyPixels } from '../headers/pixel-limit.ts'
import { probe } from '../headers/probe.ts'
import type { PictureFormat } from '../picture-format.ts'

/** A picture's own bytes and what must happen to them before a browser can show them. */
export interface LoadedPicture {
  readonly body: Buffer
  readonly format: PictureFormat
  /** EXIF orientation 1 … 8. */
  readonly orientation: number
  /** Every browser decodes it, and shows what is in it. */
  readonly native: boolean
}

/** Formats whose header only their decoder understands in every variant. */
const DECODER_KNOWS_MORE = new Set<PictureFormat>(['avif', 'tiff', 'bmp'])

/** @throws Error with a clause when the bytes are no picture, or too many pixels */
export function understand(body: Buffer): LoadedPicture {
  if (body.length === 0) throw new Error('the file is empty (0 bytes)')
  const found = probe(bytesOf(body))
  if (!found) throw new Error('its content is not a picture of a known format')
  const problem = found.width !== null ? tooManyPixels(found) : null
  if (problem) throw new Error(problem)
  const { format } = found
  if (found.width !== null)
    return { body, format, orientation: found.orientation, native: isNative(format, body) }
  if (!DECODER_KNOWS_MORE.has(format)) throw new Error('its header is damaged')
  return { body, format, orientation: 1, native: isNative(format, body) }
}

function isNative(format: PictureFormat, body: Buffer): boolean {
  if (format === 'tiff') return false
  if (format === 'png') return !isDeepGray(body)
  return format !== 'bmp' || isPlainBmp(body)
}

const GRAY = 0
const GRAY_ALPHA = 4

/** 16-bit grayscale PNG: browsers keep the high byte, and a 12-bit picture comes out black. */
export function isDeepGray(png: Buffer): boolean {
  const [depth, colour] = [png[24], png[25]]
  return depth === 16 && (colour === GRAY || colour === GRAY_ALPHA)
}

const PLAIN_BITS = new Set([24, 32])
const NO_COMPRESSION = 0
const BIT_FIELDS = 3

/** The BMPs everyone writes; palettes, run lengths and OS/2's headers go through FFmpeg. */
function isPlainBmp(bmp: Buffer): boolean {
  if (bmp.length < 54 || bmp.readUInt32LE(14) < 40) return false
  const compression = bmp.readUInt32LE(30)
  const known = compression === NO_COMPRESSION || compression === BIT_FIELDS
  return known && PLAIN_BITS.has(bmp.readUInt16LE(28))
}

const END_CHUNK = Buffer.from('IEND')

/**
 * Why a picture is cut short, or null. Only what a look at its end tells: browsers would show the rest in grey, and
 * somebody would label a half picture without knowing.
 */
export function truncation({ body, format }: LoadedPicture): string | null {
  return isWhole(format, body) ? null : 'its data ends too early: the file is cut short'
}

function isWhole(format: PictureFormat, body: Buffer): boolean {
  if (format === 'png') return body.lastIndexOf(END_CHUNK) > 0
  if (format === 'webp') return body.length >= body.readUInt32LE(4) + 8
  if (format === 'bmp') return body.length >= bmpBytes(body)
  if (format === 'avif') return boxesAreWhole(body)
  if (format !== 'jpeg') return true
  const header = readJpegHeader(bytesOf(body))
  return header !== null && jpegIsWhole(body, header)
}

/** What an uncompressed BMP needs; rows are padded to four bytes. */
function bmpBytes(bmp: Buffer): number {
  if (!isPlainBmp(bmp)) return 0
  const rowBytes = Math.ceil((bmp.readInt32LE(18) * bmp.readUInt16LE(28)) / 32) * 4
  return bmp.readUInt32LE(10) + rowBytes * Math.abs(bmp.readInt32LE(22))
}

/** AVIF is a chain of boxes, each with its size in front; 1 stands for a 64-bit size, 0 for "to the end". */
function boxesAreWhole(avif: Buffer): boolean {
  let at = 0
  while (at + 16 <= avif.length) {
    const short = avif.readUInt32BE(at)
    if (short === 0) return true
    const size = short === 1 ? Number(avif.readBigUInt64BE(at + 8)) : short
    if (size < 8) return false
    at += size
  }
  return at > 0 && at <= avif.length
}
