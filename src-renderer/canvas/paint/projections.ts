import type { CanvasShape } from '../canvas-api.ts'
import { at, rectangleCorners, shapeBox } from '../geometry/shape-box.ts'
import type { ImagePoint, ImageSize } from '../geometry/space.ts'
import { type Matrix, toScreen } from '../geometry/viewport.ts'
import type { Context2d } from './trace.ts'

type Line = readonly [ImagePoint, ImagePoint]

/** The edges of a cuboid that run into the depth, by corner of CVAT's eight points. */
const DEPTH_EDGES = [
  [0, 6],
  [1, 7],
  [2, 4],
  [3, 5],
] as const

/**
 * The edges of the shape in hand as lines over the whole view, so that it can be lined up with what is far away; those of
 * a cuboid run into its vanishing point.
 */
export function paintProjections(
  ctx: Context2d,
  shape: CanvasShape,
  m: Matrix,
  screen: ImageSize,
): void {
  const reach = 2 * Math.hypot(screen.width, screen.height)
  ctx.beginPath()
  for (const [from, to] of linesOf(shape)) {
    const [a, b] = [toScreen(m, from), toScreen(m, to)]
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (length === 0) continue
    const [dx, dy] = [((b.x - a.x) / length) * reach, ((b.y - a.y) / length) * reach]
    ctx.moveTo(a.x - dx, a.y - dy)
    ctx.lineTo(a.x + dx, a.y + dy)
  }
  ctx.setLineDash([3, 5])
  ctx.strokeStyle = shape.color
  ctx.lineWidth = 1
  ctx.stroke()
  ctx.setLineDash([])
}

function linesOf(shape: CanvasShape): Line[] {
  if (shape.type === 'cuboid')
    return DEPTH_EDGES.map(([a, b]): Line => [corner(shape.points, a), corner(shape.points, b)])
  if (shape.type === 'rectangle') return ring(rectangleCorners(shape.points, shape.rotation))
  const points =
    shape.type === 'skeleton' ? shape.elements.flatMap((joint) => joint.points) : shape.points
  if (points.length < 4) return []
  const { x1, y1, x2, y2 } = shapeBox({ ...shape, points })
  return ring([
    { x: x1, y: y1 },
    { x: x2, y: y1 },
    { x: x2, y: y2 },
    { x: x1, y: y2 },
  ])
}

const corner = (points: readonly number[], index: number): ImagePoint => ({
  x: at(points, 2 * index),
  y: at(points, 2 * index + 1),
})

const ring = (corners: readonly ImagePoint[]): Line[] =>
  corners.map((from, i): Line => [from, corners[(i + 1) % corners.length] ?? from])
