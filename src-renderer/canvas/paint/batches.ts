import type { Appearance } from '../canvas-api.ts'
import type { Matrix } from '../geometry/viewport.ts'
import { paintCuboids } from './cuboid.ts'
import { isLong, paintLongOutline, paintManyDots } from './long-path.ts'
import { paintMasks } from './mask-tile.ts'
import type { PaintShape } from './paint-shape.ts'
import { paintSkeletons } from './skeleton.ts'
import { DASH, DOT_RADIUS, lineColor, STROKE, strokeHalo, withOpacity } from './style.ts'
import { type Context2d, traceDots, traceShape } from './trace.ts'

export interface PassTarget {
  readonly ctx: Context2d
  /** Image pixels to target pixels. */
  readonly matrix: Matrix
  /** Target pixels; only shapes that touch it are painted. */
  readonly clip: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  /** Target pixels per CSS pixel. */
  readonly ratio: number
  /** Draft strokes are one target pixel wide: Skia's CPU rasteriser draws hairlines ten times faster than anything thicker. */
  readonly draft: boolean
}

/** Below this many target pixels a shape is a dot. */
const DOT_SIZE = 2.5
/** Points in one path. Longer ones cost more than they save: at 4,000 recording takes three times as long, rasterising 1.2 times. */
const PATH_POINTS = 400
/** Pairs of runs in one picture of masks, about 10 ms of them. */
const MASK_RUNS = 200_000
/** Points between two chances to pause. */
const PAUSE_POINTS = 4_000

/** Masks of any look share a batch: each brings its colour along. */
const lookOf = (a: PaintShape, b: PaintShape): boolean =>
  a.locked === b.locked &&
  ((a.type === 'mask' && b.type === 'mask') ||
    (a.color === b.color &&
      a.occluded === b.occluded &&
      a.type === b.type &&
      a.zOrder === b.zOrder))

/**
 * Paints shapes batch by batch; yields the number of points painted so far whenever a caller may pause.
 * @param shapes  visible ones, in paintOrder
 */
export function* paintPass(
  target: PassTarget,
  shapes: readonly PaintShape[],
  appearance: Appearance,
): Generator<number, void> {
  let batch: PaintShape[] = []
  let [points, sincePause, total] = [0, 0, 0]
  for (const shape of shapes) {
    const first = batch[0]
    if (first && (isFull(first, points) || !lookOf(first, shape))) {
      paintBatch(target, batch, appearance)
      total += points
      sincePause += points
      batch = []
      points = 0
    }
    if (sincePause > PAUSE_POINTS) {
      sincePause = 0
      yield total
    }
    batch.push(shape)
    points += shape.points.length / 2
  }
  paintBatch(target, batch, appearance)
}

const isFull = ({ type }: PaintShape, points: number): boolean =>
  points > (type === 'mask' ? MASK_RUNS : PATH_POINTS)

/** The shapes that touch the target, in the same order. */
export function visibleShapes(shapes: readonly PaintShape[], target: PassTarget): PaintShape[] {
  return shapes.filter((shape) => isVisible(shape, target))
}

/** CSS pixels that strokes and dots reach beyond a shape's box. */
const REACH = 6

function isVisible({ box }: PaintShape, { matrix: m, clip, ratio }: PassTarget): boolean {
  const x = (box.x1 + box.x2) / 2
  const y = (box.y1 + box.y2) / 2
  const w = (box.x2 - box.x1) / 2
  const h = (box.y2 - box.y1) / 2
  const cx = m.a * x + m.c * y + m.e
  const cy = m.b * x + m.d * y + m.f
  const halfW = Math.abs(m.a) * w + Math.abs(m.c) * h + REACH * ratio
  const halfH = Math.abs(m.b) * w + Math.abs(m.d) * h + REACH * ratio
  const inX = cx + halfW >= clip.x && cx - halfW <= clip.x + clip.w
  return inX && cy + halfH >= clip.y && cy - halfH <= clip.y + clip.h
}

function paintBatch(target: PassTarget, batch: PaintShape[], wanted: Appearance): void {
  const first = batch[0]
  if (!first) return
  const appearance = first.locked ? { ...wanted, opacity: 0 } : wanted
  if (first.type === 'mask') {
    paintMaskBatch(target, batch, appearance)
    return
  }
  const { ctx, matrix, ratio, draft } = target
  const scale = Math.hypot(matrix.a, matrix.b)
  const isDot = ({ box, type }: PaintShape) =>
    type !== 'points' && Math.max(box.x2 - box.x1, box.y2 - box.y1) * scale < DOT_SIZE
  ctx.strokeStyle = lineColor(appearance, first.color)
  ctx.lineWidth = draft ? 1 : STROKE * ratio
  ctx.lineJoin = 'round'
  ctx.setLineDash(first.occluded ? DASH.map((length) => length * ratio) : [])
  const small = batch.filter(isDot)
  if (small.length > 0) paintSpecks(ctx, small, matrix, ratio)
  const rest = small.length > 0 ? batch.filter((shape) => !isDot(shape)) : batch
  const large = paintLong(target, rest, first, appearance)
  if (large.length > 0) paintKind(target, large, first, appearance)
}

/** Of one outline; zoomed in until fewer are in view, every point of it counts. */
const MOST_SEGMENTS = 20_000

/** Paints outlines of very many points apart from the others. @returns the others */
function paintLong(
  { ctx, matrix, clip, ratio }: PassTarget,
  batch: PaintShape[],
  { type, color }: PaintShape,
  { opacity }: Appearance,
): PaintShape[] {
  const long = batch.filter(isLong)
  if (long.length === 0) return batch
  const target = { matrix, clip, most: MOST_SEGMENTS }
  const fill = type === 'polygon' && opacity > 0 ? withOpacity(color, opacity) : null
  for (const shape of long) {
    ctx.fillStyle = color
    if (type === 'points') paintManyDots(ctx, shape, target, DOT_RADIUS * ratio)
    else paintLongOutline(ctx, shape, target, fill)
  }
  return batch.filter((shape) => !isLong(shape))
}

/** A mask has no border to be seen by: its fill is stronger than that of an outline, and never quite gone. */
const maskOpacity = (fill: number): number => Math.min(1, 0.15 + 1.5 * fill)

function paintMaskBatch(
  { ctx, matrix, clip, ratio }: PassTarget,
  batch: PaintShape[],
  { opacity, outlined, outlineColor }: Appearance,
): void {
  const edge = outlined ? outlineColor : null
  const look = { opacity: maskOpacity(opacity), edge, edgeWidth: STROKE * ratio }
  paintMasks(ctx, batch, matrix, look, clip)
}

function paintKind(
  { ctx, matrix, ratio }: PassTarget,
  batch: PaintShape[],
  { type, color }: PaintShape,
  appearance: Appearance,
): void {
  if (type === 'cuboid') {
    paintCuboids(ctx, batch, matrix, { appearance, opacity: appearance.opacity, ratio })
    return
  }
  if (type === 'skeleton') {
    const halo = appearance.highContrast ? lineColor(appearance, color) : null
    paintSkeletons(ctx, batch, matrix, { radius: DOT_RADIUS * ratio, ratio, halo })
    return
  }
  ctx.beginPath()
  if (type === 'points') {
    for (const shape of batch) traceDots(ctx, shape, matrix, DOT_RADIUS * ratio)
    ctx.fillStyle = color
    ctx.fill()
    return
  }
  for (const shape of batch) traceShape(ctx, shape, matrix)
  if (type !== 'polyline' && appearance.opacity > 0) {
    ctx.fillStyle = withOpacity(color, appearance.opacity)
    ctx.fill()
  }
  if (appearance.highContrast) strokeHalo(ctx, lineColor(appearance, color), ratio)
  ctx.stroke()
}

function paintSpecks(ctx: Context2d, batch: PaintShape[], m: Matrix, ratio: number): void {
  ctx.beginPath()
  for (const { box } of batch) {
    const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2]
    ctx.rect(m.a * x + m.c * y + m.e - ratio, m.b * x + m.d * y + m.f - ratio, 2 * ratio, 2 * ratio)
  }
  ctx.fillStyle = ctx.strokeStyle
  ctx.fill()
}
