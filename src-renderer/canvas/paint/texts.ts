import type { Matrix } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'
import { TEXT_FONT } from './style.ts'
import type { Context2d } from './trace.ts'

const HEIGHT = 18
const PADDING = 5
const GAP = 4
/** CSS pixels; a coarse grid is enough to keep chips from lying on each other. */
const CELL = 24
const MOST_TEXTS = 400

/**
 * Paints the shapes' texts as small chips to the right of their boxes. A chip that would cover another is left out, so
 * ten thousand shapes still give a readable picture and cost no more than a few hundred chips.
 * @param ctx    already scaled to CSS pixels
 * @param m      image pixels to CSS pixels
 */
export function paintTexts(
  ctx: Context2d,
  shapes: Iterable<PaintShape>,
  m: Matrix,
  size: { width: number; height: number },
): void {
  const taken = new Set<number>()
  let painted = 0
  ctx.font = TEXT_FONT
  ctx.textBaseline = 'middle'
  for (const shape of shapes) {
    if (shape.text === '' || painted >= MOST_TEXTS) continue
    const { x, y } = chipCorner(shape, m)
    if (x < -200 || x > size.width || y < -HEIGHT || y > size.height) continue
    const width = ctx.measureText(shape.text).width + 2 * PADDING + 3
    if (!claim(taken, x, y, width)) continue
    paintChip(ctx, shape, { x, y, width })
    painted++
  }
}

function chipCorner({ box }: PaintShape, m: Matrix): { x: number; y: number } {
  const xs = [m.a * box.x1 + m.c * box.y1, m.a * box.x2 + m.c * box.y2]
  const ys = [m.b * box.x1 + m.d * box.y1, m.b * box.x2 + m.d * box.y2]
  return { x: Math.max(...xs) + m.e + GAP, y: Math.min(...ys) + m.f }
}

function claim(taken: Set<number>, x: number, y: number, width: number): boolean {
  const cells: number[] = []
  for (let cx = Math.floor(x / CELL); cx <= Math.floor((x + width) / CELL); cx++) {
    for (let cy = Math.floor(y / CELL); cy <= Math.floor((y + HEIGHT) / CELL); cy++) {
      cells.push(cy * 65_536 + cx)
    }
  }
  if (cells.some((cell) => taken.has(cell))) return false
  for (const cell of cells) taken.add(cell)
  return true
}

function paintChip(
  ctx: Context2d,
  shape: PaintShape,
  at: { x: number; y: number; width: number },
): void {
  ctx.fillStyle = 'rgba(16, 18, 24, 0.78)'
  ctx.beginPath()
  ctx.roundRect(at.x, at.y, at.width, HEIGHT, 4)
  ctx.fill()
  ctx.fillStyle = shape.color
  ctx.beginPath()
  ctx.roundRect(at.x, at.y, 3, HEIGHT, [4, 0, 0, 4])
  ctx.fill()
  ctx.fillStyle = '#ffffff'
  ctx.fillText(shape.text, at.x + PADDING + 3, at.y + HEIGHT / 2 + 0.5)
}
