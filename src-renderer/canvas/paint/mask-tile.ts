import type { ImageBox } from '../geometry/space.ts'
import { screenPoint } from '../geometry/space.ts'
import { type Matrix, multiplyMatrix, toImage, toScreen } from '../geometry/viewport.ts'
import { type MaskTarget, paintMaskRuns, paintMaskSpeck } from './mask-raster.ts'
import type { PaintShape } from './paint-shape.ts'
import type { Context2d } from './trace.ts'

/** How masks of one batch look. */
export interface MaskLook {
  /** 0 … 1 */
  readonly opacity: number
  /** The colour of their borders, 'own' for each its own; null for no border. */
  readonly edge: string | null
  /** The context's own units. */
  readonly edgeWidth: number
}

interface Rect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Below this many target pixels a mask is a dot. */
const DOT_SIZE = 2.5

let canvas: OffscreenCanvas | null = null
let words = new Uint32Array(0)

/**
 * Paints masks, the farthest first, as one picture in the pixels of the target.
 * @param m     image pixels to the context's own units
 * @param clip  target pixels; left out: the whole target
 */
export function paintMasks(
  ctx: Context2d,
  masks: readonly PaintShape[],
  m: Matrix,
  look: MaskLook,
  clip?: Rect,
): void {
  const own = ctx.getTransform()
  const matrix = multiplyMatrix(own, m)
  const whole = clip ?? { x: 0, y: 0, w: ctx.canvas.width, h: ctx.canvas.height }
  const area = touched(masks, matrix, whole)
  if (!area) return
  const target = targetOn(area, matrix)
  const ratio = Math.hypot(own.a, own.b)
  for (const mask of masks) paintOne(target, mask, look, ratio)
  show(ctx, target, matrix)
}

function paintOne(target: MaskTarget, mask: PaintShape, look: MaskLook, ratio: number): void {
  const { box, points, color } = mask
  if (Math.max(box.x2 - box.x1, box.y2 - box.y1) * target.scale < DOT_SIZE) {
    paintMaskSpeck(target, points, color, Math.max(2, Math.round(2 * ratio)))
    return
  }
  const edge = look.edge === 'own' ? color : look.edge
  const edgeWidth = Math.max(1, Math.round(look.edgeWidth * ratio))
  paintMaskRuns(target, points, { color, opacity: look.opacity, edge, edgeWidth })
}

/** The whole target pixels that the masks can touch; null for none. */
function touched(masks: readonly PaintShape[], m: Matrix, clip: Rect): Rect | null {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { box } of masks) {
    const p = toScreen(m, { x: box.x1, y: box.y1 })
    const q = toScreen(m, { x: box.x2, y: box.y2 })
    x1 = Math.min(x1, p.x, q.x)
    y1 = Math.min(y1, p.y, q.y)
    x2 = Math.max(x2, p.x, q.x)
    y2 = Math.max(y2, p.y, q.y)
  }
  // A pixel more on each side: a dot is larger than its mask.
  const left = Math.max(Math.floor(clip.x), Math.floor(x1) - 2)
  const top = Math.max(Math.floor(clip.y), Math.floor(y1) - 2)
  const right = Math.min(Math.ceil(clip.x + clip.w), Math.ceil(x2) + 2)
  const bottom = Math.min(Math.ceil(clip.y + clip.h), Math.ceil(y2) + 2)
  return left < right && top < bottom ? { x: left, y: top, w: right - left, h: bottom - top } : null
}

/** Views turn by quarters only, so that a piece of the target is a box of the picture, its sides perhaps swapped. */
function targetOn({ x, y, w, h }: Rect, m: Matrix): MaskTarget {
  const box = imageBox(m, x, y, w, h)
  const scale = Math.hypot(m.a, m.b)
  const [width, height] = Math.abs(m.a) > Math.abs(m.b) ? [w, h] : [h, w]
  if (words.length < width * height) words = new Uint32Array(width * height)
  else words.fill(0, 0, width * height)
  return { words, width, height, left: box.x1, top: box.y1, scale }
}

function imageBox(m: Matrix, x: number, y: number, w: number, h: number): ImageBox {
  const p = toImage(m, screenPoint(x, y))
  const q = toImage(m, screenPoint(x + w, y + h))
  return {
    x1: Math.min(p.x, q.x),
    y1: Math.min(p.y, q.y),
    x2: Math.max(p.x, q.x),
    y2: Math.max(p.y, q.y),
  }
}

function show(ctx: Context2d, { width, height, left, top, scale }: MaskTarget, m: Matrix): void {
  const scratch = scratchContext(width, height)
  if (!scratch) return
  const bytes = new Uint8ClampedArray(words.buffer, 0, width * height * 4)
  scratch.putImageData(new ImageData(bytes, width, height), 0, 0)
  // Pixel on pixel, at most turned: no scaling is left to do.
  const place = multiplyMatrix(m, { a: 1 / scale, b: 0, c: 0, d: 1 / scale, e: left, f: top })
  ctx.save()
  ctx.setTransform(
    Math.round(place.a),
    Math.round(place.b),
    Math.round(place.c),
    Math.round(place.d),
    Math.round(place.e),
    Math.round(place.f),
  )
  ctx.imageSmoothingEnabled = false
  ctx.globalAlpha = 1
  ctx.drawImage(scratch.canvas, 0, 0, width, height, 0, 0, width, height)
  ctx.restore()
}

/** One canvas for all, as large as the largest piece so far. */
function scratchContext(width: number, height: number): OffscreenCanvasRenderingContext2D | null {
  canvas ??= new OffscreenCanvas(width, height)
  if (canvas.width < width) canvas.width = width
  if (canvas.height < height) canvas.height = height
  return canvas.getContext('2d', { willReadFrequently: true })
}
