/** How much areas have in common: intersection over union, 0 … 1. */
import { combinePolygons, partArea } from './boolean-polygons.ts'
import { type Box, boxArea } from './box.ts'

/** Of two upright boxes; 0 where one is missing or neither has an area. */
export function boxOverlap(a: Box | null, b: Box | null): number {
  if (!a || !b) return 0
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  const common = Math.max(0, width) * Math.max(0, height)
  const whole = boxArea(a) + boxArea(b) - common
  return whole > 0 ? common / whole : 0
}

/** Of two flat, unclosed polygons, self-crossing or not; 0 where one has no area. Exact but for rounding. */
export function polygonOverlap(a: readonly number[], b: readonly number[]): number {
  const areaOf = (polygons: readonly (readonly number[])[]) =>
    combinePolygons('intersect', polygons).reduce((sum, part) => sum + partArea(part), 0)
  const [left, right] = [areaOf([a]), areaOf([b])]
  if (left === 0 || right === 0) return 0
  const common = areaOf([a, b])
  return common / (left + right - common)
}
