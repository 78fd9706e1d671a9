import type { CanvasShape } from '../canvas-api.ts'
import type { ScreenPoint } from '../geometry/space.ts'
import { type Matrix, toScreen } from '../geometry/viewport.ts'
import { ghost } from '../tools/ghost.ts'
import type { Mark } from '../tools/tool-state.ts'
import { isLong, paintLongOutline, paintManyDots } from './long-path.ts'
import { paintMaskGrid } from './mask-grid-tiles.ts'
import { paintMasks } from './mask-tile.ts'
import { toPaintShape } from './paint-shape.ts'
import { paintSkeletons } from './skeleton.ts'
import { ACTIVE_STROKE, STROKE, TEXT_FONT, withOpacity } from './style.ts'
import { type Context2d, traceDots, traceShape } from './trace.ts'

/** A mask being painted has no border yet: its pixels alone must tell where it is. */
const PAINTED = 0.45
/** A guess under the pointer is there, and in nobody's way. */
const GUESSED = 0.5

const DASHES = [5, 4]
const DOT = 3.5

/**
 * Paints the pieces of a sketch in order.
 * @param m                image pixels to CSS pixels
 * @param selectedOpacity  as the person set it, 0 … 1
 */
export function paintSketch(
  ctx: Context2d,
  marks: readonly Mark[],
  m: Matrix,
  selectedOpacity: number,
): void {
  for (const mark of marks) {
    if (mark.kind === 'mask-grid')
      paintMaskGrid(ctx, mark.grid, mark.color, m, Math.max(selectedOpacity, PAINTED))
    else if (mark.kind === 'found') paintFound(ctx, mark, m, selectedOpacity)
    else paintMark(ctx, mark, m)
  }
  ctx.setLineDash([])
}

function paintMark(
  ctx: Context2d,
  mark: Exclude<Mark, { kind: 'mask-grid' | 'found' }>,
  m: Matrix,
): void {
  switch (mark.kind) {
    case 'path':
      paintPath(ctx, mark, m)
      return
    case 'dots':
      paintDots(ctx, mark, m)
      return
    case 'circle':
      paintCircle(ctx, mark, m)
      return
    case 'text':
      paintText(ctx, mark.text, toScreen(m, mark.at))
      return
    case 'shape':
      paintGhost(ctx, mark.shape, m, mark.dashed ?? false)
      return
    case 'pixels':
      paintPixels(ctx, mark, m)
      return
  }
}

function paintPath(ctx: Context2d, mark: Extract<Mark, { kind: 'path' }>, m: Matrix): void {
  const outline = { type: mark.closed ? 'polygon' : 'polyline', points: mark.points } as const
  if (isLong(outline)) {
    ctx.setLineDash([])
    paintLongSketch(ctx, outline, m, mark.color, mark.fill ?? 0)
    return
  }
  ctx.beginPath()
  for (const { x, y } of corners(mark.points, m)) ctx.lineTo(x, y)
  if (mark.closed) ctx.closePath()
  if (mark.fill) {
    ctx.fillStyle = withOpacity(mark.color, mark.fill)
    ctx.fill()
  }
  ctx.setLineDash(mark.dashed ? DASHES : [])
  ctx.strokeStyle = mark.color
  ctx.lineWidth = mark.width ?? ACTIVE_STROKE
  ctx.stroke()
}

function paintDots(ctx: Context2d, mark: Extract<Mark, { kind: 'dots' }>, m: Matrix): void {
  const radius = mark.radius ?? DOT
  ctx.beginPath()
  for (const { x, y } of corners(mark.points, m)) {
    ctx.moveTo(x + radius, y)
    ctx.arc(x, y, radius, 0, 2 * Math.PI)
  }
  ctx.setLineDash([])
  ctx.fillStyle = mark.solid ? mark.color : '#ffffff'
  ctx.fill()
  ctx.strokeStyle = mark.solid ? '#ffffff' : mark.color
  ctx.lineWidth = mark.solid ? 1.5 : ACTIVE_STROKE
  ctx.stroke()
}

/** Dark under light: a ring that shows on any picture. */
function paintCircle(ctx: Context2d, mark: Extract<Mark, { kind: 'circle' }>, m: Matrix): void {
  const { x, y } = toScreen(m, mark.at)
  const radius = mark.radius * Math.hypot(m.a, m.b)
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 2 * Math.PI)
  ctx.strokeStyle = 'rgba(0, 0, 0, 0.45)'
  ctx.lineWidth = 3
  ctx.stroke()
  ctx.strokeStyle = mark.color
  ctx.lineWidth = 1.5
  ctx.stroke()
}

/** @param at  the middle of the chip's upper edge is 8 CSS pixels below it */
export function paintText(ctx: Context2d, text: string, at: Pick<ScreenPoint, 'x' | 'y'>): void {
  ctx.font = TEXT_FONT
  const chip = ctx.measureText(text).width + 12
  const [x, y] = [at.x - chip / 2, at.y + 8]
  ctx.beginPath()
  ctx.roundRect(x, y, chip, 20, 5)
  ctx.fillStyle = 'rgba(16, 18, 24, 0.82)'
  ctx.fill()
  ctx.fillStyle = '#ffffff'
  ctx.textBaseline = 'middle'
  ctx.fillText(text, x + 6, y + 10.5)
}

function paintFound(
  ctx: Context2d,
  { type, points, color, faint }: Extract<Mark, { kind: 'found' }>,
  m: Matrix,
  selectedOpacity: number,
): void {
  const opacity = faint ? selectedOpacity * GUESSED : selectedOpacity
  if (type !== 'mask') {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
    const corners = type === 'polygon' ? points : [x1, y1, x2, y1, x2, y2, x1, y2]
    paintPath(ctx, { kind: 'path', points: corners, closed: true, color, fill: opacity }, m)
    return
  }
  const shape = toPaintShape(ghost({ type, points, rotation: 0, color }))
  const edgeWidth = faint ? 1 : ACTIVE_STROKE
  if (shape) paintMasks(ctx, [shape], m, { opacity, edge: 'own', edgeWidth })
}

/** A shape that is not there yet. */
export function paintGhost(ctx: Context2d, shape: CanvasShape, m: Matrix, dashed: boolean): void {
  const ghost = toPaintShape(shape)
  if (!ghost) return
  if (ghost.type === 'mask') {
    paintMasks(ctx, [ghost], m, { opacity: 0.4, edge: 'own', edgeWidth: STROKE })
    return
  }
  if (ghost.type === 'skeleton') {
    ctx.strokeStyle = shape.color
    ctx.lineWidth = STROKE
    ctx.setLineDash(dashed ? [4, 3] : [])
    paintSkeletons(ctx, [ghost], m, { radius: DOT, ratio: 1, halo: null })
    return
  }
  if (isLong(ghost)) {
    ctx.setLineDash(dashed ? [4, 3] : [])
    paintLongSketch(ctx, ghost, m, shape.color, ghost.type === 'polygon' ? 0.25 : 0)
    ctx.setLineDash([])
    return
  }
  ctx.beginPath()
  traceShape(ctx, ghost, m)
  if (ghost.type === 'points') traceDots(ctx, ghost, m, DOT)
  ctx.fillStyle = withOpacity(shape.color, 0.25)
  if (ghost.type !== 'polyline') ctx.fill()
  ctx.strokeStyle = shape.color
  ctx.lineWidth = STROKE
  ctx.setLineDash(dashed ? [4, 3] : [])
  ctx.stroke()
  ctx.setLineDash([])
}

/** Segments or dots of a sketch: it is painted anew on every move of the pointer. */
const MOST_SEGMENTS = 3_000

/** An outline of very many points. @param fill  0 … 1; 0 for none */
function paintLongSketch(
  ctx: Context2d,
  outline: Parameters<typeof paintLongOutline>[1],
  matrix: Matrix,
  color: string,
  fill: number,
): void {
  // The canvas has at least as many pixels as the screen has CSS pixels: none that is seen is left out.
  const clip = { x: 0, y: 0, w: ctx.canvas.width, h: ctx.canvas.height }
  const target = { matrix, clip, most: MOST_SEGMENTS }
  ctx.strokeStyle = color
  ctx.fillStyle = color
  ctx.lineWidth = 1
  if (outline.type === 'points') paintManyDots(ctx, outline, target, DOT)
  else paintLongOutline(ctx, outline, target, fill > 0 ? withOpacity(color, fill) : null)
}

/** Never smoothed: a mask's pixel is a pixel at every zoom. */
function paintPixels(ctx: Context2d, mark: Extract<Mark, { kind: 'pixels' }>, m: Matrix): void {
  const { x1, y1, x2, y2 } = mark.box
  ctx.save()
  ctx.transform(m.a, m.b, m.c, m.d, m.e, m.f)
  ctx.imageSmoothingEnabled = false
  ctx.globalAlpha = mark.opacity
  ctx.drawImage(mark.image, x1, y1, x2 - x1, y2 - y1)
  ctx.restore()
}

function corners(points: readonly number[], m: Matrix): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = []
  for (let i = 0; i + 1 < points.length; i += 2)
    found.push(toScreen(m, { x: points[i] ?? 0, y: points[i + 1] ?? 0 }))
  return found
}
