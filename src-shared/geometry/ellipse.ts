import { type Bitmap, emptyBitmap } from './mask.ts'
import { at } from './points.ts'

/** Nearest whole number, halves to the even one, as Python and IEEE 754 do. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

/**
 * A filled ellipse as pixels, cut to the image. Centre and radii are rounded first and the centre pixel counts, so an
 * ellipse of radius 3 is 7 pixels wide: what OpenCV's filled ellipse gives, which COCO exports of ellipses follow.
 * @param points   `[cx, cy, cx + rx, cy - ry]`, image pixels
 * @param degrees  clockwise on screen
 */
export function ellipseToBitmap(
  points: readonly number[],
  degrees: number,
  height: number,
  width: number,
): Bitmap {
  const cx = roundHalfEven(at(points, 0))
  const cy = roundHalfEven(at(points, 1))
  const rx = roundHalfEven(Math.abs(at(points, 2) - at(points, 0)))
  const ry = roundHalfEven(Math.abs(at(points, 1) - at(points, 3)))
  const reach = Math.max(rx, ry)
  const left = Math.max(0, cx - reach)
  const top = Math.max(0, cy - reach)
  const right = Math.min(width, cx + reach + 1)
  const bottom = Math.min(height, cy + reach + 1)
  const bitmap = emptyBitmap(left, top, Math.max(0, right - left), Math.max(0, bottom - top))
  const inside = ellipseTest(rx, ry, degrees)
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (inside(x - cx, y - cy)) bitmap.data[(y - top) * bitmap.width + x - left] = 1
    }
  }
  return bitmap
}

function ellipseTest(rx: number, ry: number, degrees: number): (dx: number, dy: number) => boolean {
  const radians = (degrees * Math.PI) / 180
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  // A radius of 0 still leaves a line one pixel wide.
  const a = Math.max(rx, 0.5)
  const b = Math.max(ry, 0.5)
  return (dx, dy) => {
    const along = (dx * cos + dy * sin) / a
    const across = (dy * cos - dx * sin) / b
    return along * along + across * across <= 1
  }
}
