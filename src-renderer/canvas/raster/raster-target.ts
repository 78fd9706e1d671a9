import type { ImageBox } from '../geometry/space.ts'
import type { PassTarget } from '../paint/batches.ts'
import type { RasterView, Strip } from './raster-messages.ts'

/** CSS pixels around a changed shape that its stroke, dots and joins may cover. */
const DIRTY_MARGIN = 8

export function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser gives no 2D context.')
  return ctx
}

export function sized(
  canvas: OffscreenCanvas,
  width: number,
  height: number,
): OffscreenCanvasRenderingContext2D {
  const ctx = context(canvas)
  if (canvas.width === width && canvas.height === height) ctx.reset()
  else {
    canvas.width = width
    canvas.height = height
  }
  return ctx
}

/** A strip's own pixels: the view's, counted from the strip's upper edge. */
export function targetOf(
  ctx: OffscreenCanvasRenderingContext2D,
  { matrix, width, ratio }: RasterView,
  { y, height }: Strip,
): PassTarget {
  const clip = { x: 0, y: 0, w: width, h: height }
  return { ctx, matrix: { ...matrix, f: matrix.f - y }, ratio, clip, draft: false }
}

export function sameView(a: RasterView, b: RasterView): boolean {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'] as const
  const sameSize = a.width === b.width && a.height === b.height && a.ratio === b.ratio
  return sameSize && keys.every((key) => a.matrix[key] === b.matrix[key])
}

/**
 * The whole pixels of the target that a shape with this box can have touched, null for none. A box may reach millions of
 * pixels beyond the target, and what is painted in is made as large as the answer.
 */
export function targetBox(
  box: ImageBox,
  { matrix: m, ratio, clip }: Pick<PassTarget, 'matrix' | 'ratio' | 'clip'>,
): PassTarget['clip'] | null {
  const corners = [
    [box.x1, box.y1],
    [box.x2, box.y1],
    [box.x2, box.y2],
    [box.x1, box.y2],
  ] as const
  const xs = corners.map(([x, y]) => m.a * x + m.c * y + m.e)
  const ys = corners.map(([x, y]) => m.b * x + m.d * y + m.f)
  const margin = DIRTY_MARGIN * ratio
  const x = Math.max(clip.x, Math.floor(Math.min(...xs) - margin))
  const y = Math.max(clip.y, Math.floor(Math.min(...ys) - margin))
  const w = Math.min(clip.x + clip.w, Math.ceil(Math.max(...xs) + margin)) - x
  const h = Math.min(clip.y + clip.h, Math.ceil(Math.max(...ys) + margin)) - y
  return w > 0 && h > 0 ? { x, y, w, h } : null
}
