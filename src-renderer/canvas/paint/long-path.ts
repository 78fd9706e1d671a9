import { at } from '../geometry/shape-box.ts'
import type { Matrix } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'
import type { Context2d } from './trace.ts'

/** Points; outlines and points shapes of more are painted by the functions here. */
const LONG = 4_000
/** Target pixels: points nearer to the one before add nothing to see. */
const STEP = 0.75
/** Segments, or dots, in one path: the cost of one path grows with the square of how often its edges overlap. */
const PIECE = 64
/** Target pixels of a dashed line: each dash is stroked as a line of its own, and a tangle has hundreds of thousands. */
const MOST_DASHED = 20_000
/** Edges that a horizontal line meets on average; above it an outline is a tangle, and filling it would take minutes. */
const TANGLED = 200

export interface LongTarget {
  readonly matrix: Matrix
  /** Target pixels; what lies beside it is left out. */
  readonly clip: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  /** Segments or dots that may be painted; of more only every n-th is. Zoomed in, all of them are. */
  readonly most: number
}

/** What is painted of an outline here. */
type Outline = Pick<PaintShape, 'type' | 'points'>

export const isLong = ({ type, points }: Outline): boolean =>
  points.length > 2 * LONG && (type === 'polygon' || type === 'polyline' || type === 'points')

/**
 * Paints an outline of a hundred thousand points and more in bounded time: points that fall on one pixel are one, what is
 * out of sight is left out, and what is left is stroked in short pieces. Style is the context's.
 * @param fill  null for none; tangles are never filled
 */
export function paintLongOutline(
  ctx: Context2d,
  shape: Outline,
  target: LongTarget,
  fill: string | null,
): void {
  const places = placesOf(shape, target.matrix, shape.type === 'polygon')
  if (fill !== null && !isTangled(places)) {
    ctx.beginPath()
    for (let i = 0; i + 1 < places.length; i += 2) ctx.lineTo(at(places, i), at(places, i + 1))
    ctx.fillStyle = fill
    ctx.fill()
  }
  strokePieces(ctx, places, target)
}

/** As dots, in the context's fill style. */
export function paintManyDots(
  ctx: Context2d,
  shape: Outline,
  target: LongTarget,
  radius: number,
): void {
  const all = placesOf(shape, target.matrix, false)
  const seen: number[] = []
  for (let i = 0; i + 1 < all.length; i += 2)
    if (!isBeside(all, i, i, target.clip)) seen.push(at(all, i), at(all, i + 1))
  const step = 2 * Math.ceil(seen.length / 2 / target.most)
  for (let i = 0; i < seen.length; ) {
    ctx.beginPath()
    for (let count = 0; count < PIECE && i < seen.length; count++, i += step) {
      ctx.moveTo(at(seen, i) + radius, at(seen, i + 1))
      ctx.arc(at(seen, i), at(seen, i + 1), radius, 0, 2 * Math.PI)
    }
    ctx.fill()
  }
}

/** In target pixels, without those that fall on the one before; a ring ends where it began. */
function placesOf({ points }: Outline, m: Matrix, closed: boolean): number[] {
  const places: number[] = []
  let [lastX, lastY] = [Number.NaN, Number.NaN]
  const last = points.length - 2 + (closed ? 2 : 0)
  for (let k = 0; k <= last; k += 2) {
    const i = k === points.length ? 0 : k
    const x = m.a * at(points, i) + m.c * at(points, i + 1) + m.e
    const y = m.b * at(points, i) + m.d * at(points, i + 1) + m.f
    if (k < last && Math.abs(x - lastX) < STEP && Math.abs(y - lastY) < STEP) continue
    places.push(x, y)
    lastX = x
    lastY = y
  }
  return places
}

function isTangled(places: readonly number[]): boolean {
  let rise = 0
  let [top, bottom] = [Infinity, -Infinity]
  for (let i = 1; i < places.length; i += 2) {
    const y = at(places, i)
    if (i > 1) rise += Math.abs(y - at(places, i - 2))
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return rise > TANGLED * Math.max(1, bottom - top)
}

function strokePieces(ctx: Context2d, places: readonly number[], target: LongTarget): void {
  let [seen, length] = [0, 0]
  for (let i = 0; i + 3 < places.length; i += 2) {
    if (isBeside(places, i, i + 2, target.clip)) continue
    seen++
    length += Math.abs(at(places, i + 2) - at(places, i))
    length += Math.abs(at(places, i + 3) - at(places, i + 1))
  }
  if (length > MOST_DASHED) ctx.setLineDash([])
  const step = 2 * Math.max(1, Math.ceil(seen / target.most))
  let open = 0
  for (let i = 0; i + 2 < places.length; i += step) {
    const j = Math.min(i + step, places.length - 2)
    if (isBeside(places, i, j, target.clip)) {
      if (open > 0) ctx.stroke()
      open = 0
      continue
    }
    if (open === 0) {
      ctx.beginPath()
      ctx.moveTo(at(places, i), at(places, i + 1))
    }
    ctx.lineTo(at(places, j), at(places, j + 1))
    open++
    if (open < PIECE) continue
    ctx.stroke()
    open = 0
  }
  if (open > 0) ctx.stroke()
}

/** CSS pixels that a stroke or a dot reaches. */
const REACH = 6

/** Both places lie on the same side of the clip, so nothing between them is seen. */
function isBeside(
  places: readonly number[],
  i: number,
  j: number,
  { x, y, w, h }: LongTarget['clip'],
): boolean {
  const [ax, ay, bx, by] = [at(places, i), at(places, i + 1), at(places, j), at(places, j + 1)]
  return (
    Math.max(ax, bx) < x - REACH ||
    Math.min(ax, bx) > x + w + REACH ||
    Math.max(ay, by) < y - REACH ||
    Math.min(ay, by) > y + h + REACH
  )
}
