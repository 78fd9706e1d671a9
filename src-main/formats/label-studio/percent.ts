/**
 * Places as Label Studio tells them: in percent of the picture's width and height. A box is told by its top-left corner,
 * about which it is turned; ours are turned about their centre.
 */
import { at } from '#shared/geometry/points.ts'
import { toDegrees } from '../common/read-attributes.ts'

/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface PercentBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Degrees, clockwise on screen. */
  readonly rotation: number
}

export interface PercentEllipse {
  readonly x: number
  readonly y: number
  readonly radiusX: number
  readonly radiusY: number
  readonly rotation: number
}

/** @param points `[x1, y1, x2, y2]`, before it is turned about its centre */
export function toPercentBox(points: readonly number[], degrees: number, size: Size): PercentBox {
  const [x1, x2] = inOrder(at(points, 0), at(points, 2))
  const [y1, y2] = inOrder(at(points, 1), at(points, 3))
  const half = turned((x2 - x1) / 2, (y2 - y1) / 2, degrees)
  return {
    x: share((x1 + x2) / 2 - half.x, size.width),
    y: share((y1 + y2) / 2 - half.y, size.height),
    width: share(x2 - x1, size.width),
    height: share(y2 - y1, size.height),
    rotation: degrees,
  }
}

export function fromPercentBox(
  { x, y, width, height, rotation }: PercentBox,
  size: Size,
): { points: number[]; rotation: number } {
  const [w, h] = [pixels(width, size.width), pixels(height, size.height)]
  const half = turned(w / 2, h / 2, rotation)
  const [cx, cy] = [pixels(x, size.width) + half.x, pixels(y, size.height) + half.y]
  return {
    points: [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2],
    rotation: toDegrees(rotation),
  }
}

/** @param points `[cx, cy, cx + rx, cy - ry]` */
export function toPercentEllipse(
  points: readonly number[],
  degrees: number,
  size: Size,
): PercentEllipse {
  const [cx, cy] = [at(points, 0), at(points, 1)]
  return {
    x: share(cx, size.width),
    y: share(cy, size.height),
    radiusX: share(Math.abs(at(points, 2) - cx), size.width),
    radiusY: share(Math.abs(cy - at(points, 3)), size.height),
    rotation: degrees,
  }
}

export function fromPercentEllipse(
  { x, y, radiusX, radiusY, rotation }: PercentEllipse,
  size: Size,
): { points: number[]; rotation: number } {
  const [cx, cy] = [pixels(x, size.width), pixels(y, size.height)]
  return {
    points: [cx, cy, cx + pixels(radiusX, size.width), cy - pixels(radiusY, size.height)],
    rotation: toDegrees(rotation),
  }
}

export function toPercentPoints(flat: readonly number[], size: Size): [number, number][] {
  const points: [number, number][] = []
  for (let i = 0; i + 1 < flat.length; i += 2) {
    points.push([share(at(flat, i), size.width), share(at(flat, i + 1), size.height)])
  }
  return points
}

export function fromPercentPoint(x: number, y: number, size: Size): number[] {
  return [pixels(x, size.width), pixels(y, size.height)]
}

const share = (length: number, whole: number): number => (length * 100) / whole
const pixels = (percent: number, whole: number): number => (percent * whole) / 100
const inOrder = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b)]

/** A vector after a turn clockwise. Quarter turns are exact. */
function turned(x: number, y: number, degrees: number): { x: number; y: number } {
  const quarter = degrees / 90
  if (Number.isInteger(quarter)) {
    const quarters = ((quarter % 4) + 4) % 4
    const all = [
      { x, y },
      { x: -y, y: x },
      { x: -x, y: -y },
      { x: y, y: -x },
    ]
    return all[quarters] ?? { x, y }
  }
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  return { x: cos * x - sin * y, y: sin * x + cos * y }
}
