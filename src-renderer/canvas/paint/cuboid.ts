import type { Appearance } from '../canvas-api.ts'
import { cuboidEdges, facePoints, seenFaces } from '../geometry/cuboid-faces.ts'
import type { Matrix } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'
import { lineColor, strokeHalo, withOpacity } from './style.ts'
import type { Context2d } from './trace.ts'
import { traceLine, traceRing } from './trace.ts'

const FRONT_FILL = 'rgba(128, 128, 128, 0.3)'
const FRONT_LINE = '#d3d6da'
const HIDDEN_DASH = [2, 4] as const

/**
 * Cuboids of one look: what is seen of them filled, the edges behind dashed, and the front face grey, so that one sees
 * which it is. Line width, join and the dash of occluded shapes are set already.
 * @param ratio  target pixels per CSS pixel
 */
export function paintCuboids(
  ctx: Context2d,
  shapes: readonly PaintShape[],
  m: Matrix,
  look: { readonly appearance: Appearance; readonly opacity: number; readonly ratio: number },
): void {
  const color = shapes[0]?.color ?? FRONT_LINE
  if (look.opacity > 0) {
    ctx.beginPath()
    for (const { points } of shapes)
      for (const face of seenFaces(points)) traceRing(ctx, face, m, false)
    ctx.fillStyle = withOpacity(color, look.opacity)
    ctx.fill()
    traceFronts(ctx, shapes, m)
    ctx.fillStyle = FRONT_FILL
    ctx.fill()
  }
  const line = lineColor(look.appearance, color)
  ctx.strokeStyle = line
  strokeHidden(ctx, shapes, m, look.ratio)
  ctx.beginPath()
  for (const { points } of shapes)
    for (const edge of cuboidEdges(points, 'seen')) traceLine(ctx, edge, m)
  if (look.appearance.highContrast) strokeHalo(ctx, line, look.ratio)
  ctx.stroke()
  traceFronts(ctx, shapes, m)
  ctx.strokeStyle = FRONT_LINE
  ctx.stroke()
}

function traceFronts(ctx: Context2d, shapes: readonly PaintShape[], m: Matrix): void {
  ctx.beginPath()
  for (const { points } of shapes) traceRing(ctx, facePoints(points, 'front'), m, false)
}

function strokeHidden(
  ctx: Context2d,
  shapes: readonly PaintShape[],
  m: Matrix,
  ratio: number,
): void {
  const [dash, width] = [ctx.getLineDash(), ctx.lineWidth]
  ctx.beginPath()
  for (const { points } of shapes)
    for (const edge of cuboidEdges(points, 'hidden')) traceLine(ctx, edge, m)
  ctx.setLineDash(HIDDEN_DASH.map((length) => length * ratio))
  ctx.lineWidth = Math.max(1, width / 1.5)
  ctx.stroke()
  ctx.setLineDash(dash)
  ctx.lineWidth = width
}
