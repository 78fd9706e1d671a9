/** Drawings that both tools have alike. */
import { at } from '#shared/geometry/points.ts'
import { isUpright, rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { type Drawing, type Form, pairs } from './dialect.ts'
import { drawnAs, type Original } from './stand-in.ts'

/** Of what both draw alike; null for every other type. */
export function commonDrawing({ type, points, rotation }: Form): Drawing | null {
  switch (type) {
    case 'polygon':
      return { type: 'polygon', points: pairs(points) }
    case 'polyline':
      return { type: 'linestrip', points: pairs(points) }
    case 'ellipse':
      return isRound(points) && (rotation === 0 || isPoint(points))
        ? circle(points)
        : standIn({ type, points, rotation })
    default:
      return null
  }
}

/** Corners of a turned rectangle, from its upper left one round; null for one that stands upright. */
export function turnedCorners({ points, rotation }: Form): readonly number[] | null {
  return isUpright(rotation) ? null : rectangleToPolygon(points, rotation)
}

export function standIn(original: Original): Drawing {
  const { type, points } = drawnAs(original)
  return { type, points: pairs(points), original }
}

/** A circle is told by its centre and a point of its rim. */
function circle(points: readonly number[]): Drawing {
  const [cx, cy] = [at(points, 0), at(points, 1)]
  return {
    type: 'circle',
    points: [
      [cx, cy],
      [at(points, 2), cy],
    ],
  }
}

function isRound(points: readonly number[]): boolean {
  const [rx, ry] = [at(points, 2) - at(points, 0), at(points, 1) - at(points, 3)]
  return rx >= 0 && Math.abs(rx - ry) < 1e-9
}

function isPoint(points: readonly number[]): boolean {
  return at(points, 0) === at(points, 2) && at(points, 1) === at(points, 3)
}
