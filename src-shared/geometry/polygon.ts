import { at } from './points.ts'

/** Shoelace area of a flat, unclosed polygon in square pixels, whatever its direction. Not COCO's `area`, which counts pixels. */
export function polygonArea(points: readonly number[]): number {
  return Math.abs(signedPolygonArea(points))
}

/** Positive when the points run clockwise on screen (y down). */
export function signedPolygonArea(points: readonly number[]): number {
  const n = points.length - (points.length % 2)
  let twice = 0
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n
    twice += at(points, i) * at(points, j + 1) - at(points, j) * at(points, i + 1)
  }
  return twice / 2
}

/** Even-odd rule: a hole drawn into the outline is outside. Points exactly on an edge may fall either way. */
export function isPointInPolygon(x: number, y: number, points: readonly number[]): boolean {
  let inside = false
  const n = points.length - (points.length % 2)
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const yi = at(points, i + 1)
    const yj = at(points, j + 1)
    if (yi > y === yj > y) continue
    const xi = at(points, i)
    const crossing = xi + ((at(points, j) - xi) * (y - yi)) / (yj - yi)
    if (x < crossing) inside = !inside
  }
  return inside
}

/** Distance from a point to the segment (ax, ay) – (bx, by), in the unit of the input. */
export function distanceToSegment(
  x: number,
  y: number,
  [ax, ay, bx, by]: readonly [number, number, number, number],
): number {
  const dx = bx - ax
  const dy = by - ay
  const lengthSquared = dx * dx + dy * dy
  const along = lengthSquared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / lengthSquared
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - (ax + t * dx), y - (ay + t * dy))
}

/** Distance to the nearest edge of a flat point list; `closed` joins the last point to the first. Infinity when empty. */
export function distanceToOutline(
  x: number,
  y: number,
  points: readonly number[],
  closed: boolean,
): number {
  const n = points.length - (points.length % 2)
  if (n === 2) return Math.hypot(x - at(points, 0), y - at(points, 1))
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < (closed ? n : n - 2); i += 2) {
    const j = (i + 2) % n
    const edge = [at(points, i), at(points, i + 1), at(points, j), at(points, j + 1)] as const
    best = Math.min(best, distanceToSegment(x, y, edge))
  }
  return best
}
