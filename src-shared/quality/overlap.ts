import type { Shape } from '../domain/annotation.ts'
import { type Box, boundingBox, boxArea } from '../geometry/box.ts'
import { ellipseToPolygon } from '../geometry/convert.ts'
import { maskIoU } from '../geometry/mask-algebra.ts'
import { fillEllipseMask, fillPolygonMask, fillRectangleMask } from '../geometry/mask-raster.ts'
import { boxOverlap, polygonOverlap } from '../geometry/overlap.ts'
import { isUpright, rectangleToPolygon } from '../geometry/rectangle.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'

/** What of a shape is compared. */
export type ComparedShape = Pick<Shape, 'type' | 'points' | 'rotation' | 'elements'>

/** Of a joint, relative to the size of what it belongs to, as CVAT's quality reports take it. */
const KEYPOINT_SIGMA = 0.09
/** A line is compared at so many places along it. */
const LINE_SAMPLES = 100

/**
 * How much two shapes of a frame have in common, 0 … 1.
 * - Areas (rectangles, polygons, ellipses, masks): intersection over union, of whichever two types. With a mask it is
 *   counted in pixels, otherwise exact (an ellipse is its polygon).
 * - Points, polylines, skeletons, cuboids, of one type: object keypoint similarity, the mean of exp(-d² / 2 s²k²) over
 *   points in order, s² being the area of both boxes' union and k = 0.09. Lines are sampled along their length, whichever
 *   way they run.
 * @see https://cocodataset.org/#keypoints-eval
 */
export function shapeOverlap(a: ComparedShape, b: ComparedShape): number {
  // What has no area at all is still the same as itself.
  if (isSameForm(a, b)) return 1
  const [left, right] = [shapeBounds(a), shapeBounds(b)]
  if (left === null || right === null) return 0
  if (!isArea(a) || !isArea(b)) return a.type === b.type ? keypointSimilarity(a, b) : 0
  if (!doTouch(left, right)) return 0
  if (isPlainBox(a) && isPlainBox(b)) return boxOverlap(left, right)
  if (a.type === 'mask' || b.type === 'mask') return pixelOverlap(a, b, left, right)
  return polygonOverlap(outline(a), outline(b))
}

function isSameForm(a: ComparedShape, b: ComparedShape): boolean {
  if (a.type !== b.type || a.type === 'skeleton' || a.rotation !== b.rotation) return false
  return (
    a.points.length === b.points.length && a.points.every((value, at) => value === b.points[at])
  )
}

export function isArea({ type }: Pick<Shape, 'type'>): boolean {
  return type === 'rectangle' || type === 'polygon' || type === 'ellipse' || type === 'mask'
}

function isPlainBox({ type, rotation }: ComparedShape): boolean {
  return type === 'rectangle' && isUpright(rotation)
}

/** Whether boxes have a point in common; nothing has none. */
export function doTouch(a: Box | null, b: Box | null): boolean {
  if (a === null || b === null) return false
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

function outline({ type, points, rotation }: ComparedShape): readonly number[] {
  if (type === 'rectangle') return rectangleToPolygon(points, rotation)
  return type === 'ellipse' ? ellipseToPolygon(points, rotation) : points
}

/** Shapes that reach left of or above the picture are cut there: masks cannot. */
function pixelOverlap(a: ComparedShape, b: ComparedShape, left: Box, right: Box): number {
  const width = Math.max(1, Math.ceil(Math.max(left.right, right.right)))
  const height = Math.max(1, Math.ceil(Math.max(left.bottom, right.bottom)))
  const [x, y] = [toMask(a, width, height), toMask(b, width, height)]
  return x === null || y === null ? 0 : maskIoU(x, y)
}

function toMask({ type, points, rotation }: ComparedShape, width: number, height: number) {
  if (type === 'mask') return points
  if (type === 'ellipse') return fillEllipseMask(points, rotation, width, height)
  if (type === 'rectangle') return fillRectangleMask(points, rotation, width, height)
  return fillPolygonMask(points, width, height)
}

function keypointSimilarity(a: ComparedShape, b: ComparedShape): number {
  if (a.type === 'polyline') {
    const along = sampled(a.points)
    return Math.max(
      pointSimilarity(along, sampled(b.points), sizeOf(a, b)),
      pointSimilarity(along, sampled(backwards(b.points)), sizeOf(a, b)),
    )
  }
  if (a.type !== 'skeleton') return pointSimilarity(a.points, b.points, sizeOf(a, b))
  const joints = a.elements.map((joint) => ({
    joint,
    // Joints of two tasks have other label ids; their order is the skeleton's.
    other: b.elements[a.elements.indexOf(joint)],
  }))
  if (a.elements.length !== b.elements.length) return 0
  const seen = joints.filter(({ joint, other }) => !joint.outside || other?.outside === false)
  if (seen.length === 0) return 1
  const same = seen.map(({ joint, other }) =>
    joint.outside || other === undefined || other.outside
      ? 0
      : pointSimilarity(joint.points, other.points, sizeOf(a, b)),
  )
  return same.reduce((sum, one) => sum + one, 0) / seen.length
}

/** The area both are in, at least one pixel: a single point has no size of its own. */
function sizeOf(a: ComparedShape, b: ComparedShape): number {
  const boxes = [shapeBounds(a), shapeBounds(b)].filter((box) => box !== null)
  const corners = boxes.flatMap(({ left, top, right, bottom }) => [left, top, right, bottom])
  const box = boundingBox(corners)
  return box === null ? 1 : Math.max(1, boxArea(box))
}

function pointSimilarity(a: readonly number[], b: readonly number[], area: number): number {
  const count = Math.max(a.length, b.length) / 2
  let sum = 0
  for (let i = 0; i + 1 < Math.min(a.length, b.length); i += 2) {
    const squared = ((a[i] ?? 0) - (b[i] ?? 0)) ** 2 + ((a[i + 1] ?? 0) - (b[i + 1] ?? 0)) ** 2
    sum += Math.exp(-squared / (2 * area * KEYPOINT_SIGMA ** 2))
  }
  return count === 0 ? 0 : sum / count
}

function backwards(points: readonly number[]): number[] {
  const turned: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) turned.push(points[i] ?? 0, points[i + 1] ?? 0)
  return turned
}

/** Points at equal distances along a line. */
function sampled(points: readonly number[]): number[] {
  const lengths = [0]
  for (let i = 2; i + 1 < points.length; i += 2) {
    const step = Math.hypot(
      (points[i] ?? 0) - (points[i - 2] ?? 0),
      (points[i + 1] ?? 0) - (points[i - 1] ?? 0),
    )
    lengths.push((lengths.at(-1) ?? 0) + step)
  }
  const whole = lengths.at(-1) ?? 0
  const along: number[] = []
  let at = 0
  for (let n = 0; n < LINE_SAMPLES; n += 1) {
    const wanted = (whole * n) / (LINE_SAMPLES - 1)
    while (at < lengths.length - 2 && (lengths[at + 1] ?? 0) < wanted) at += 1
    const from = lengths[at] ?? 0
    const share = wanted > from ? (wanted - from) / ((lengths[at + 1] ?? 0) - from) : 0
    for (const axis of [0, 1]) {
      const start = points[2 * at + axis] ?? 0
      along.push(start + share * ((points[2 * at + 2 + axis] ?? start) - start))
    }
  }
  return along
}
