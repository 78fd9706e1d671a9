/** Pictures that hold one mask: every pixel is the object or it is not. */
import type { Png } from '../png/decode.ts'
import { type ReadRow, valueRows } from '../png/rows.ts'
import { objectsOf } from './objects.ts'

export interface BinaryPicture {
  readonly width: number
  readonly height: number
  /** 1 where the object is, else 0. */
  readonly readRow: ReadRow
}

/**
 * What is not black is the object, whatever kind of picture it is.
 * @param opacity  whether a pixel counts for being opaque alone
 */
export function binaryPicture(png: Png, opacity: 'counts' | 'ignored'): BinaryPicture {
  const { width, height, channels, samples, palette } = png
  const hasOpacity = channels === 2 || channels === 4
  const looked = channels - (hasOpacity && opacity === 'ignored' ? 1 : 0)
  const values = valueRows(png)
  const readRow: ReadRow = (y, row) => {
    if (palette !== null) {
      values(y, row)
      for (let x = 0; x < width; x += 1) row[x] = (palette[row[x] ?? 0] ?? 0) === 0 ? 0 : 1
      return
    }
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      let any = 0
      for (let c = 0; c < looked; c += 1) any |= samples[at + c] ?? 0
      row[x] = any === 0 ? 0 : 1
    }
  }
  return { width, height, readRow }
}

/** The picture in another size: each pixel is the nearest one's, as OpenCV resizes masks. */
export function resized(picture: BinaryPicture, width: number, height: number): BinaryPicture {
  if (picture.width === width && picture.height === height) return picture
  const source = new Uint32Array(picture.width)
  const columns = Uint32Array.from({ length: width }, (_, x) => {
    return Math.min(picture.width - 1, Math.floor((x * picture.width) / width))
  })
  let last = -1
  return {
    width,
    height,
    readRow(y, row) {
      const line = Math.min(picture.height - 1, Math.floor((y * picture.height) / height))
      if (line !== last) picture.readRow(line, source)
      last = line
      for (let x = 0; x < width; x += 1) row[x] = source[columns[x] ?? 0] ?? 0
    },
  }
}

/** Mask points of the object; null when no pixel is set. */
export function maskOf(picture: BinaryPicture): number[] | null {
  const [object] = objectsOf(picture, (value) => value === 1)
  return object?.points ?? null
}
