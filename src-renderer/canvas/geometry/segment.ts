import type { ImagePoint } from './space.ts'

/** Image-pixel distance from `p` to the segment a-b. */
export function distanceToSegment(p: ImagePoint, a: ImagePoint, b: ImagePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2
  const near = Math.min(Math.max(t, 0), 1)
  return Math.hypot(p.x - a.x - near * dx, p.y - a.y - near * dy)
}
