import { at, rectangleCorners, turn } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/**
 * The eight handles of a rectangle, clockwise from its own top-left: even = corners, odd = edges. `dx`, `dy` say which
 * sides a handle moves: -1 left/top, 1 right/bottom, 0 neither.
 */
export const RECTANGLE_HANDLES = [
  { dx: -1, dy: -1 },
  { dx: 0, dy: -1 },
  { dx: 1, dy: -1 },
  { dx: 1, dy: 0 },
  { dx: 1, dy: 1 },
  { dx: 0, dy: 1 },
  { dx: -1, dy: 1 },
  { dx: -1, dy: 0 },
] as const

/** Where the handles of a rectangle lie in the picture. */
export function rectangleHandles(points: ArrayLike<number>, rotation: number): ImagePoint[] {
  const [tl, tr, br, bl] = rectangleCorners(points, rotation) as [
    ImagePoint,
    ImagePoint,
    ImagePoint,
    ImagePoint,
  ]
  const middle = (a: ImagePoint, b: ImagePoint) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  return [tl, middle(tl, tr), tr, middle(tr, br), br, middle(br, bl), bl, middle(bl, tl)]
}

/**
 * Drags one handle of a rotated rectangle to `pointer`; the opposite corner or edge stays where it is in the picture.
 * @param points  the rectangle's stored, unrotated corners before the gesture
 * @param handle  index into RECTANGLE_HANDLES
 * @returns new unrotated corners, x1 <= x2 and y1 <= y2; dragging across the fixed side flips the rectangle
 */
export function resizeRectangle(
  points: ArrayLike<number>,
  rotation: number,
  handle: number,
  pointer: ImagePoint,
): number[] {
  const side = RECTANGLE_HANDLES[handle] ?? RECTANGLE_HANDLES[0]
  const [x1, y1, x2, y2] = [at(points, 0), at(points, 1), at(points, 2), at(points, 3)]
  const centre = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
  const local = turn(pointer, centre, -rotation)
  const [left, right] = movedSide(x1, x2, side.dx, local.x)
  const [top, bottom] = movedSide(y1, y2, side.dy, local.y)
  // The box is still turned about the OLD centre; storing it means finding the centre it will be turned about from now on.
  const newCentre = turn({ x: (left + right) / 2, y: (top + bottom) / 2 }, centre, rotation)
  const [halfW, halfH] = [(right - left) / 2, (bottom - top) / 2]
  if (rotation === 0) return [left, top, right, bottom]
  return [newCentre.x - halfW, newCentre.y - halfH, newCentre.x + halfW, newCentre.y + halfH]
}

function movedSide(low: number, high: number, side: number, to: number): [number, number] {
  if (side === 0) return [low, high]
  const fixed = side < 0 ? high : low
  return [Math.min(fixed, to), Math.max(fixed, to)]
}

/**
 * The rotation a rectangle gets when its rotation handle is dragged to `pointer`: degrees clockwise, 0 = handle above.
 * @param step  snap to multiples of so many degrees; 0 = freely
 */
export function rotationTowards(centre: ImagePoint, pointer: ImagePoint, step: number): number {
  const degrees = (Math.atan2(pointer.x - centre.x, centre.y - pointer.y) * 180) / Math.PI
  const snapped = step > 0 ? Math.round(degrees / step) * step : degrees
  return ((snapped % 360) + 360) % 360
}
