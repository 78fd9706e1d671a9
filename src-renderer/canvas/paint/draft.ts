import type { ImageBox } from '../geometry/space.ts'
import { type Matrix, toScreen } from '../geometry/viewport.ts'
import type { Draft } from '../tools/tool-state.ts'
import { paintGhost, paintSketch, paintText } from './sketch.ts'
import { ACTIVE_STROKE, STROKE, withOpacity } from './style.ts'
import type { Context2d } from './trace.ts'

const AREA_COLOR = '#4dabf7'
const FILL = 0.2
const VERTEX = 3.5
const CLOSING_RADIUS = 8

/**
 * Paints what is being drawn.
 * @param m                image pixels to CSS pixels
 * @param selectedOpacity  as the person set it, 0 … 1
 */
export function paintDraft(ctx: Context2d, draft: Draft, m: Matrix, selectedOpacity: number): void {
  ctx.lineJoin = 'round'
  ctx.setLineDash([])
  switch (draft.kind) {
    case 'rectangle':
      paintBox(ctx, draft.box, draft.color, m)
      paintSize(ctx, draft.box, m)
      return
    case 'area':
      ctx.setLineDash([5, 4])
      paintBox(ctx, draft.box, AREA_COLOR, m)
      return
    case 'polygon':
      paintPolygon(ctx, draft, m)
      return
    case 'ghosts':
      paintGhosts(ctx, draft.shapes, m)
      return
    case 'sketch':
      paintSketch(ctx, draft.marks, m, selectedOpacity)
      return
  }
}

function paintBox(ctx: Context2d, box: ImageBox, color: string, m: Matrix): void {
  const [a, b] = screenCorners(box, m)
  ctx.beginPath()
  ctx.rect(a.x, a.y, b.x - a.x, b.y - a.y)
  ctx.fillStyle = withOpacity(color, FILL)
  ctx.fill()
  ctx.strokeStyle = color
  ctx.lineWidth = STROKE
  ctx.stroke()
}

/** Views turn by quarters only, so a box stays a box. */
function screenCorners(box: ImageBox, m: Matrix) {
  const p = toScreen(m, { x: box.x1, y: box.y1 })
  const q = toScreen(m, { x: box.x2, y: box.y2 })
  return [
    { x: Math.min(p.x, q.x), y: Math.min(p.y, q.y) },
    { x: Math.max(p.x, q.x), y: Math.max(p.y, q.y) },
  ] as const
}

/** Live size in image pixels, under the box. */
function paintSize(ctx: Context2d, box: ImageBox, m: Matrix): void {
  const [a, b] = screenCorners(box, m)
  const [width, height] = [Math.round(box.x2 - box.x1), Math.round(box.y2 - box.y1)]
  const text = `${width} x ${height} px`
  paintText(ctx, text, { x: (a.x + b.x) / 2, y: b.y })
}

function paintPolygon(ctx: Context2d, draft: Extract<Draft, { kind: 'polygon' }>, m: Matrix): void {
  const corners: { x: number; y: number }[] = []
  for (let i = 0; i + 1 < draft.points.length; i += 2) {
    corners.push(toScreen(m, { x: draft.points[i] ?? 0, y: draft.points[i + 1] ?? 0 }))
  }
  const first = corners[0]
  if (!first) return
  const pointer = draft.closing ? first : toScreen(m, draft.pointer)
  ctx.beginPath()
  for (const { x, y } of corners) ctx.lineTo(x, y)
  ctx.lineTo(pointer.x, pointer.y)
  ctx.fillStyle = withOpacity(draft.color, FILL)
  ctx.fill()
  ctx.strokeStyle = draft.color
  ctx.lineWidth = ACTIVE_STROKE
  ctx.stroke()
  paintVertices(ctx, corners, draft)
}

function paintVertices(
  ctx: Context2d,
  corners: readonly { x: number; y: number }[],
  { closing, color }: { closing: boolean; color: string },
): void {
  ctx.beginPath()
  corners.forEach(({ x, y }, i) => {
    const radius = closing && i === 0 ? CLOSING_RADIUS : VERTEX
    ctx.moveTo(x + radius, y)
    ctx.arc(x, y, radius, 0, 2 * Math.PI)
  })
  ctx.fillStyle = '#ffffff'
  ctx.fill()
  ctx.strokeStyle = color
  ctx.lineWidth = ACTIVE_STROKE
  ctx.stroke()
}

function paintGhosts(
  ctx: Context2d,
  shapes: Extract<Draft, { kind: 'ghosts' }>['shapes'],
  m: Matrix,
): void {
  for (const shape of shapes) paintGhost(ctx, shape, m, true)
}
