import type { CanvasShape } from '../canvas-api.ts'
import { at } from '../geometry/shape-box.ts'
import { skeletonFrame } from '../geometry/skeleton.ts'
import { type Matrix, toScreen } from '../geometry/viewport.ts'
import type { PaintShape } from './paint-shape.ts'
import { strokeHalo } from './style.ts'
import type { Context2d } from './trace.ts'

/** What painters need of a skeleton besides its visible joints' places; indices are into those. */
export interface PaintSkeleton {
  /** Flat pairs of joints. */
  readonly edges: readonly number[]
  readonly colors: readonly string[]
  readonly occluded: readonly boolean[]
}

const RING = 'rgba(0, 0, 0, 0.55)'
const JOINT_DASH = [2, 2] as const

/** Null for every other type. Edges with an end that is outside are left out. */
export function toPaintSkeleton(shape: CanvasShape): PaintSkeleton | null {
  if (shape.type !== 'skeleton') return null
  const seen = new Map<number, number>()
  shape.elements.forEach((joint, index) => {
    if (!joint.outside) seen.set(index, seen.size)
  })
  const edges = (shape.skeleton?.edges ?? []).flatMap(([from, to]) => {
    const [a, b] = [seen.get(from), seen.get(to)]
    return a === undefined || b === undefined ? [] : [a, b]
  })
  const indices = [...seen.keys()]
  return {
    edges,
    colors: indices.map((index) => shape.skeleton?.joints[index]?.color ?? shape.color),
    occluded: indices.map((index) => shape.elements[index]?.occluded ?? false),
  }
}

/**
 * Skeletons of one look: edges in the line's colour, which is set already, joints in their own; an occluded joint is a
 * dashed ring.
 * @param radius  of a joint, target pixels
 * @param halo  the line's colour where a second line is to lie under it; null for none
 */
export function paintSkeletons(
  ctx: Context2d,
  shapes: readonly PaintShape[],
  m: Matrix,
  look: { readonly radius: number; readonly ratio: number; readonly halo: string | null },
): void {
  ctx.beginPath()
  for (const shape of shapes) traceEdges(ctx, shape, m)
  if (look.halo) strokeHalo(ctx, look.halo, look.ratio)
  ctx.stroke()
  const [dash, width] = [ctx.getLineDash(), ctx.lineWidth]
  for (const [color, joints] of byColor(shapes, m)) {
    paintDots(
      ctx,
      joints.filter(({ occluded }) => !occluded),
      color,
      look,
    )
    paintRings(
      ctx,
      joints.filter(({ occluded }) => occluded),
      color,
      look,
    )
  }
  ctx.setLineDash(dash)
  ctx.lineWidth = width
}

function traceEdges(ctx: Context2d, { points, skeleton }: PaintShape, m: Matrix): void {
  const edges = skeleton?.edges ?? []
  edges.forEach((joint, i) => {
    const [x, y] = [at(points, 2 * joint), at(points, 2 * joint + 1)]
    const [sx, sy] = [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]
    if (i % 2 === 0) ctx.moveTo(sx, sy)
    else ctx.lineTo(sx, sy)
  })
}

interface Joint {
  readonly x: number
  readonly y: number
  readonly occluded: boolean
}

/** All joints of one colour share a path: a thousand people have no more paths than one. */
function byColor(shapes: readonly PaintShape[], m: Matrix): Map<string, Joint[]> {
  const groups = new Map<string, Joint[]>()
  for (const { points, skeleton, color } of shapes) {
    for (let i = 0; 2 * i + 1 < points.length; i++) {
      const [x, y] = [at(points, 2 * i), at(points, 2 * i + 1)]
      const own = skeleton?.colors[i] ?? color
      const joint = {
        x: m.a * x + m.c * y + m.e,
        y: m.b * x + m.d * y + m.f,
        occluded: skeleton?.occluded[i] ?? false,
      }
      const group = groups.get(own)
      if (group) group.push(joint)
      else groups.set(own, [joint])
    }
  }
  return groups
}

function paintDots(
  ctx: Context2d,
  joints: readonly Joint[],
  color: string,
  { radius, ratio }: { radius: number; ratio: number },
): void {
  if (joints.length === 0) return
  traceCircles(ctx, joints, radius)
  ctx.fillStyle = color
  ctx.fill()
  const line = ctx.strokeStyle
  ctx.setLineDash([])
  ctx.strokeStyle = RING
  ctx.lineWidth = ratio
  ctx.stroke()
  ctx.strokeStyle = line
}

function paintRings(
  ctx: Context2d,
  joints: readonly Joint[],
  color: string,
  { radius, ratio }: { radius: number; ratio: number },
): void {
  if (joints.length === 0) return
  traceCircles(ctx, joints, radius + ratio)
  const line = ctx.strokeStyle
  ctx.setLineDash([])
  ctx.strokeStyle = RING
  ctx.lineWidth = 3 * ratio
  ctx.stroke()
  ctx.setLineDash(JOINT_DASH.map((length) => length * ratio))
  ctx.strokeStyle = color
  ctx.lineWidth = 2 * ratio
  ctx.stroke()
  ctx.strokeStyle = line
}

function traceCircles(ctx: Context2d, joints: readonly Joint[], radius: number): void {
  ctx.beginPath()
  for (const { x, y } of joints) {
    ctx.moveTo(x + radius, y)
    ctx.arc(x, y, radius, 0, 2 * Math.PI)
  }
}

/** The box that a skeleton in hand is moved, scaled and turned by. @param m  image pixels to CSS pixels */
export function paintSkeletonFrame(ctx: Context2d, shape: CanvasShape, m: Matrix): void {
  if (shape.locked || shape.hidden) return
  const { x1, y1, x2, y2 } = skeletonFrame(shape, 1 / Math.hypot(m.a, m.b))
  const [a, b] = [toScreen(m, { x: x1, y: y1 }), toScreen(m, { x: x2, y: y2 })]
  ctx.setLineDash([5, 4])
  ctx.strokeStyle = shape.color
  ctx.lineWidth = 1
  ctx.strokeRect(a.x, a.y, b.x - a.x, b.y - a.y)
  ctx.setLineDash([])
}
