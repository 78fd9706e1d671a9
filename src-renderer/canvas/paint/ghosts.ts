import type { Ghost } from '../canvas-api.ts'
import type { Matrix } from '../geometry/viewport.ts'
import { isLong, paintLongOutline, paintManyDots } from './long-path.ts'
import { paintMasks } from './mask-tile.ts'
import { type PaintShape, toPaintShape } from './paint-shape.ts'
import { paintSkeletons } from './skeleton.ts'
import { ACTIVE_STROKE, DOT_RADIUS, STROKE, withOpacity } from './style.ts'
import { type Context2d, traceDots, traceShape } from './trace.ts'

const DASH = [6, 4] as const
/** Under the dashes, so that they are seen on any picture. */
const UNDERLAY = 'rgba(0, 0, 0, 0.45)'
const FAINT = 0.3
/** Of fills: what is only proposed must not hide what it is proposed for. */
const FILL = { faint: 0, plain: 0.08, active: 0.26 } as const
type Look = keyof typeof FILL
/** Segments of one outline: proposals are painted anew whenever the view moves. */
const MOST_SEGMENTS = 3_000

/** Those that step back first, the active one over all others. */
export function ghostOrder(ghosts: readonly Ghost[], active: number | null): Ghost[] {
  const rank = ({ id, faint }: Ghost) => (id === active ? 2 : faint ? 0 : 1)
  return ghosts.toSorted((a, b) => rank(a) - rank(b))
}

/**
 * Proposals, in order: dashed outlines, hardly filled; the active one plain.
 * @param m  image pixels to CSS pixels
 * @returns what was painted, the last on top
 */
export function paintGhosts(
  ctx: Context2d,
  ghosts: readonly Ghost[],
  m: Matrix,
  active: number | null,
): PaintShape[] {
  const painted: PaintShape[] = []
  for (const { id, shape, faint } of ghosts) {
    const one = toPaintShape(shape)
    if (!one) continue
    const isActive = id === active
    ctx.globalAlpha = faint && !isActive ? FAINT : 1
    paintOne(ctx, one, m, isActive ? 'active' : faint ? 'faint' : 'plain')
    ctx.globalAlpha = 1
    if (!faint || isActive) painted.push(one)
  }
  ctx.setLineDash([])
  return painted
}

function paintOne(ctx: Context2d, shape: PaintShape, m: Matrix, look: Look): void {
  const isActive = look === 'active'
  const opacity = FILL[look]
  ctx.lineWidth = isActive ? ACTIVE_STROKE : STROKE
  ctx.lineJoin = 'round'
  ctx.strokeStyle = shape.color
  ctx.setLineDash(isActive ? [] : [...DASH])
  if (shape.type === 'mask') {
    const edgeWidth = isActive ? ACTIVE_STROKE : 1
    paintMasks(ctx, [shape], m, { opacity: 2 * opacity, edge: 'own', edgeWidth })
    return
  }
  if (shape.type === 'skeleton') {
    const halo = isActive ? shape.color : null
    paintSkeletons(ctx, [shape], m, { radius: DOT_RADIUS, ratio: 1, halo })
    return
  }
  if (isLong(shape)) paintLong(ctx, shape, m, opacity)
  else paintOutline(ctx, shape, m, opacity)
}

/** @param opacity  of the fill; what is not filled has no underlay either */
function paintOutline(ctx: Context2d, shape: PaintShape, m: Matrix, opacity: number): void {
  ctx.beginPath()
  traceShape(ctx, shape, m)
  if (shape.type === 'points') traceDots(ctx, shape, m, DOT_RADIUS)
  if (shape.type !== 'polyline' && opacity > 0) {
    ctx.fillStyle = withOpacity(shape.color, opacity)
    ctx.fill()
  }
  if (opacity > 0) strokeUnder(ctx)
  ctx.stroke()
}

function strokeUnder(ctx: Context2d): void {
  const { lineWidth, strokeStyle } = ctx
  const dash = ctx.getLineDash()
  ctx.setLineDash([])
  ctx.lineWidth = lineWidth + 1.5
  ctx.strokeStyle = UNDERLAY
  ctx.stroke()
  ctx.setLineDash(dash)
  ctx.lineWidth = lineWidth
  ctx.strokeStyle = strokeStyle
}

function paintLong(ctx: Context2d, shape: PaintShape, matrix: Matrix, opacity: number): void {
  const clip = { x: 0, y: 0, w: ctx.canvas.width, h: ctx.canvas.height }
  const target = { matrix, clip, most: MOST_SEGMENTS }
  const isFilled = shape.type === 'polygon' && opacity > 0
  const fill = isFilled ? withOpacity(shape.color, opacity) : null
  ctx.fillStyle = shape.color
  ctx.lineWidth = 1
  if (shape.type === 'points') paintManyDots(ctx, shape, target, DOT_RADIUS)
  else paintLongOutline(ctx, shape, target, fill)
}
