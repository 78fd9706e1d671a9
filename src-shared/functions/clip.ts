/** What of a found shape lies in the picture, and whether that is enough to keep: CVAT's smallest sizes. */
import { combinePolygons } from '../geometry/boolean-polygons.ts'
import { type Box, boundingBox } from '../geometry/box.ts'
import type { Form } from '../geometry/convert.ts'
import { maskArea } from '../geometry/mask.ts'
import { maskBox, maskOfToggles, togglesIn } from '../geometry/mask-spans.ts'
import { at } from '../geometry/points.ts'
import { polygonArea } from '../geometry/polygon.ts'
import { bridgeHoles } from '../geometry/polygon-bridges.ts'
import { isUpright } from '../geometry/rectangle.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'

/** Image pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Square image pixels; image pixels. */
const SMALLEST_AREA = 9
const SHORTEST_LINE = 3

/**
 * The parts of a shape that lie in the picture; [] when nothing worth keeping does. Upright boxes, masks and polygons are
 * cut, lines and points moved to the edge; what is turned and cuboids stay whole while any of them is in the picture.
 * @param form  a shape `formProblem` has nothing against, no skeleton
 */
export function clipForm(form: Form, size: PictureSize): Form[] {
  return clipped(form, size).filter((part) => isLargeEnough(part))
}

function clipped(form: Form, size: PictureSize): Form[] {
  const { type, points, rotation } = form
  switch (type) {
    case 'rectangle':
      return rectangle(points, rotation, size)
    case 'mask':
      return mask(points, size).map((part) => ({ ...form, points: part }))
    case 'polygon':
      return polygons(points, size).map((part) => ({ ...form, points: part }))
    case 'polyline':
    case 'points':
      return [{ ...form, points: intoPicture(points, size) }]
    default:
      return isSeen(shapeBounds({ ...form, elements: [] }), size) ? [form] : []
  }
}

function rectangle(points: readonly number[], rotation: number, size: PictureSize): Form[] {
  const box = boundingBox(points)
  if (box === null) return []
  const { left, top, right, bottom } = box
  const form = { type: 'rectangle', points: [left, top, right, bottom], rotation } as const
  if (isUpright(rotation)) return [{ ...form, points: intoPicture(form.points, size) }]
  return isSeen(shapeBounds({ ...form, elements: [] }), size) ? [form] : []
}

function mask(points: readonly number[], { width, height }: PictureSize): number[][] {
  const box = maskBox(points)
  if (box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height)
    return [[...points]]
  const common = {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(width, box.right),
    bottom: Math.min(height, box.bottom),
  }
  if (common.left >= common.right || common.top >= common.bottom) return []
  const kept = maskOfToggles(togglesIn(points, common), common)
  return kept === null ? [] : [kept]
}

function polygons(points: readonly number[], size: PictureSize): number[][] {
  const box = boundingBox(points)
  if (box === null || !isSeen(box, size)) return []
  const { width, height } = size
  if (box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height)
    return [[...points]]
  // Where nobody knows the picture's size only what is left of it and above it can be cut away.
  const [right, bottom] = [Math.min(width, box.right + 1), Math.min(height, box.bottom + 1)]
  const picture = [0, 0, right, 0, right, bottom, 0, bottom]
  return combinePolygons('intersect', [points, picture]).map(bridgeHoles)
}

/** Flat points, those outside moved to the nearest place in the picture. */
export function intoPicture(points: readonly number[], { width, height }: PictureSize): number[] {
  return points.map((value, i) => Math.min(Math.max(value, 0), i % 2 === 0 ? width : height))
}

function isSeen(box: Box | null, { width, height }: PictureSize): boolean {
  return box !== null && box.left < width && box.top < height && box.right > 0 && box.bottom > 0
}

function isLargeEnough({ type, points }: Form): boolean {
  const [a, b, c, d] = [at(points, 0), at(points, 1), at(points, 2), at(points, 3)]
  switch (type) {
    case 'rectangle':
      return (c - a) * (d - b) >= SMALLEST_AREA
    case 'ellipse':
      return Math.abs(Math.PI * (c - a) * (b - d)) >= SMALLEST_AREA
    case 'polygon':
      return polygonArea(points) >= SMALLEST_AREA
    case 'mask':
      return maskArea(points) >= SMALLEST_AREA
    case 'polyline':
      return lengthOf(points) >= SHORTEST_LINE
    default:
      return true
  }
}

function lengthOf(points: readonly number[]): number {
  let length = 0
  for (let i = 2; i + 1 < points.length; i += 2)
    length += Math.hypot(at(points, i) - at(points, i - 2), at(points, i + 1) - at(points, i - 1))
  return length
}
