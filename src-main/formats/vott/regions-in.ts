/** VoTT's regions as shapes. */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { boxOfCorners } from '../common/corners.ts'
import { PART_OF } from '../common/joined-parts.ts'
import {
  asObject,
  asOptionalList,
  asOptionalObject,
  type JsonObject,
} from '../common/json-values.ts'
import { isUntouched, originalOf } from '../common/label-file/stand-in.ts'
import type { Refuse } from '../common/refuse.ts'

export interface VottShape {
  readonly type: ShapeType
  readonly points: number[]
  readonly rotation: number
}

export interface VottRegion {
  /** Null: it is no shape, `problem` says why. */
  readonly shape: VottShape | null
  readonly problem: string
  readonly tags: readonly string[]
  readonly occluded: boolean
  readonly attributes: JsonObject
  readonly partOf: string | null
}

/** @throws DATASET_INVALID for what is no region at all */
export function parseRegion(value: unknown, where: string, refuse: Refuse): VottRegion {
  const region = asObject(value, where, refuse)
  const { [PART_OF]: partOf } = region
  const tags = asOptionalList(region.tags, `${where}.tags`, refuse)
  const shape = shapeIn(region, where, refuse)
  const problem = shape === null ? null : formProblem(shape.type, shape.points)
  return {
    shape: problem === null ? shape : null,
    problem:
      shape === null
        ? 'regions of an unknown type were left out'
        : 'regions with too few points were left out',
    tags: tags.flatMap((tag) => (typeof tag === 'string' && tag !== '' ? [tag] : [])),
    occluded: region.occluded === true,
    attributes: asOptionalObject(region.attributes, `${where}.attributes`, refuse),
    partOf: typeof partOf === 'string' ? partOf : null,
  }
}

const TYPES: Readonly<Record<string, ShapeType>> = {
  ...{ RECTANGLE: 'rectangle', SQUARE: 'rectangle', POLYGON: 'polygon' },
  ...{ POLYLINE: 'polyline', POINT: 'points' },
}

function shapeIn(region: JsonObject, where: string, refuse: Refuse): VottShape | null {
  const points = pointsIn(region, where, refuse)
  const said = typeof region.type === 'string' ? TYPES[region.type.toUpperCase()] : undefined
  // Some scripts write no type, and nothing but a box.
  const type = said ?? (region.type === undefined ? 'rectangle' : null)
  if (type === null) return null
  if (type === 'rectangle') {
    return { type, points: boxIn(region, points, where, refuse), rotation: 0 }
  }
  if (type === 'polygon') return polygonIn(region, points)
  const box = type === 'points' && points.length === 0 ? boxIn(region, points, where, refuse) : null
  return { type, points: box === null ? points : box.slice(0, 2), rotation: 0 }
}

/** As long as nobody has moved a corner, it is what it was when it was written. */
function polygonIn(region: JsonObject, points: number[]): VottShape {
  const original = originalOf(region.original)
  if (original !== null && isUntouched(original, 'polygon', points)) {
    return { type: original.type, points: [...original.points], rotation: original.rotation }
  }
  const box = typeof region.rotation === 'number' ? boxOfCorners(points) : null
  if (box !== null && isSame(rectangleToPolygon(box.points, box.rotation), points)) {
    return { type: 'rectangle', ...box }
  }
  return { type: 'polygon', points, rotation: 0 }
}

/** Image pixels: four decimals, and what turning there and back costs. */
const SLACK = 0.001

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.every((n, i) => Math.abs(n - (b[i] ?? Number.NaN)) <= SLACK)
}

function pointsIn(region: JsonObject, where: string, refuse: Refuse): number[] {
  return asOptionalList(region.points, `${where}.points`, refuse).flatMap((point, i) => {
    const { x, y } = asObject(point, `${where}.points[${i}]`, refuse)
    const isPoint = isCoordinate(x) && isCoordinate(y)
    return isPoint ? [x, y] : refuse(`${where}.points[${i}]`, 'x and y must be numbers, in pixels')
  })
}

/** x1, y1, x2, y2; of a region without a box, around its points. */
function boxIn(
  region: JsonObject,
  points: readonly number[],
  where: string,
  refuse: Refuse,
): number[] {
  const at = `${where}.boundingBox`
  if (region.boundingBox === undefined || region.boundingBox === null) {
    const box = boundingBox(points)
    return box === null ? refuse(at, 'it is missing') : [box.left, box.top, box.right, box.bottom]
  }
  const { left, top, width, height } = asObject(region.boundingBox, at, refuse)
  const isBox = [left, top, width, height].every(isCoordinate)
  if (!isBox) refuse(at, 'left, top, width and height must be numbers, in pixels')
  const [x, y, w, h] = [left, top, width, height] as [number, number, number, number]
  if (w < 0 || h < 0) refuse(at, 'width and height must not be negative')
  return [x, y, x + w, y + h]
}
