import { turn } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/**
 * The rectangle with one side from `a` to `b` that reaches as far as `depth` on that point's side of it. Its rotation is
 * the direction from `a` to `b`, so the side is its own top, or its own bottom when `depth` lies to the left of it.
 * @returns stored corners `[x1, y1, x2, y2]` before turning, and degrees clockwise, 0 <= rotation < 360
 */
export function turnedRectangle(
  a: ImagePoint,
  b: ImagePoint,
  depth: ImagePoint,
): { points: number[]; rotation: number } {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const width = Math.hypot(dx, dy)
  const height = width === 0 ? 0 : (dx * (depth.y - a.y) - dy * (depth.x - a.x)) / width
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI
  const rotation = degrees < 0 ? degrees + 360 : degrees
  // The centre: half the side, then half the depth at a right angle to it (clockwise, y down).
  const middle = { x: a.x + dx / 2, y: a.y + dy / 2 }
  const out = turn({ x: 0, y: height / 2 }, { x: 0, y: 0 }, degrees)
  const centre = { x: middle.x + out.x, y: middle.y + out.y }
  const [w, h] = [width / 2, Math.abs(height) / 2]
  return { points: [centre.x - w, centre.y - h, centre.x + w, centre.y + h], rotation }
}
