/** VIA's regions as shapes. */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { boxOfCorners } from '../common/corners.ts'
import type { JsonObject } from '../common/json-values.ts'
import { toDegrees } from '../common/read-attributes.ts'
import type { Refuse } from '../common/refuse.ts'
import type { ViaRegion } from './images.ts'
import { ROTATION } from './words.ts'

export interface ViaShape {
  readonly type: ShapeType
  readonly points: number[]
  readonly rotation: number
}

/** @returns null for a region that is none: of an unknown name, or with too few points */
export function shapeOf(region: ViaRegion, refuse: Refuse): ViaShape | null {
  const { shape, where } = region
  const number = (key: string): number => numberIn(shape, key, where, refuse)
  switch (shape.name) {
    case 'rect': {
      const [x, y, width, height] = [number('x'), number('y'), number('width'), number('height')]
      if (width < 0 || height < 0) refuse(where, 'width and height must not be negative')
      return { type: 'rectangle', points: [x, y, x + width, y + height], rotation: 0 }
    }
    case 'circle': {
      const [cx, cy, r] = [number('cx'), number('cy'), Math.abs(number('r'))]
      return { type: 'ellipse', points: [cx, cy, cx + r, cy - r], rotation: 0 }
    }
    case 'ellipse':
      return ellipseOf(shape, where, refuse)
    case 'point':
      return { type: 'points', points: [number('cx'), number('cy')], rotation: 0 }
    case 'polygon':
      return polygonOf(pointsIn(shape, where, refuse), region)
    case 'polyline': {
      const points = pointsIn(shape, where, refuse)
      return points.length < 4 ? null : { type: 'polyline', points, rotation: 0 }
    }
    default:
      return null
  }
}

function ellipseOf(shape: JsonObject, where: string, refuse: Refuse): ViaShape {
  const number = (key: string): number => numberIn(shape, key, where, refuse)
  const [cx, cy, rx, ry] = [number('cx'), number('cy'), number('rx'), number('ry')]
  const theta = shape.theta === undefined || shape.theta === null ? 0 : number('theta')
  return {
    type: 'ellipse',
    points: [cx, cy, cx + Math.abs(rx), cy - Math.abs(ry)],
    rotation: toDegrees((theta * 180) / Math.PI),
  }
}

/** Turned rectangles of ours are polygons there. */
function polygonOf(points: number[], { attributes, isClosed }: ViaRegion): ViaShape | null {
  const isRepeated = points[0] === points.at(-2) && points[1] === points.at(-1)
  const open = isClosed && isRepeated ? points.slice(0, -2) : points
  if (open.length < 6) return null
  return turnedRectangle(open, attributes) ?? { type: 'polygon', points: open, rotation: 0 }
}

/** Image pixels: three decimals, and what turning there and back costs. */
const SLACK = 0.01

/** As long as it is the rectangle it was when it was written. */
function turnedRectangle(points: readonly number[], attributes: JsonObject): ViaShape | null {
  if (attributes[ROTATION] === undefined || attributes[ROTATION] === '') return null
  const box = boxOfCorners(points)
  if (box === null) return null
  const corners = rectangleToPolygon(box.points, box.rotation)
  const isSame = corners.every((n, i) => Math.abs(n - (points[i] ?? Number.NaN)) <= SLACK)
  return isSame ? { type: 'rectangle', ...box } : null
}

function pointsIn(shape: JsonObject, where: string, refuse: Refuse): number[] {
  const [xs, ys] = [shape.all_points_x, shape.all_points_y]
  if (!Array.isArray(xs) || !Array.isArray(ys)) {
    refuse(where, 'it needs the lists all_points_x and all_points_y')
  }
  if (xs.length !== ys.length) refuse(where, `it has ${xs.length} x and ${ys.length} y`)
  return xs.flatMap((x: unknown, i) => {
    const y: unknown = ys[i]
    return isCoordinate(x) && isCoordinate(y)
      ? [x, y]
      : refuse(`${where}, point ${i + 1}`, 'it must be two numbers, in pixels')
  })
}

function numberIn(shape: JsonObject, key: string, where: string, refuse: Refuse): number {
  const value = shape[key]
  // Some scripts write numbers as text.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return isCoordinate(number) ? number : refuse(`${where}.${key}`, 'it must be a number, in pixels')
}
