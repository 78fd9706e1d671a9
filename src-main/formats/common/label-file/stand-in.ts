/**
 * Types the two tools do not have are drawn there as one they have: what they were stands beside it, in a key of ours that
 * both tools keep. Where a person has changed the drawing since, it is what it is now.
 */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { convertForm, ellipseToPolygon } from '#shared/geometry/convert.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import type { JsonObject } from '../json-values.ts'

/** Types that are told by a stand-in somewhere. */
export type StoodIn = Extract<ShapeType, 'ellipse' | 'cuboid' | 'points'>

/** What a shape is that is drawn as another type. */
export interface Original {
  readonly type: StoodIn
  readonly points: readonly number[]
  readonly rotation: number
}

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

const TYPES: ReadonlySet<unknown> = new Set<StoodIn>(['ellipse', 'cuboid', 'points'])

/** Only what is one of ours: any other key of that name is somebody else's. */
export function originalOf(value: unknown): Original | null {
  if (typeof value !== 'object' || value === null) return null
  const { type, points, rotation = 0 } = value as JsonObject
  if (!TYPES.has(type) || !Array.isArray(points) || !points.every(isCoordinate)) return null
  if (typeof rotation !== 'number' || !Number.isFinite(rotation)) return null
  const known = type as StoodIn
  return formProblem(known, points) === null ? { type: known, points, rotation } : null
}
