import { type Detection, detection } from '#shared/domain/detection.ts'
import { imagePoint, imageX, imageY, type Placement } from '../../tensors/placement.ts'

export type Corners = readonly [x1: number, y1: number, x2: number, y2: number]

/** Four numbers of a list of boxes. */
export function boxAt(boxes: Float64Array, index: number): Corners {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(4 * index, 4 * index + 4)
  return [x1, y1, x2, y2]
}

/** A box of the model as image pixels, clipped to the picture; null when nothing of it is left. */
export function imageBox(placement: Placement, [x1, y1, x2, y2]: Corners): Corners | null {
  const left = imageX(placement, x1)
  const top = imageY(placement, y1)
  const right = imageX(placement, x2)
  const bottom = imageY(placement, y2)
  return right > left && bottom > top ? [left, top, right, bottom] : null
}

export function rectangle(label: string, score: number, points: Corners): Detection {
  return detection({ label, type: 'rectangle', points: [...points], score })
}

/**
 * A rotated box by its centre; it may reach beyond the picture, since cut it would be no rectangle.
 * @param angle  radians, clockwise on screen
 * @returns null when its centre lies outside the picture, or it has no area
 */
export function rotatedRectangle(
  label: string,
  score: number,
  placement: Placement,
  [cx, cy, w, h, angle]: readonly [number, number, number, number, number],
): Detection | null {
  const [x, y] = imagePoint(placement, cx, cy)
  const isOutside = x < 0 || y < 0 || x > placement.pictureWidth || y > placement.pictureHeight
  const [width, height] = [w / placement.scaleX, h / placement.scaleY]
  if (isOutside || !(width > 0 && height > 0)) return null
  const points = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
  const rotation = ((((angle * 180) / Math.PI) % 360) + 360) % 360
  return detection({ label, type: 'rectangle', points, rotation, score })
}
