import { bytesOf } from '../headers/bytes.ts'
import { tooManyPixels } from '../headers/pixel-limit.ts'
import { probe } from '../headers/probe.ts'
import { CUT_SHORT, isPlainBmp, isWhole } from '../headers/whole.ts'
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

/**
 * Why a picture is cut short, or null. Only what a look at its end tells: browsers would show the rest in grey, and
 * somebody would label a half picture without knowing.
 */
export function truncation({ body, format }: LoadedPicture): string | null {
  return isWhole(format, bytesOf(body)) ? null : CUT_SHORT
}
