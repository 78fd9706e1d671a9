import { hitMask, maskPixelCount } from './mask-hit.ts'
import { distanceToSegment } from './segment.ts'
import { at, ellipseOf, type Outline, rectangleCorners, shapeBox, turn } from './shape-box.ts'
import { touchesSkeleton } from './skeleton.ts'
import type { ImagePoint } from './space.ts'

export { distanceToSegment }

/** Even-odd rule over flat points, not closed. */
export function insidePolygon(p: ImagePoint, points: ArrayLike<number>): boolean {
  let inside = false
  const n = points.length / 2
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const [xi, yi] = [at(points, 2 * i), at(points, 2 * i + 1)]
    const [xj, yj] = [at(points, 2 * j), at(points, 2 * j + 1)]
    if (yi > p.y !== yj > p.y && p.x < ((xj - xi) * (p.y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** The edge (index of its first vertex) nearest to `p` and its distance in image pixels. */
export function nearestEdge(
  p: ImagePoint,
  points: ArrayLike<number>,
  closed: boolean,
): { index: number; distance: number } {
  const n = Math.floor(points.length / 2)
  const count = closed ? n : n - 1
  let index = -1
  let least = Infinity
  // Plain numbers: a line of a million points is looked through on every move of the pointer.
  for (let i = 0; i < count; i++) {
    const j = i + 1 === n ? 0 : i + 1
    const ax = at(points, 2 * i)
    const ay = at(points, 2 * i + 1)
    const dx = at(points, 2 * j) - ax
    const dy = at(points, 2 * j + 1) - ay
    const length2 = dx * dx + dy * dy
    const t = length2 === 0 ? 0 : ((p.x - ax) * dx + (p.y - ay) * dy) / length2
    const near = t < 0 ? 0 : t > 1 ? 1 : t
    const ex = p.x - ax - near * dx
    const ey = p.y - ay - near * dy
    const distance2 = ex * ex + ey * ey
    if (distance2 >= least) continue
    least = distance2
    index = i
  }
  return { index, distance: Math.sqrt(least) }
}

/** The vertex nearest to `p`; index -1 when there is none. */
export function nearestVertex(
  p: ImagePoint,
  points: ArrayLike<number>,
): { index: number; distance: number } {
  let index = -1
  let least = Infinity
  for (let i = 0; i + 1 < points.length; i += 2) {
    const dx = p.x - at(points, i)
    const dy = p.y - at(points, i + 1)
    const distance2 = dx * dx + dy * dy
    if (distance2 >= least) continue
    least = distance2
    index = i / 2
  }
  return { index, distance: Math.sqrt(least) }
}

function hitRectangle(shape: Outline, p: ImagePoint, tolerance: number): boolean {
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((i) => at(shape.points, i)) as [
    number,
    number,
    number,
    number,
  ]
  const q = turn(p, { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, -shape.rotation)
  const inX = q.x >= Math.min(x1, x2) - tolerance && q.x <= Math.max(x1, x2) + tolerance
  return inX && q.y >= Math.min(y1, y2) - tolerance && q.y <= Math.max(y1, y2) + tolerance
}

function hitEllipse(shape: Outline, p: ImagePoint, tolerance: number): boolean {
  const { centre, rx, ry } = ellipseOf(shape.points)
  const q = turn(p, centre, -shape.rotation)
  const [dx, dy] = [(q.x - centre.x) / (rx + tolerance), (q.y - centre.y) / (ry + tolerance)]
  return dx * dx + dy * dy <= 1
}

/** The six faces by corner, in CVAT's order of a cuboid's eight points: pairs top/bottom FL, FR, BR, BL. */
const CUBOID_FACES = [
  [0, 1, 3, 2],
  [2, 3, 5, 4],
  [4, 5, 7, 6],
  [6, 7, 1, 0],
  [0, 2, 4, 6],
  [1, 3, 5, 7],
] as const

/** Faces of a cuboid as flat points, for painting and hits. */
export function cuboidFaces(points: ArrayLike<number>): number[][] {
  return CUBOID_FACES.map((face) => face.flatMap((i) => [at(points, 2 * i), at(points, 2 * i + 1)]))
}

/** Does `p` touch the shape, with `tolerance` image pixels around its border? */
export function hitShape(shape: Outline, p: ImagePoint, tolerance: number): boolean {
  switch (shape.type) {
    case 'rectangle':
      return hitRectangle(shape, p, tolerance)
    case 'ellipse':
      return hitEllipse(shape, p, tolerance)
    case 'polygon':
      return (
        insidePolygon(p, shape.points) || nearestEdge(p, shape.points, true).distance <= tolerance
      )
    case 'polyline':
      return nearestEdge(p, shape.points, false).distance <= 1.5 * tolerance
    case 'points':
      return nearestVertex(p, shape.points).distance <= 2 * tolerance
    case 'mask':
      return hitMask(p, shape.points)
    case 'cuboid':
      return cuboidFaces(shape.points).some((face) => insidePolygon(p, face))
    case 'skeleton': {
      const box = shapeBox(shape)
      if (shape.elements?.every((joint) => joint.outside)) return false
      const inside = p.x >= box.x1 && p.x <= box.x2 && p.y >= box.y1 && p.y <= box.y2
      return inside || touchesSkeleton(shape, p, tolerance)
    }
  }
}

/**
 * A skeleton's box is mostly air. It counts as touched there, as in CVAT, so that a small one can be taken at all; but
 * whatever else lies under the pointer goes first.
 */
export function isLooseHit(shape: Outline, p: ImagePoint, tolerance: number): boolean {
  return shape.type === 'skeleton' && !touchesSkeleton(shape, p, tolerance)
}

/** What competes on overlap: the smaller area wins, whatever the type. */
export function shapeArea(shape: Outline): number {
  if (shape.type === 'mask') return maskPixelCount(shape.points)
  const corners =
    shape.type === 'polygon'
      ? shape.points
      : shape.type === 'rectangle'
        ? rectangleCorners(shape.points, 0).flatMap((p) => [p.x, p.y])
        : null
  if (corners) return Math.abs(signedArea(corners))
  const box = shapeBox(shape)
  return (box.x2 - box.x1) * (box.y2 - box.y1)
}

/** Shoelace area, positive when the points run clockwise on screen. */
export function signedArea(points: ArrayLike<number>): number {
  let sum = 0
  const n = points.length
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    sum += at(points, j) * at(points, i + 1) - at(points, i) * at(points, j + 1)
  }
  return sum / 2
}
