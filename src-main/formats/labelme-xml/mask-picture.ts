/** A mask of LabelMe: a picture of the frame's size in which the object is yellow and half opaque, the rest nothing. */
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { Size } from '../common/canvas-size.ts'
import { toArea } from '../common/paint/areas.ts'
import { binaryPicture, maskOf } from '../common/paint/binary-picture.ts'
import { paintMask } from '../common/paint/paint.ts'
import { decodePng } from '../common/png/decode.ts'
import { encodeRgba } from '../common/png/encode.ts'
import type { Refuse } from '../common/png/file.ts'

/** Red, green, blue, opacity as the four bytes of one number, in the order of this machine. */
const OBJECT = new Uint32Array(Uint8Array.of(0, 203, 255, 153).buffer)[0] ?? 0

export interface MaskPicture {
  readonly png: Buffer
  /** left, top, right, bottom of its pixels; the last two are edges. */
  readonly box: readonly [number, number, number, number]
}

/** Null for pixels entirely outside the picture. */
export function toMaskPicture(shape: WovenShape, size: Size): MaskPicture | null {
  const area = toArea(shape, size)
  if (area === null) return null
  const [height, width] = size
  const pixels = new Uint32Array(width * height)
  paintMask(pixels, width, area.mask, OBJECT)
  const [left = 0, top = 0, right = 0, bottom = 0] = area.mask.slice(-4)
  const data = new Uint8Array(pixels.buffer)
  return { png: encodeRgba({ width, height, data }), box: [left, top, right + 1, bottom + 1] }
}

export interface ReadMask {
  readonly width: number
  readonly height: number
  /** Mask points; null when no pixel is set. */
  readonly points: number[] | null
}

/** What is not black, or not quite transparent, is the object, whatever kind of PNG picture it is. */
export function readMaskPicture(file: Uint8Array, refuse: Refuse): ReadMask {
  const picture = binaryPicture(decodePng(file, refuse), 'counts')
  return { width: picture.width, height: picture.height, points: maskOf(picture) }
}
