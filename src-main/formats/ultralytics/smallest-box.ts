import { boundingBox } from '#shared/geometry/box.ts'
import { convexHull } from '#shared/geometry/convert.ts'
import { rectangleToPolygon, rotatePoints } from '#shared/geometry/rectangle.ts'
import type { TurnedBox } from '../common/corners.ts'

/** Of the edges of a rounder hull a part is tried: they differ by less than half a degree. */
const MOST_EDGES = 720

/**
 * The turned rectangle of the least area around points; it lies along an edge of their hull. Of its four ways to be told
 * the one whose corners are nearest to the points counts, where these are four: then width, height and turn are theirs.
 * @param points  flat, image pixels
 * @see Freeman and Shapira 1975
 */
export function smallestBox(points: readonly number[]): TurnedBox {
  const hull = convexHull(points)
  const corners = hull.length < 4 ? [...points] : hull
  let best: { area: number; box: TurnedBox } | null = null
  const step = 2 * Math.ceil(corners.length / 2 / MOST_EDGES)
  for (let i = 0; i + 1 < corners.length; i += step) {
    const j = (i + 2) % corners.length
    const [dx, dy] = [num(corners, j) - num(corners, i), num(corners, j + 1) - num(corners, i + 1)]
    const { area, box } = boxAlong(corners, (Math.atan2(dy, dx) * 180) / Math.PI)
    if (best === null || area < best.area - 1e-9) best = { area, box }
  }
  const { box } = best ?? boxAlong(corners, 0)
  return points.length === 8 ? nearestOf(box, points) : box
}

/** The box of a given turn around points. */
function boxAlong(points: readonly number[], degrees: number): { area: number; box: TurnedBox } {
  const upright = boundingBox(rotatePoints(points, -degrees, 0, 0))
  const { left, top, right, bottom } = upright ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const [width, height] = [right - left, bottom - top]
  const [cx = 0, cy = 0] = rotatePoints([(left + right) / 2, (top + bottom) / 2], degrees, 0, 0)
  return { area: width * height, box: around(cx, cy, width, height, degrees) }
}

function around(cx: number, cy: number, width: number, height: number, degrees: number): TurnedBox {
  const points = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2]
  return { points, rotation: ((degrees % 360) + 360) % 360 }
}

function nearestOf(box: TurnedBox, corners: readonly number[]): TurnedBox {
  const [x1, y1, x2, y2] = box.points as [number, number, number, number]
  const [cx, cy, width, height] = [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1]
  const ways = [0, 90, 180, 270].map((turn) =>
    turn % 180 === 0
      ? around(cx, cy, width, height, box.rotation + turn)
      : around(cx, cy, height, width, box.rotation + turn),
  )
  const distances = ways.map((way) =>
    distance(rectangleToPolygon(way.points, way.rotation), corners),
  )
  return ways[distances.indexOf(Math.min(...distances))] ?? box
}

function distance(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i + 1 < a.length; i += 2) {
    sum += Math.hypot(num(a, i) - num(b, i), num(a, i + 1) - num(b, i + 1))
  }
  return sum
}

function num(list: readonly number[], i: number): number {
  return list[i] ?? 0
}
