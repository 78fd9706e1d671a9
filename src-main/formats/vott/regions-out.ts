/** Shapes as VoTT's regions. What VoTT has no word for stands beside them in keys it leaves alone. */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import { isUpright, rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { maskParts, PART_OF } from '../common/joined-parts.ts'
import { drawnAs, type Original } from '../common/label-file/stand-in.ts'

export interface Drawing {
  readonly type: 'RECTANGLE' | 'POLYGON' | 'POLYLINE' | 'POINT'
  /** Flat. */
  readonly points: readonly number[]
  /** What VoTT has no word for. */
  readonly more: Readonly<Record<string, unknown>>
}

interface Form {
  readonly type: ShapeType
  readonly points: readonly number[]
  /** Degrees, clockwise on screen. */
  readonly rotation: number
}

/** @param number  of the shape among those of its picture, to tell whose parts they are */
export function drawingsOf({ type, points, rotation }: Form, number: number): Drawing[] {
  switch (type) {
    case 'rectangle': {
      const corners = rectangleToPolygon(points, rotation)
      return isUpright(rotation)
        ? [{ type: 'RECTANGLE', points: rectangleToPolygon(sorted(points), 0), more: {} }]
        : [{ type: 'POLYGON', points: corners, more: { rotation } }]
    }
    case 'polygon':
      return [{ type: 'POLYGON', points, more: {} }]
    case 'polyline':
      return [{ type: 'POLYLINE', points, more: {} }]
    case 'ellipse':
    case 'cuboid': {
      const original: Original = { type, points: points.map(digits), rotation }
      return [{ type: 'POLYGON', points: drawnAs(original).points, more: { original } }]
    }
    case 'points': {
      const more = points.length > 2 ? { [PART_OF]: `points ${number}` } : {}
      return Array.from({ length: points.length / 2 }, (_, i) => ({
        ...{ type: 'POINT' as const, points: points.slice(2 * i, 2 * i + 2), more },
      }))
    }
    case 'mask':
      return maskParts(points).map((part) => ({
        ...{ type: 'POLYGON' as const, points: part, more: { [PART_OF]: `mask ${number}` } },
      }))
    case 'skeleton':
      return []
  }
}

function sorted([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): number[] {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

/** A region as VoTT writes it: the box around it in any case, then its points. */
export function regionOf(
  { type, points, more }: Drawing,
  { id, tag, facts }: { id: string; tag: string; facts: Readonly<Record<string, unknown>> },
): unknown {
  const all = points.map(digits)
  const box = boundingBox(all) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  return {
    ...{ id, type, tags: [tag] },
    boundingBox: {
      height: digits(box.bottom - box.top),
      width: digits(box.right - box.left),
      left: box.left,
      top: box.top,
    },
    points: Array.from({ length: all.length / 2 }, (_, i) => ({
      x: all[2 * i],
      y: all[2 * i + 1],
    })),
    ...facts,
    ...more,
  }
}

/** To a ten-thousandth of a pixel. */
function digits(x: number): number {
  return Math.round(x * 1e4) / 1e4 + 0
}
