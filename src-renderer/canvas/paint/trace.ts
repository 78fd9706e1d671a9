import { seenFaces } from '../geometry/cuboid-faces.ts'
import { at, ellipseOf, rectangleCorners } from '../geometry/shape-box.ts'
import type { Matrix } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'

/** Both kinds of 2D context, main thread and worker. */
export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/**
 * Adds the outline of a shape to the context's current path. Coordinates are turned into target pixels here, in
 * float64; a canvas transform would do it in float32, which shows at high zoom on large pictures.
 */
export function traceShape(ctx: Context2d, shape: PaintShape, m: Matrix): void {
  switch (shape.type) {
    case 'polygon':
      traceRing(ctx, shape.points, m, shape.backwards)
      return
    case 'rectangle':
      traceRectangle(ctx, shape, m)
      return
    case 'ellipse':
      traceEllipse(ctx, shape, m)
      return
    case 'polyline':
      traceLine(ctx, shape.points, m)
      return
    case 'cuboid':
      for (const face of seenFaces(shape.points)) traceRing(ctx, face, m, false)
      return
    case 'mask':
    case 'skeleton':
      traceBox(ctx, shape, m)
      return
    case 'points':
      return
  }
}

/** Plain statements: this runs for every vertex of a picture, 200,000 times for 10,000 polygons. */
export function traceRing(
  ctx: Context2d,
  points: ArrayLike<number>,
  m: Matrix,
  backwards: boolean,
): void {
  const { a, b, c, d, e, f } = m
  const n = points.length
  const step = backwards ? -2 : 2
  for (let k = 0, i = backwards ? n - 2 : 0; k < n; k += 2, i += step) {
    const x = at(points, i)
    const y = at(points, i + 1)
    if (k === 0) ctx.moveTo(a * x + c * y + e, b * x + d * y + f)
    else ctx.lineTo(a * x + c * y + e, b * x + d * y + f)
  }
  ctx.closePath()
}

/** Open, and joined to nothing that was traced before. */
export function traceLine(ctx: Context2d, points: ArrayLike<number>, m: Matrix): void {
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [at(points, i), at(points, i + 1)]
    const [sx, sy] = [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]
    if (i === 0) ctx.moveTo(sx, sy)
    else ctx.lineTo(sx, sy)
  }
}

function traceRectangle(ctx: Context2d, shape: PaintShape, m: Matrix): void {
  const corners = rectangleCorners(shape.points, shape.rotation)
  traceRing(
    ctx,
    corners.flatMap((p) => [p.x, p.y]),
    m,
    false,
  )
}

function traceBox(ctx: Context2d, shape: PaintShape, m: Matrix): void {
  const { x1, y1, x2, y2 } = shape.box
  traceRing(ctx, [x1, y1, x2, y1, x2, y2, x1, y2], m, false)
}

function traceEllipse(ctx: Context2d, shape: PaintShape, m: Matrix): void {
  const { centre, rx, ry } = ellipseOf(shape.points)
  const scale = Math.hypot(m.a, m.b)
  const turned = Math.atan2(m.b, m.a) + (shape.rotation * Math.PI) / 180
  const [x, y] = [m.a * centre.x + m.c * centre.y + m.e, m.b * centre.x + m.d * centre.y + m.f]
  const [w, h] = [rx * scale, ry * scale]
  ctx.moveTo(x + w * Math.cos(turned), y + w * Math.sin(turned))
  ctx.ellipse(x, y, w, h, turned, 0, 2 * Math.PI)
  ctx.closePath()
}

/** Adds a dot for every point of the shape. */
export function traceDots(ctx: Context2d, shape: PaintShape, m: Matrix, radius: number): void {
  for (let i = 0; i + 1 < shape.points.length; i += 2) {
    const [x, y] = [at(shape.points, i), at(shape.points, i + 1)]
    const [sx, sy] = [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]
    ctx.moveTo(sx + radius, sy)
    ctx.arc(sx, sy, radius, 0, 2 * Math.PI)
  }
}
