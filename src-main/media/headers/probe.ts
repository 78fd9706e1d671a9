import { imageSize } from 'image-size'
import { type PictureFormat, sniffFormat } from '../picture-format.ts'
import type { Bytes } from './bytes.ts'
import { pngOrientation, webpOrientation } from './exif-orientation.ts'
import { readJpegHeader } from './jpeg-header.ts'
import { readTiffDirectory } from './tiff-directory.ts'

/** What a picture's header says. Width and height are as stored, before any EXIF turn. */
export interface Probe {
  readonly format: PictureFormat
  readonly width: number
  readonly height: number
  /** EXIF orientation 1 … 8. AVIF turns its pixels by itself, for it this is always 1. */
  readonly orientation: number
  /** JPEG: where its pixels begin. */
  readonly scanOffset?: number
}

/** Format by content; the size only when the header can be understood without decoding. */
export type PartialProbe =
  | Probe
  | { readonly format: PictureFormat; readonly width: null; readonly height: null }

/** Null when the content is no picture of a known format. Never throws for damaged content. */
export function probe(bytes: Bytes): PartialProbe | null {
  const format = sniffFormat(bytes.at(0, 40))
  if (!format) return null
  try {
    const facts = readers[format](bytes)
    if (facts && facts.width > 0 && facts.height > 0) return { format, ...facts }
  } catch {
    // image-size and Buffer throw on headers that end too early; the slow path decides what the file is.
  }
  return { format, width: null, height: null }
}

type Facts = Omit<Probe, 'format'>

const readers: Record<PictureFormat, (bytes: Bytes) => Facts | null> = {
  jpeg: readJpegHeader,
  png: (bytes) => ({ ...sizeOf(bytes), orientation: pngOrientation(bytes) }),
  webp: (bytes) => ({ ...sizeOf(bytes), orientation: webpOrientation(bytes) }),
  gif: (bytes) => ({ ...sizeOf(bytes), orientation: 1 }),
  // OS/2's first BMP header is shorter and has its fields elsewhere.
  bmp: (bytes) => (bytes.at(14, 1)[0] === 12 ? null : { ...sizeOf(bytes), orientation: 1 }),
  tiff: readTiffDirectory,
  // Rotation, mirroring, cropping and tiling of AVIF are properties of boxes: only its decoder gets them all right.
  avif: () => null,
}

/** Enough for the size in a PNG, WebP, GIF or BMP. */
const SIZE_BYTES = 64

/** @throws when the header ends too early */
function sizeOf(bytes: Bytes): { width: number; height: number } {
  // A copy, since image-size looks past the end of a view into whatever lies behind it.
  const { width, height } = imageSize(new Uint8Array(bytes.at(0, SIZE_BYTES)))
  return { width, height }
}

/** Size as people see it: orientations 5 … 8 lie on their side. */
export function upright({ width, height, orientation }: Facts): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
