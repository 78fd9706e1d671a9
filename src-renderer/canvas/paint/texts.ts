import type { Appearance } from '../canvas-api.ts'
import type { Matrix } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'
import { textFont } from './style.ts'
import type { Context2d } from './trace.ts'

const PADDING = 5
const GAP = 4
/** CSS pixels; a coarse grid is enough to keep chips from lying on each other. */
const CELL = 24
const MOST_TEXTS = 400

/** What of the appearance texts follow. */
type TextStyle = Pick<Appearance, 'textSize' | 'textPosition'>

const heightOf = ({ textSize }: TextStyle): number => Math.round(textSize * 1.5)

/**
 * Paints the shapes' texts as small chips to the right of their boxes. A chip that would cover another is left out, so
 * ten thousand shapes still give a readable picture and cost no more than a few hundred chips.
 * @param ctx    already scaled to CSS pixels
 * @param m      image pixels to CSS pixels
 * @param keepInside  shapes that reach over the edge of the view get their chip at the edge
 */
export function paintTexts(
  ctx: Context2d,
  shapes: Iterable<PaintShape>,
  m: Matrix,
  size: { width: number; height: number },
  style: TextStyle,
  keepInside = false,
): void {
  const taken = new Set<number>()
  let painted = 0
  const height = heightOf(style)
  ctx.font = textFont(style.textSize)
  ctx.textBaseline = 'middle'
  for (const shape of shapes) {
    if (shape.text === '' || painted >= MOST_TEXTS) continue
    const width = ctx.measureText(shape.text).width + 2 * PADDING + 3
    const chip = { width, height }
    const corner =
      style.textPosition === 'center' ? chipMiddle(shape, chip, m) : chipCorner(shape, m)
    const { x, y } = keepInside ? inside(corner, chip, shape, m, size) : corner
    if (x < -200 || x > size.width || y < -height || y > size.height) continue
    const place = { x, y, ...chip }
    if (!claim(taken, place)) continue
    paintChip(ctx, shape, place)
    painted++
  }
}

function chipCorner({ box }: PaintShape, m: Matrix): { x: number; y: number } {
  const xs = [m.a * box.x1 + m.c * box.y1, m.a * box.x2 + m.c * box.y2]
  const ys = [m.b * box.x1 + m.d * box.y1, m.b * box.x2 + m.d * box.y2]
  return { x: Math.max(...xs) + m.e + GAP, y: Math.min(...ys) + m.f }
}

/** The chip in the middle of the shape's box. */
function chipMiddle({ box }: PaintShape, chip: { width: number; height: number }, m: Matrix) {
  const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2]
  return {
    x: m.a * x + m.c * y + m.e - chip.width / 2,
    y: m.b * x + m.d * y + m.f - chip.height / 2,
  }
}

/** The corner pulled into the view, as long as a part of the shape is in it, too. */
function inside(
  corner: { x: number; y: number },
  { width, height }: { width: number; height: number },
  { box }: PaintShape,
  m: Matrix,
  size: { width: number; height: number },
): { x: number; y: number } {
  const left = Math.min(m.a * box.x1 + m.c * box.y1, m.a * box.x2 + m.c * box.y2) + m.e
  const bottom = Math.max(m.b * box.x1 + m.d * box.y1, m.b * box.x2 + m.d * box.y2) + m.f
  if (left > size.width || corner.x < 0 || corner.y > size.height || bottom < 0) return corner
  return {
    x: Math.max(0, Math.min(corner.x, size.width - width - GAP)),
    y: Math.max(0, Math.min(corner.y, size.height - height)),
  }
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function claim(taken: Set<number>, { x, y, width, height }: Place): boolean {
  const cells: number[] = []
  for (let cx = Math.floor(x / CELL); cx <= Math.floor((x + width) / CELL); cx++) {
    for (let cy = Math.floor(y / CELL); cy <= Math.floor((y + height) / CELL); cy++) {
      cells.push(cy * 65_536 + cx)
    }
  }
  if (cells.some((cell) => taken.has(cell))) return false
  for (const cell of cells) taken.add(cell)
  return true
}

function paintChip(ctx: Context2d, shape: PaintShape, at: Place): void {
  ctx.fillStyle = 'rgba(16, 18, 24, 0.78)'
  ctx.beginPath()
  ctx.roundRect(at.x, at.y, at.width, at.height, 4)
  ctx.fill()
  ctx.fillStyle = shape.color
  ctx.beginPath()
  ctx.roundRect(at.x, at.y, 3, at.height, [4, 0, 0, 4])
  ctx.fill()
  ctx.fillStyle = '#ffffff'
  ctx.fillText(shape.text, at.x + PADDING + 3, at.y + at.height / 2 + 0.5)
}
