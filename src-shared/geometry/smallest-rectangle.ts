/**
 * The smallest rectangle around points, turned as it may be. One of its sides lies along an edge of their convex hull
 * (Freeman and Shapira 1975), so that each edge is tried.
 */
import { at } from './points.ts'

export interface TurnedRectangle {
  /** `[x1, y1, x2, y2]`, before it is turned about its centre. */
  readonly points: [number, number, number, number]
  /** Degrees clockwise on screen, 0 up to 90. */
  readonly rotation: number
}

/** @param points  flat, at least one */
export function smallestRectangle(points: readonly number[]): TurnedRectangle {
  const hull = convexHull(points)
  let best = extentAlong(hull, 0)
  for (const [i, [x, y]] of hull.entries()) {
    const [nextX, nextY] = hull[(i + 1) % hull.length] as Corner
    const angle = Math.atan2(nextY - y, nextX - x)
    const found = extentAlong(hull, angle)
    if (found.area < best.area - 1e-9) best = found
  }
  return toRectangle(best)
}

type Corner = readonly [x: number, y: number]

/** Corners of the convex hull, in order, no three on a line (Andrew 1979). */
function convexHull(points: readonly number[]): Corner[] {
  const corners: Corner[] = []
  for (let i = 0; i + 1 < points.length; i += 2) corners.push([at(points, i), at(points, i + 1)])
  corners.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const lower = halfHull(corners)
  const upper = halfHull(corners.reverse())
  const hull = [...lower.slice(0, -1), ...upper.slice(0, -1)]
  return hull.length > 0 ? hull : corners.slice(0, 1)
}

function halfHull(corners: readonly Corner[]): Corner[] {
  const half: Corner[] = []
  for (const corner of corners) {
    while (half.length > 1 && turn(half.at(-2) as Corner, half.at(-1) as Corner, corner) <= 0) {
      half.pop()
    }
    half.push(corner)
  }
  return half
}

function turn([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

interface Extent {
  readonly angle: number
  readonly area: number
  /** Along the angle (u) and across it (v). */
  readonly u: readonly [least: number, most: number]
  readonly v: readonly [least: number, most: number]
}

function extentAlong(hull: readonly Corner[], angle: number): Extent {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const u = hull.map(([x, y]) => cos * x + sin * y)
  const v = hull.map(([x, y]) => cos * y - sin * x)
  const range = (list: number[]): [number, number] => [
    list.reduce((a, b) => Math.min(a, b)),
    list.reduce((a, b) => Math.max(a, b)),
  ]
  const [us, vs] = [range(u), range(v)]
  return { angle, area: (us[1] - us[0]) * (vs[1] - vs[0]), u: us, v: vs }
}

/** Turned by quarters until it is turned by less than one. */
function toRectangle({ angle, u, v }: Extent): TurnedRectangle {
  const [along, across] = [(u[0] + u[1]) / 2, (v[0] + v[1]) / 2]
  const cx = Math.cos(angle) * along - Math.sin(angle) * across
  const cy = Math.sin(angle) * along + Math.cos(angle) * across
  const quarters = Math.floor(angle / (Math.PI / 2) + 1e-12)
  const isSwapped = quarters % 2 !== 0
  const [length, breadth] = [(u[1] - u[0]) / 2, (v[1] - v[0]) / 2]
  const [dx, dy] = isSwapped ? [breadth, length] : [length, breadth]
  const rotation = ((angle - (quarters * Math.PI) / 2) * 180) / Math.PI
  return { points: [cx - dx, cy - dy, cx + dx, cy + dy], rotation: Math.max(0, rotation) }
}
