/**
 * One shape as another type. What is exact and what is not, by target:
 * - `polygon`: exact for rectangles, masks (along pixels' edges), polylines; ellipses to a tenth of a pixel; a cuboid's outline.
 * - `polyline`: the polygon's outline, its first point repeated at the end.
 * - `mask`: the pixels whose centre is inside, cut to the picture.
 * - `rectangle`: the upright box around it; an ellipse keeps its turn, so that ellipse and rectangle go back and forth.
 * - `ellipse`: the one inside that rectangle.
 */
import { boundingBox } from './box.ts'
import { maskToPolygons } from './mask-contours.ts'
import { fillEllipseMask, polygonsToMask } from './mask-raster.ts'
import { maskBox } from './mask-spans.ts'
import { at } from './points.ts'
import { bridgeHoles } from './polygon-bridges.ts'
import { rectangleToPolygon, rotatePoints } from './rectangle.ts'
import { type FormType, isFlat } from './shape-rules.ts'

export const convertTargets = ['rectangle', 'polygon', 'polyline', 'ellipse', 'mask'] as const
export type ConvertTarget = (typeof convertTargets)[number]

/** What a shape is on its frame, as in src-shared/domain/annotation.ts. */
export interface Form {
  readonly type: FormType
  readonly points: readonly number[]
  /** Degrees, clockwise. */
  readonly rotation: number
}

/** Which types become which. Points and skeletons are places, not areas: only the box around them makes sense. */
export const conversions: Readonly<Record<FormType, readonly ConvertTarget[]>> = {
  rectangle: ['polygon', 'polyline', 'ellipse', 'mask'],
  polygon: ['rectangle', 'polyline', 'ellipse', 'mask'],
  polyline: ['rectangle', 'polygon'],
  points: ['rectangle'],
  ellipse: ['rectangle', 'polygon', 'polyline', 'mask'],
  cuboid: ['rectangle', 'polygon', 'mask'],
  mask: ['rectangle', 'polygon', 'polyline', 'ellipse'],
  skeleton: ['rectangle'],
}

export interface ConvertOptions {
  /** The picture, to which masks are cut; null while nobody knows its size. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Masks to outlines: the share of corners kept, 0 … 1. */
  readonly density?: number
}

/**
 * @param joints  a skeleton's joints as flat points; ignored for every other type
 * @returns the shapes it becomes: one, or several where a mask has several parts; [] when nothing is left (no area, no
 *   pixel's centre inside) or the table above has no such conversion
 */
export function convertForm(
  form: Form,
  to: ConvertTarget,
  { size, density = 1 }: ConvertOptions,
  joints: readonly number[] = [],
): Form[] {
  if (!conversions[form.type].includes(to)) return []
  return converted(form, to, size, density, joints).filter(
    ({ type, points }) => !isFlat(type, points),
  )
}

function converted(
  form: Form,
  to: ConvertTarget,
  size: ConvertOptions['size'],
  density: number,
  joints: readonly number[],
): Form[] {
  switch (to) {
    case 'polygon':
      return outlines(form, density).map((points) => plain('polygon', points))
    case 'polyline':
      return outlines(form, density).map((p) => plain('polyline', [...p, ...p.slice(0, 2)]))
    case 'mask': {
      const mask = pixelsOf(form, size ?? reachOf(form))
      return mask === null ? [] : [plain('mask', mask)]
    }
    case 'rectangle':
      return asList(boxFormOf(form, joints))
    case 'ellipse':
      return asList(boxFormOf(form, joints)).map(inscribed)
  }
}

const plain = (type: FormType, points: readonly number[]): Form => ({ type, points, rotation: 0 })
const asList = (form: Form | null): Form[] => (form ? [form] : [])

function outlines(form: Form, density: number): number[][] {
  const { type, points, rotation } = form
  switch (type) {
    case 'rectangle':
      return [rectangleToPolygon(points, rotation)]
    case 'ellipse':
      return [ellipseToPolygon(points, rotation)]
    case 'mask':
      return maskToPolygons(points, { density }).map(bridgeHoles)
    case 'cuboid':
      return [convexHull(points)]
    case 'polyline':
      return asPolygon(points)
    case 'polygon':
      return [[...points]]
    case 'points':
    case 'skeleton':
      return []
  }
}

/** A closed line says its first point twice, a polygon once. */
function asPolygon(line: readonly number[]): number[][] {
  const isClosed = at(line, 0) === line.at(-2) && at(line, 1) === line.at(-1)
  const points = isClosed ? line.slice(0, -2) : [...line]
  return points.length >= 6 ? [points] : []
}

/** Image pixels between the outline and the ellipse, at most. */
const DEVIATION = 0.1

/** @param points `[cx, cy, cx + rx, cy - ry]` */
export function ellipseToPolygon(points: readonly number[], degrees: number): number[] {
  const [cx, cy] = [at(points, 0), at(points, 1)]
  const [rx, ry] = [Math.abs(at(points, 2) - cx), Math.abs(cy - at(points, 3))]
  const half = Math.acos(Math.max(0, 1 - DEVIATION / Math.max(rx, ry, DEVIATION)))
  const count = Math.min(720, Math.max(12, Math.ceil(Math.PI / half)))
  const outline: number[] = []
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * i) / count
    outline.push(cx + rx * Math.cos(angle), cy + ry * Math.sin(angle))
  }
  return degrees === 0 ? outline : rotatePoints(outline, degrees, cx, cy)
}

function pixelsOf(
  form: Form,
  { width, height }: { width: number; height: number },
): number[] | null {
  if (form.type === 'ellipse') return fillEllipseMask(form.points, form.rotation, width, height)
  const polygons = outlines(form, 1).map((outer) => ({ outer, holes: [] }))
  return polygonsToMask(polygons, width, height)
}

/** A picture just large enough. */
function reachOf(form: Form): { width: number; height: number } {
  const box = boundingBox(outlines(form, 1).flat())
  return {
    width: Math.max(1, Math.ceil(box?.right ?? 1)),
    height: Math.max(1, Math.ceil(box?.bottom ?? 1)),
  }
}

function boxFormOf({ type, points, rotation }: Form, joints: readonly number[]): Form | null {
  if (type === 'ellipse') {
    const [cx, cy] = [at(points, 0), at(points, 1)]
    const [rx, ry] = [Math.abs(at(points, 2) - cx), Math.abs(cy - at(points, 3))]
    return { type: 'rectangle', points: [cx - rx, cy - ry, cx + rx, cy + ry], rotation }
  }
  if (type === 'rectangle') return { type, points, rotation }
  if (type === 'mask') {
    const { left, top, right, bottom } = maskBox(points)
    return plain('rectangle', [left, top, right, bottom])
  }
  const box = boundingBox(type === 'skeleton' ? joints : points)
  return box && plain('rectangle', [box.left, box.top, box.right, box.bottom])
}

function inscribed({ points, rotation }: Form): Form {
  const [x1, y1, x2, y2] = [at(points, 0), at(points, 1), at(points, 2), at(points, 3)]
  const [cx, cy] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const [right, top] = [Math.max(x1, x2), Math.min(y1, y2)]
  return { type: 'ellipse', points: [cx, cy, right, top], rotation }
}

/** The outline around points, clockwise on screen. @see Andrew 1979, monotone chain */
export function convexHull(flat: readonly number[]): number[] {
  const points: [number, number][] = []
  for (let i = 0; i + 1 < flat.length; i += 2) points.push([at(flat, i), at(flat, i + 1)])
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return [...halfHull(points), ...halfHull(points.toReversed())].flat()
}

function halfHull(points: readonly [number, number][]): [number, number][] {
  const hull: [number, number][] = []
  for (const point of points) {
    while (hull.length >= 2 && !turnsRight(hull.at(-2), hull.at(-1), point)) hull.pop()
    hull.push(point)
  }
  return hull.slice(0, -1)
}

function turnsRight(
  a: readonly [number, number] | undefined,
  b: readonly [number, number] | undefined,
  c: readonly [number, number],
): boolean {
  if (!a || !b) return true
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}
