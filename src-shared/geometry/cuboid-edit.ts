import {
  between,
  type Corner,
  type Cuboid,
  type End,
  type Side,
  SMALLEST_SCALE,
  sideMiddles,
  visibleSide,
} from './cuboid.ts'
import { at } from './points.ts'

/** Image pixels; thinner than that a cuboid cannot be made by hand. */
const THINNEST = 1

/** One side face moved by itself; the other stays, and no side crosses it. */
export function moveSide(cuboid: Cuboid, side: Side, by: Corner): Cuboid {
  const moved = { x: cuboid[side].x + by.x, y: cuboid[side].y + by.y }
  return { ...cuboid, [side]: { ...moved, x: apart(cuboid, side, moved.x) } }
}

function apart({ left, right }: Cuboid, side: Side, x: number): number {
  return side === 'left' ? Math.min(x, right.x - THINNEST) : Math.max(x, left.x + THINNEST)
}

/** The rear face moved by itself. */
export function moveRear(cuboid: Cuboid, by: Corner): Cuboid {
  return { ...cuboid, shift: { x: cuboid.shift.x + by.x, y: cuboid.shift.y + by.y } }
}

/** A side taken to `x` along the front face's upper and lower edges, whose direction stays. */
export function stretchSide(cuboid: Cuboid, side: Side, x: number): Cuboid {
  const { left, right } = cuboid
  const slope = left.x === right.x ? 0 : (right.y - left.y) / (right.x - left.x)
  const to = apart(cuboid, side, x)
  return { ...cuboid, [side]: { x: to, y: cuboid[side].y + slope * (to - cuboid[side].x) } }
}

/** Top or bottom moved up or down by image pixels of the front face. */
export function stretchHeight(cuboid: Cuboid, end: End, by: number): Cuboid {
  const { left, right, height } = cuboid
  if (end === 'bottom') return { ...cuboid, height: Math.max(THINNEST, height + by) }
  const dy = Math.min(by, height - THINNEST)
  const down = ({ x, y }: Corner) => ({ x, y: y + dy })
  return { ...cuboid, left: down(left), right: down(right), height: height - dy }
}

/** The rear face taken nearer or farther along the edges that lead to it, as far as `pointer` lies along the seen side's. */
export function stretchDepth(cuboid: Cuboid, pointer: Corner): Cuboid {
  const { front, rear } = sideMiddles(cuboid, visibleSide(cuboid))
  const way = between(front, rear)
  const length = Math.hypot(way.x, way.y)
  if (length === 0) return cuboid
  const reach = between(front, pointer)
  const wish = (reach.x * way.x + reach.y * way.y) / length ** 2
  // The scale goes along, so that the vanishing point stays where it is.
  const most = cuboid.scale < 1 ? (1 - SMALLEST_SCALE) / (1 - cuboid.scale) : Infinity
  const by = Math.min(Math.max(wish, THINNEST / length), most)
  const shift = { x: by * cuboid.shift.x, y: by * cuboid.shift.y }
  return { ...cuboid, scale: 1 + by * (cuboid.scale - 1), shift }
}

/** Perspective: the seen side's rear edge gets its top or bottom at `y`; its other end and its x stay. */
export function drawPerspective(cuboid: Cuboid, end: End, y: number): Cuboid {
  const { x, y: top } = cuboid[visibleSide(cuboid)]
  const { height, shift, scale } = cuboid
  const ends = [top, top + height]
  const [moved = 0, fixed = 0] = end === 'top' ? ends : ends.toReversed()
  const stays = scale * fixed + shift.y
  const wish = height === 0 ? scale : (y - stays) / (moved - fixed)
  const next = Math.max(SMALLEST_SCALE, wish)
  return {
    ...cuboid,
    scale: next,
    shift: { x: scale * x + shift.x - next * x, y: stays - next * fixed },
  }
}

/** All vertical edges equally long again; the middle of the seen side's rear edge stays. */
export function resetPerspective(cuboid: Cuboid): Cuboid {
  if (cuboid.scale === 1) return cuboid
  const { front, rear } = sideMiddles(cuboid, visibleSide(cuboid))
  return { ...cuboid, scale: 1, shift: between(front, rear) }
}

/**
 * The seen side becomes the front, the front the seen side. Perspective is reset; twice gives the cuboid back. A side too
 * thin to be a front stays a side.
 */
export function switchOrientation(cuboid: Cuboid): Cuboid {
  const straight = resetPerspective(cuboid)
  const { left, right, shift } = straight
  if (Math.abs(shift.x) < THINNEST) return straight
  const isRight = visibleSide(straight) === 'right'
  const near = isRight ? right : left
  const far = { x: near.x + shift.x, y: near.y + shift.y }
  const sides = isRight ? { left: near, right: far } : { left: far, right: near }
  return { ...straight, ...sides, shift: isRight ? between(right, left) : between(left, right) }
}

/**
 * How far a cuboid must be moved so that it is not lost: it may stick out of the picture, but one of its corners stays
 * inside. CVAT's rule; the way back is that of the corner which is nearest.
 */
export function backInside(
  points: ArrayLike<number>,
  size: { readonly width: number; readonly height: number },
): Corner {
  let best: Corner | null = null
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [at(points, i), at(points, i + 1)]
    const back = {
      x: Math.min(Math.max(x, 0), size.width) - x,
      y: Math.min(Math.max(y, 0), size.height) - y,
    }
    if (!best || Math.hypot(back.x, back.y) < Math.hypot(best.x, best.y)) best = back
  }
  return best ?? { x: 0, y: 0 }
}
