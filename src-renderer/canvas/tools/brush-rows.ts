import type { ImageBox, ImagePoint } from '../geometry/space.ts'

export type BrushForm = 'round' | 'square'

/** The tip of a brush. */
export interface BrushTip {
  readonly form: BrushForm
  /** Image pixels across, a whole number >= 1. */
  readonly size: number
}

/** Row `y`, columns `x1` up to but not including `x2`. */
export type SpanVisitor = (y: number, x1: number, x2: number) => void

/**
 * Where a brush of this size really sits: an odd one in the middle of a pixel, an even one on a corner between four. So a
 * brush one pixel across paints exactly the pixel under the pointer, and every tip is symmetrical.
 */
export function brushCentre(at: ImagePoint, size: number): ImagePoint {
  if (size % 2 === 0) return { x: Math.round(at.x), y: Math.round(at.y) }
  return { x: Math.floor(at.x) + 0.5, y: Math.floor(at.y) + 0.5 }
}

/**
 * The pixels a tip covers on its straight way from `a` to `b` (both from `brushCentre`): those whose centre comes within
 * half its size of the way, measured round (border included) or square (left out). One span a row: what a convex tip
 * sweeps is convex.
 * Work grows with the rows swept, never with the picture.
 */
export function sweepBrush(
  tip: BrushTip,
  a: ImagePoint,
  b: ImagePoint,
  clip: ImageBox,
  visit: SpanVisitor,
): void {
  const reach = tip.size / 2
  const first = Math.max(clip.y1, Math.ceil(Math.min(a.y, b.y) - reach - 0.5))
  const last = Math.min(clip.y2 - 1, Math.floor(Math.max(a.y, b.y) + reach - 0.5))
  const spanOf = tip.form === 'round' ? roundSpan : squareSpan
  for (let y = first; y <= last; y++) {
    const span = spanOf(a, b, reach, y + 0.5)
    if (!span) continue
    const x1 = Math.max(clip.x1, span.first)
    const x2 = Math.min(clip.x2, span.last + 1)
    if (x1 < x2) visit(y, x1, x2)
  }
}

interface Columns {
  first: number
  last: number
}

/** Columns whose centres on the line `y` lie within `r` of the segment a-b. */
function roundSpan(a: ImagePoint, b: ImagePoint, r: number, y: number): Columns | null {
  let low = Infinity
  let high = -Infinity
  for (const end of [a, b]) {
    const dy = y - end.y
    const half2 = r * r - dy * dy
    if (half2 < 0) continue
    const half = Math.sqrt(half2)
    low = Math.min(low, end.x - half)
    high = Math.max(high, end.x + half)
  }
  for (const x of sidesAt(a, b, r, y)) {
    low = Math.min(low, x)
    high = Math.max(high, x)
  }
  if (low > high) return null
  return settle(low, high, (x) => isNear(a, b, r, x, y))
}

/** Where the line `y` leaves the box around the segment whose long sides are `r` away from it. */
function sidesAt(a: ImagePoint, b: ImagePoint, r: number, y: number): number[] {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length === 0) return []
  const nx = (-(b.y - a.y) / length) * r
  const ny = ((b.x - a.x) / length) * r
  return [1, -1].flatMap((side) => {
    const [fromY, toY] = [a.y + side * ny, b.y + side * ny]
    if (fromY === toY || y < Math.min(fromY, toY) || y > Math.max(fromY, toY)) return []
    const t = (y - fromY) / (toY - fromY)
    return [a.x + side * nx + t * (b.x - a.x)]
  })
}

/** Centres and ends are halves, so every product here is exact and a tie is a tie on every machine. */
function isNear(a: ImagePoint, b: ImagePoint, r: number, x: number, y: number): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const [px, py] = [x - a.x, y - a.y]
  const along = px * dx + py * dy
  const length2 = dx * dx + dy * dy
  if (along <= 0) return px * px + py * py <= r * r
  if (along >= length2) return (x - b.x) ** 2 + (y - b.y) ** 2 <= r * r
  const across = px * dy - py * dx
  return across * across <= r * r * length2
}

/** Rounding in divisions; nothing real lies this near a border. */
const HAIR = 1e-9

/**
 * Columns whose centres on the line `y` lie in the square of half side `r` somewhere on its way from a to b, its border
 * left out: a pixel wide, it would else be three wide along a diagonal, whose neighbours lie exactly on the border.
 */
function squareSpan(a: ImagePoint, b: ImagePoint, r: number, y: number): Columns | null {
  const dy = b.y - a.y
  let [from, to] = [0, 1]
  if (dy === 0) {
    if (Math.abs(y - a.y) >= r) return null
  } else {
    const [t1, t2] = [(y - r - a.y) / dy, (y + r - a.y) / dy]
    from = Math.max(0, Math.min(t1, t2))
    to = Math.min(1, Math.max(t1, t2))
    if (from >= to - HAIR) return null
  }
  const [x1, x2] = [a.x + from * (b.x - a.x), a.x + to * (b.x - a.x)]
  const [low, high] = [Math.min(x1, x2) - r + HAIR, Math.max(x1, x2) + r - HAIR]
  return settle(low, high, (x) => x > low && x < high)
}

/** The columns between two estimates, put right by the exact rule; rounding is off by one column at most. */
function settle(low: number, high: number, has: (centre: number) => boolean): Columns | null {
  let first = Math.ceil(low - 0.5)
  let last = Math.floor(high - 0.5)
  if (has(first - 0.5)) first--
  else if (first <= last && !has(first + 0.5)) first++
  if (has(last + 1.5)) last++
  else if (first <= last && !has(last + 0.5)) last--
  return first <= last ? { first, last } : null
}
