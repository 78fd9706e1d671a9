import type { Mat } from '@techstark/opencv-js'
import type { ParameterValues } from '#shared/domain/function.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import type { InteractorPrompt, RgbPicture } from '../../core/ports.ts'
import { bitmapOf } from './bitmap-of.ts'
import type { Cv } from './opencv.ts'
import { type Part, partAround, wholeOf, withMat } from './picture-mat.ts'

/** A flood over more pixels than this would keep a person waiting; its memory is a quarter of the picture's. */
const LONGEST_SIDE = 8192

/**
 * Magic wand: from every positive click spreads what is connected and of about its colour; what spreads from negative clicks is
 * taken away. A box keeps it inside.
 * @returns mask points; null when nothing is left
 */
export function magicWand(
  cv: Cv,
  picture: RgbPicture,
  { box, positive, negative }: InteractorPrompt,
  parameters: ParameterValues,
): number[] | null {
  const part = box ? partAround(box, 0, picture) : wholeOf(picture)
  if (part.right <= part.left || part.bottom <= part.top) return null
  const how = {
    tolerance: Number(parameters.tolerance ?? 24),
    isConnected: parameters.connected !== false,
  }
  return withMat(cv, picture, part, LONGEST_SIDE, (image, scale) => {
    if (scale !== 1) throw new Error(`the picture has a side of more than ${LONGEST_SIDE} pixels`)
    const chosen = new Uint8Array(image.rows * image.cols)
    for (const [x, y] of positive) spread(cv, image, part, [x, y], how, (at) => (chosen[at] = 1))
    for (const [x, y] of negative) spread(cv, image, part, [x, y], how, (at) => (chosen[at] = 0))
    return encodeMask(bitmapOf(chosen, part))
  })
}

interface How {
  /** 0 … 255, of each channel, against the pixel that was clicked. */
  readonly tolerance: number
  readonly isConnected: boolean
}

function spread(
  cv: Cv,
  image: Mat,
  part: Part,
  [x, y]: readonly [number, number],
  { tolerance, isConnected }: How,
  mark: (at: number) => void,
): void {
  const column = Math.floor(x) - part.left
  const row = Math.floor(y) - part.top
  if (column < 0 || row < 0 || column >= image.cols || row >= image.rows) return
  if (!isConnected) {
    markAlike(image, row * image.cols + column, tolerance, mark)
    return
  }
  // One pixel wider on every side, as OpenCV wants it.
  const flood = cv.Mat.zeros(image.rows + 2, image.cols + 2, cv.CV_8UC1)
  try {
    const span = new cv.Scalar(tolerance, tolerance, tolerance, 0)
    const flags = 4 | (1 << 8) | cv.FLOODFILL_FIXED_RANGE | cv.FLOODFILL_MASK_ONLY
    const nothing = new cv.Rect(0, 0, 0, 0)
    const color = new cv.Scalar(0, 0, 0, 0)
    cv.floodFill(image, flood, new cv.Point(column, row), color, nothing, span, span, flags)
    const { data, cols } = flood
    for (let line = 0; line < image.rows; line += 1) {
      const from = (line + 1) * cols + 1
      for (let i = 0; i < image.cols; i += 1) if (data[from + i] === 1) mark(line * image.cols + i)
    }
  } finally {
    flood.delete()
  }
}

function markAlike(image: Mat, seed: number, tolerance: number, mark: (at: number) => void): void {
  const { data } = image
  const [r = 0, g = 0, b = 0] = data.subarray(3 * seed, 3 * seed + 3)
  const isNear = (value: number | undefined, wanted: number) =>
    Math.abs((value ?? 0) - wanted) <= tolerance
  for (let at = 0, i = 0; i < data.length; at += 1, i += 3)
    if (isNear(data[i], r) && isNear(data[i + 1], g) && isNear(data[i + 2], b)) mark(at)
}
