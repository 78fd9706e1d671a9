import type { Bitmap } from '#shared/geometry/mask.ts'
import type { Part } from './picture-mat.ts'

/** Bytes 0 and 1 of a part of the picture, as a bitmap on the picture. Copied: OpenCV's memory is freed. */
export function bitmapOf(data: Uint8Array, { left, top, right, bottom }: Part): Bitmap {
  return { left, top, width: right - left, height: bottom - top, data: Uint8Array.from(data) }
}
