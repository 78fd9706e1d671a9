/** Annotations as VIA's regions. */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { at } from '#shared/geometry/points.ts'
import { isUpright, rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { maskParts, PART_OF } from '../common/joined-parts.ts'
import { ROTATION } from './words.ts'

export interface Region {
  readonly shape_attributes: Readonly<Record<string, unknown>>
  readonly region_attributes: Readonly<Record<string, unknown>>
}

interface Form {
  readonly type: ShapeType
  readonly points: readonly number[]
  /** Degrees, clockwise on screen. */
  readonly rotation: number
}

/**
 * The regions of one shape: several of a mask in pieces and of a point set. None of what VIA has no region for.
 * @param number  of the shape among those of its picture, to tell whose parts they are
 */
export function regionsOf(
  form: Form,
  attributes: Region['region_attributes'],
  number: number,
): Region[] {
  const { points, rotation } = form
  const one = (shape: Region['shape_attributes'], more = {}): Region => ({
    shape_attributes: shape,
    region_attributes: { ...attributes, ...more },
  })
  switch (form.type) {
    case 'rectangle':
      return isUpright(rotation)
        ? [one(rect(points))]
        : [
            one(outline('polygon', rectangleToPolygon(points, rotation)), {
              [ROTATION]: String(rotation),
            }),
          ]
    case 'polygon':
    case 'polyline':
      return [one(outline(form.type, points))]
    case 'ellipse':
      return [one(ellipse(form))]
    case 'points': {
      const more = points.length > 2 ? { [PART_OF]: `points ${number}` } : {}
      return points.flatMap((_, i) =>
        i % 2 === 0
          ? one({ name: 'point', cx: digits(at(points, i)), cy: digits(at(points, i + 1)) }, more)
          : [],
      )
    }
    case 'mask':
      return maskParts(points).map((part) =>
        one(outline('polygon', part), { [PART_OF]: `mask ${number}` }),
      )
    case 'cuboid':
    case 'skeleton':
      return []
  }
}

function rect(points: readonly number[]): Region['shape_attributes'] {
  const [x1, y1, x2, y2] = points.map(digits) as [number, number, number, number]
  return {
    ...{ name: 'rect', x: Math.min(x1, x2), y: Math.min(y1, y2) },
    ...{ width: digits(Math.abs(x2 - x1)), height: digits(Math.abs(y2 - y1)) },
  }
}

function outline(
  name: 'polygon' | 'polyline',
  points: readonly number[],
): Region['shape_attributes'] {
  const all = points.map(digits)
  return {
    name,
    all_points_x: all.filter((_, i) => i % 2 === 0),
    all_points_y: all.filter((_, i) => i % 2 === 1),
  }
}

/** VIA turns in radians. */
function ellipse({ points, rotation }: Form): Region['shape_attributes'] {
  const [cx, cy] = [at(points, 0), at(points, 1)]
  const [rx, ry] = [Math.abs(at(points, 2) - cx), Math.abs(cy - at(points, 3))]
  const theta = Math.round(((rotation * Math.PI) / 180) * 1e6) / 1e6
  return { name: 'ellipse', cx: digits(cx), cy: digits(cy), rx: digits(rx), ry: digits(ry), theta }
}

/** Three decimals, as VIA writes. */
function digits(x: number): number {
  return Math.round(x * 1000) / 1000 + 0
}
