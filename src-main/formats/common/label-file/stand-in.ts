/**
 * Types the two tools do not have are drawn there as one they have: what they were stands beside it, in a key of ours that
 * both tools keep. Where a person has changed the drawing since, it is what it is now.
 */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { convertForm, ellipseToPolygon } from '#shared/geometry/convert.ts'
import type { Original } from './parse.ts'

/** Image pixels: tools keep every digit, people's scripts may round. */
const SAME = 0.01

/** As a polygon, or a line through all points of a point set. */
export function drawnAs({ type, points, rotation }: Original): {
  readonly type: 'polygon' | 'linestrip'
  readonly points: readonly number[]
} {
  if (type === 'points') return { type: 'linestrip', points }
  if (type === 'ellipse') return { type: 'polygon', points: ellipseToPolygon(points, rotation) }
  const [outline] = convertForm({ type, points, rotation }, 'polygon', { size: null })
  return { type: 'polygon', points: outline?.points ?? points }
}

/** Whether a drawing is still the one that was made of it. */
export function isUntouched(original: Original, type: string, points: readonly number[]): boolean {
  const drawn = drawnAs(original)
  if (drawn.type !== type || drawn.points.length !== points.length) return false
  return drawn.points.every((value, i) => Math.abs(value - (points[i] ?? Number.NaN)) <= SAME)
}

/** Types that are told by a stand-in somewhere. */
export type StoodIn = Extract<ShapeType, 'ellipse' | 'cuboid' | 'points'>
