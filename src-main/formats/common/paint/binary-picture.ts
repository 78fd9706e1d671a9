/** Pictures that hold one mask: every pixel is the object or it is not. */
import type { Png } from '../png/decode.ts'
import { type ReadRow, repeatedRows, valueRows } from '../png/rows.ts'
import { objectsOf } from './objects.ts'

export interface BinaryPicture {
  readonly width: number
  readonly height: number
  /** 1 where the object is, else 0. */
  readonly readRow: ReadRow
  /** Whether row `y` is the same as the one above it. */
  readonly isRepeated: (y: number) => boolean
}

/**
 * What is not black is the object, whatever kind of picture it is.
 * @param opacity  whether a pixel counts for being opaque alone
 */
export function binaryPicture(png: Png, opacity: 'counts' | 'ignored'): BinaryPicture {
  const { width, height, palette } = png
  const values = palette === null ? anyRows(png, opacity) : valueRows(png)
  const readRow: ReadRow = (y, row) => {
    values(y, row)
    if (palette !== null) for (let x = 0; x < width; x += 1) row[x] = palette[row[x] ?? 0] ?? 0
    for (let x = 0; x < width; x += 1) if (row[x] !== 0) row[x] = 1
  }
  return { width, height, readRow, isRepeated: repeatedRows(png) }
}

/** Rows of numbers that are 0 where all samples of a pixel are that count. */
function anyRows(png: Png, opacity: 'counts' | 'ignored'): ReadRow {
  const { width, channels, samples, depth } = png
  if (channels === 1) return valueRows(png)
  const looked = channels - (channels % 2 === 0 && opacity === 'ignored' ? 1 : 0)
  if (channels === 4 && depth === 8 && samples.byteOffset % 4 === 0) {
    // A pixel at once: half the time.
    const words = new Uint32Array(samples.buffer, samples.byteOffset, samples.length / 4)
    const counts = Uint8Array.of(255, 255, 255, looked === 4 ? 255 : 0)
    const mask = new Uint32Array(counts.buffer)[0] ?? 0
    return (y, row) => {
      for (let x = 0, at = y * width; x < width; x += 1, at += 1) row[x] = (words[at] ?? 0) & mask
    }
  }
  return (y, row) => {
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      let any = 0
      for (let c = 0; c < looked; c += 1) any |= samples[at + c] ?? 0
      row[x] = any
    }
  }
}

/** The picture in another size: each pixel is the nearest one's, as OpenCV resizes masks. */
export function resized(picture: BinaryPicture, width: number, height: number): BinaryPicture {
  if (picture.width === width && picture.height === height) return picture
  const source = new Uint32Array(picture.width)
  const columns = Uint32Array.from({ length: width }, (_, x) => {
    return Math.min(picture.width - 1, Math.floor((x * picture.width) / width))
  })
  const lineOf = (y: number) =>
    Math.min(picture.height - 1, Math.floor((y * picture.height) / height))
  return {
    width,
    height,
    isRepeated: (y) => y > 0 && lineOf(y) === lineOf(y - 1),
    readRow(y, row) {
      picture.readRow(lineOf(y), source)
      for (let x = 0; x < width; x += 1) row[x] = source[columns[x] ?? 0] ?? 0
    },
  }
}

/** Mask points of the object; null when no pixel is set. */
export function maskOf(picture: BinaryPicture): number[] | null {
  const [object] = objectsOf(picture, (value) => value === 1)
  return object?.points ?? null
}
