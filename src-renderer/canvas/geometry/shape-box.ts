import type { ShapeType } from '#shared/domain/annotation.ts'
import type { ImageBox, ImagePoint } from './space.ts'

/** The part of a shape that geometry needs; both the page's and the worker's shapes have it. */
export interface Outline {
  readonly type: ShapeType
  readonly points: ArrayLike<number>
  readonly rotation: number
  /** A skeleton's joints, where its points are not yet the visible ones of them. */
  readonly elements?: readonly { readonly points: ArrayLike<number>; readonly outside: boolean }[]
  /** Skeletons: edges by index into the joints. */
  readonly skeleton?: { readonly edges: readonly (readonly [number, number])[] } | null
}

/** The n-th coordinate; a missing one (a malformed shape) counts as 0 rather than drawing NaN. */
export const at = (points: ArrayLike<number>, index: number): number => points[index] ?? 0

/** Turns `p` about `centre` by degrees clockwise on screen. */
export function turn(p: ImagePoint, centre: ImagePoint, degrees: number): ImagePoint {
  if (degrees === 0) return p
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [dx, dy] = [p.x - centre.x, p.y - centre.y]
  return { x: centre.x + cos * dx - sin * dy, y: centre.y + sin * dx + cos * dy }
}

/** The four corners of a rectangle as it lies in the picture, clockwise from its own top-left. */
export function rectangleCorners(points: ArrayLike<number>, rotation: number): ImagePoint[] {
  const [x1, y1, x2, y2] = [at(points, 0), at(points, 1), at(points, 2), at(points, 3)]
  const centre = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
  const corners = [
    { x: x1, y: y1 },
    { x: x2, y: y1 },
    { x: x2, y: y2 },
    { x: x1, y: y2 },
  ]
  return corners.map((corner) => turn(corner, centre, rotation))
}

/** Centre and radii of an ellipse's four numbers. */
export function ellipseOf(points: ArrayLike<number>): {
  centre: ImagePoint
  rx: number
  ry: number
} {
  const centre = { x: at(points, 0), y: at(points, 1) }
  return {
    centre,
    rx: Math.abs(at(points, 2) - centre.x),
    ry: Math.abs(centre.y - at(points, 3)),
  }
}

/** The unrotated box `[x1, y1, x2, y2]` of a rectangle or an ellipse. */
export function boxCorners(shape: Outline): number[] {
  if (shape.type !== 'ellipse') return [0, 1, 2, 3].map((i) => at(shape.points, i))
  const { centre, rx, ry } = ellipseOf(shape.points)
  return [centre.x - rx, centre.y - ry, centre.x + rx, centre.y + ry]
}

/** The stored numbers of a rectangle or an ellipse whose unrotated box is `[x1, y1, x2, y2]`. */
export function boxToPoints(type: ShapeType, box: readonly number[]): number[] {
  const [x1, y1, x2, y2] = [at(box, 0), at(box, 1), at(box, 2), at(box, 3)]
  return type === 'ellipse' ? [(x1 + x2) / 2, (y1 + y2) / 2, x2, y1] : [x1, y1, x2, y2]
}

/** Plain loops: this runs over every point of the frame before its first paint. */
function boxOfPoints(points: ArrayLike<number>): ImageBox {
  let x1 = Infinity
  let y1 = Infinity
  let x2 = -Infinity
  let y2 = -Infinity
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = at(points, i)
    const y = at(points, i + 1)
    if (x < x1) x1 = x
    if (x > x2) x2 = x
    if (y < y1) y1 = y
    if (y > y2) y2 = y
  }
  return { x1, y1, x2, y2 }
}

function boxOfEllipse(shape: Outline): ImageBox {
  const { centre, rx, ry } = ellipseOf(shape.points)
  const angle = (shape.rotation * Math.PI) / 180
  const halfW = Math.hypot(rx * Math.cos(angle), ry * Math.sin(angle))
  const halfH = Math.hypot(rx * Math.sin(angle), ry * Math.cos(angle))
  return {
    x1: centre.x - halfW,
    y1: centre.y - halfH,
    x2: centre.x + halfW,
    y2: centre.y + halfH,
  }
}

/** A mask's stored box is inclusive pixels, so its far edges are one further. */
function boxOfMask(points: ArrayLike<number>): ImageBox {
  const n = points.length
  return {
    x1: at(points, n - 4),
    y1: at(points, n - 3),
    x2: at(points, n - 2) + 1,
    y2: at(points, n - 1) + 1,
  }
}

/** The upright box around a shape as it lies in the picture, rotation included. */
export function shapeBox(shape: Outline): ImageBox {
  switch (shape.type) {
    case 'mask':
      return boxOfMask(shape.points)
    case 'ellipse':
      return boxOfEllipse(shape)
    case 'rectangle': {
      if (shape.rotation === 0) return boxOfPoints(shape.points)
      return boxOfPoints(rectangleCorners(shape.points, shape.rotation).flatMap((p) => [p.x, p.y]))
    }
    case 'skeleton':
      return boxOfPoints(shape.points.length > 0 ? shape.points : jointsOf(shape))
    default:
      return boxOfPoints(shape.points)
  }
}

/** Of the joints that are seen; of all when none is. */
function jointsOf({ elements = [] }: Outline): number[] {
  const seen = elements.filter((joint) => !joint.outside)
  return (seen.length > 0 ? seen : elements).flatMap((joint) => Array.from(joint.points))
}

/** The smallest box around all of them; null for none. */
export function unionBox(boxes: readonly ImageBox[]): ImageBox | null {
  if (boxes.length === 0) return null
  return {
    x1: Math.min(...boxes.map((box) => box.x1)),
    y1: Math.min(...boxes.map((box) => box.y1)),
    x2: Math.max(...boxes.map((box) => box.x2)),
    y2: Math.max(...boxes.map((box) => box.y2)),
  }
}
