import { at } from './points.ts'

/** Turned by less than this a box counts as upright, as in Datumaro. */
const UPRIGHT_DEGREES = 1e-5

/** Whether a box of this rotation stands upright: whole turns do not turn it. @param degrees any number of turns */
export function isUpright(degrees: number): boolean {
  return Math.abs(degrees % 360) <= UPRIGHT_DEGREES
}

/**
 * Turn flat points about a centre.
 * @param degrees clockwise on screen
 */
export function rotatePoints(
  points: readonly number[],
  degrees: number,
  cx: number,
  cy: number,
): number[] {
  const radians = (degrees * Math.PI) / 180
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  const turned: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const dx = at(points, i) - cx
    const dy = at(points, i + 1) - cy
    turned.push(cx + cos * dx - sin * dy, cy + sin * dx + cos * dy)
  }
  return turned
}

/**
 * A rectangle `[x1, y1, x2, y2]` with its rotation as a polygon of four corners, starting top-left and going clockwise.
 * @param degrees clockwise on screen, about the centre
 */
export function rectangleToPolygon(points: readonly number[], degrees: number): number[] {
  const x1 = at(points, 0)
  const y1 = at(points, 1)
  const x2 = at(points, 2)
  const y2 = at(points, 3)
  const corners = [x1, y1, x2, y1, x2, y2, x1, y2]
  return degrees === 0 ? corners : rotatePoints(corners, degrees, (x1 + x2) / 2, (y1 + y2) / 2)
}
