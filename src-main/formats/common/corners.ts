/** Turned rectangles told by their four corners. */
import { toDegrees } from './read-attributes.ts'

/** Corners as a tool rounds them: so far beside those of the nearest rectangle, in image pixels or shares of its diagonal. */
const SLACK_PIXELS = 1
const SLACK_SHARE = 0.02
const MOST_SLACK_SHARE = 0.1
const TINY = 1e-6

export interface TurnedBox {
  /** `[x1, y1, x2, y2]`, before it is turned about its centre. */
  readonly points: number[]
  /** Degrees clockwise on screen, 0 … 360. */
  readonly rotation: number
}

/**
 * The rectangle whose corners these are, one after the other either way round: the first edge is its upper one. Rounded
 * corners give the nearest one.
 * @param corners  x and y of four points
 * @returns null where they are no rectangle's
 */
export function boxOfCorners(corners: readonly number[]): TurnedBox | null {
  if (corners.length !== 8) return null
  const [ax, ay, bx, by, cx, cy, dx, dy] = corners as Eight
  const middle = { x: (ax + bx + cx + dx) / 4, y: (ay + by + cy + dy) / 4 }
  const along = { x: (bx - ax + cx - dx) / 2, y: (by - ay + cy - dy) / 2 }
  const across = { x: (dx - ax + cx - bx) / 2, y: (dy - ay + cy - by) / 2 }
  const width = Math.hypot(along.x, along.y)
  const height = Math.hypot(across.x, across.y)
  // Told counter-clockwise, the second edge leads up.
  const down = along.x * across.y - along.y * across.x < 0 ? -1 : 1
  // The longer edge says more exactly how it is turned, and of a box without width the only one does.
  const angle =
    width >= height ? Math.atan2(along.y, along.x) : Math.atan2(-across.x * down, across.y * down)
  const box = {
    points: [
      middle.x - width / 2,
      middle.y - height / 2,
      middle.x + width / 2,
      middle.y + height / 2,
    ],
    rotation: toDegrees((angle * 180) / Math.PI),
  }
  return isNear(corners, cornersAt(middle, angle, width, down * height)) ? box : null
}

type Eight = [number, number, number, number, number, number, number, number]
interface Vector {
  readonly x: number
  readonly y: number
}

/** The corners of the rectangle that was found, in the order of those it was found from. @param height  negative: they were told counter-clockwise */
function cornersAt({ x, y }: Vector, angle: number, width: number, height: number): number[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const corner = (i: number, j: number) => {
    const [u, v] = [(i * width) / 2, (j * height) / 2]
    return [x + cos * u - sin * v, y + sin * u + cos * v]
  }
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)].flat()
}

function isNear(a: readonly number[], b: readonly number[]): boolean {
  const diagonal = Math.hypot((a[4] ?? 0) - (a[0] ?? 0), (a[5] ?? 0) - (a[1] ?? 0))
  const rounded = Math.max(SLACK_PIXELS, SLACK_SHARE * diagonal)
  const slack = Math.min(rounded, MOST_SLACK_SHARE * diagonal) + TINY
  return a.every((value, i) => Math.abs(value - (b[i] ?? Number.NaN)) <= slack)
}
