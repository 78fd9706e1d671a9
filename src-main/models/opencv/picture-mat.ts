import type { Mat } from '@techstark/opencv-js'
import type { RgbPicture } from '../../core/ports.ts'
import type { Cv } from './opencv.ts'

/** Whole image pixels; right and bottom excluded. */
export interface Part {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function wholeOf({ width, height }: RgbPicture): Part {
  return { left: 0, top: 0, right: width, bottom: height }
}

/** The box grown by a margin on every side, in whole pixels of the picture. */
export function partAround(
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  margin: number,
  { width, height }: RgbPicture,
): Part {
  return {
    left: Math.max(0, Math.floor(Math.min(x1, x2) - margin)),
    top: Math.max(0, Math.floor(Math.min(y1, y2) - margin)),
    right: Math.min(width, Math.ceil(Math.max(x1, x2) + margin)),
    bottom: Math.min(height, Math.ceil(Math.max(y1, y2) + margin)),
  }
}

/**
 * Work on a part of a picture as a Mat of three channels (RGB), no side longer than `longest`.
 * @param work  gets the Mat and how many of its pixels one image pixel is wide; the Mat is gone afterwards
 */
export function withMat<T>(
  cv: Cv,
  picture: RgbPicture,
  part: Part,
  longest: number,
  work: (image: Mat, scale: number) => T,
): T {
  const width = part.right - part.left
  const height = part.bottom - part.top
  if (width < 1 || height < 1) throw new Error('nothing of the picture is there')
  const full = new cv.Mat(height, width, cv.CV_8UC3)
  const small = new cv.Mat()
  try {
    copyPart(picture, part, full.data)
    const scale = Math.min(1, longest / Math.max(width, height))
    if (scale === 1) return work(full, 1)
    const size = new cv.Size(
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    )
    cv.resize(full, small, size, 0, 0, cv.INTER_AREA)
    return work(small, scale)
  } finally {
    full.delete()
    small.delete()
  }
}

function copyPart({ width, rgb }: RgbPicture, part: Part, to: Uint8Array): void {
  const row = 3 * (part.right - part.left)
  if (part.left === 0 && part.right === width) {
    to.set(rgb.subarray(3 * width * part.top, 3 * width * part.bottom))
    return
  }
  for (let y = part.top, at = 0; y < part.bottom; y += 1, at += row) {
    const from = 3 * (y * width + part.left)
    to.set(rgb.subarray(from, from + row), at)
  }
}
