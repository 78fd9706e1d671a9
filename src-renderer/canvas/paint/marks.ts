import type { Handle } from '../geometry/handles.ts'
import type { ImagePoint, ImageSize, ScreenPoint } from '../geometry/space.ts'
import { type Matrix, toScreen } from '../geometry/viewport.ts'
import type { Context2d } from './trace.ts'

/** CSS pixels: half the side of a corner's square, radius of a vertex, of an edge's middle. */
const CORNER = 4.5
const VERTEX = 4.5
const MIDDLE = 3
/** Where an outline begins, and how far its arrow reaches. */
const FIRST = 6
const ARROW = 19
const SMALLEST_VERTEX = 1.75

/** Across a corner's square, as the sizes above have it. */
export const DEFAULT_HANDLE = 2 * CORNER

/**
 * White marks with a ring in the shape's colour: they read on any picture.
 * @param size  CSS pixels across, as the person wants them; all marks grow together
 */
export function paintHandles(
  ctx: Context2d,
  handles: readonly Handle[],
  color: string,
  m: Matrix,
  size = DEFAULT_HANDLE,
): void {
  const grow = size / DEFAULT_HANDLE
  ctx.setLineDash([])
  paintStem(ctx, handles, color, m)
  const vertex = vertexRadius(handles, m)
  const ring = 2 * (vertex / VERTEX) ** 0.5
  ctx.beginPath()
  for (const handle of handles) traceHandle(ctx, handle, { vertex, grow }, m)
  ctx.strokeStyle = 'rgba(0, 0, 0, 0.35)'
  ctx.lineWidth = 2 * ring
  ctx.stroke()
  ctx.fillStyle = '#ffffff'
  ctx.fill()
  ctx.strokeStyle = color
  ctx.lineWidth = ring
  ctx.stroke()
  for (const handle of handles) {
    if (handle.kind === 'own' && handle.color) paintInside(ctx, handle, handle.color, grow, m)
    if (handle.kind === 'vertex' && handle.heading) paintHeading(ctx, handle.at, handle.heading, m)
  }
}

function paintInside(ctx: Context2d, handle: Handle, color: string, grow: number, m: Matrix): void {
  ctx.beginPath()
  traceHandle(ctx, handle, { vertex: VERTEX, grow }, m)
  ctx.fillStyle = color
  ctx.fill()
}

/** A small arrow from the first vertex: where the outline begins and which way it goes. */
function paintHeading(ctx: Context2d, at: ImagePoint, way: ImagePoint, m: Matrix): void {
  const from = toScreen(m, at)
  const scale = Math.hypot(m.a, m.b)
  const [dx, dy] = [(m.a * way.x + m.c * way.y) / scale, (m.b * way.x + m.d * way.y) / scale]
  const place = (along: number, across: number): [number, number] => [
    from.x + dx * along - dy * across,
    from.y + dy * along + dx * across,
  ]
  ctx.beginPath()
  ctx.moveTo(...place(ARROW, 0))
  ctx.lineTo(...place(ARROW - 9, 4.5))
  ctx.lineTo(...place(ARROW - 9, -4.5))
  ctx.closePath()
  ctx.fillStyle = '#ffffff'
  ctx.fill()
  ctx.strokeStyle = 'rgba(0, 0, 0, 0.7)'
  ctx.lineWidth = 1
  ctx.stroke()
}

/** Vertices that crowd get smaller marks, so that a contour of a hundred points stays a contour, not a string of pearls. */
function vertexRadius(handles: readonly Handle[], m: Matrix): number {
  const places = handles.flatMap((handle) => (handle.kind === 'vertex' ? [handle.at] : []))
  const first = places[0]
  if (places.length < 3 || !first) return VERTEX
  let [length, from] = [0, toScreen(m, first)]
  for (const place of places) {
    const to = toScreen(m, place)
    length += Math.hypot(to.x - from.x, to.y - from.y)
    from = to
  }
  return Math.max(SMALLEST_VERTEX, Math.min(VERTEX, (0.3 * length) / (places.length - 1)))
}

function traceHandle(
  ctx: Context2d,
  handle: Handle,
  { vertex, grow }: { vertex: number; grow: number },
  m: Matrix,
): void {
  const { x, y } = toScreen(m, handle.at)
  if (handle.kind === 'corner' || (handle.kind === 'own' && handle.look === 'square')) {
    // Squares lie straight on the screen however the shape is turned: they mark a place, not a direction.
    const half = CORNER * grow
    ctx.roundRect(x - half, y - half, 2 * half, 2 * half, 2)
    return
  }
  const radius = radiusOf(handle, vertex) * grow
  ctx.moveTo(x + radius, y)
  ctx.arc(x, y, radius, 0, 2 * Math.PI)
}

function radiusOf(handle: Handle, vertex: number): number {
  if (handle.kind === 'vertex') return handle.heading ? Math.max(vertex, FIRST) : vertex
  const isSmall = handle.kind === 'edge' || (handle.kind === 'own' && handle.look === 'small-dot')
  return isSmall ? MIDDLE : VERTEX
}

function paintStem(ctx: Context2d, handles: readonly Handle[], color: string, m: Matrix): void {
  const rotate = handles.find((handle) => handle.kind === 'rotate')
  if (!rotate) return
  const [from, to] = [toScreen(m, rotate.from), toScreen(m, rotate.at)]
  ctx.beginPath()
  ctx.moveTo(from.x, from.y)
  ctx.lineTo(to.x, to.y)
  ctx.strokeStyle = color
  ctx.lineWidth = 1.5
  ctx.stroke()
}

/** Guides over the whole canvas: a light line on a dark one, so that they show on any picture and shout on none. */
export function paintCrosshair(ctx: Context2d, at: ScreenPoint, screen: ImageSize): void {
  const [x, y] = [Math.round(at.x) + 0.5, Math.round(at.y) + 0.5]
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(x, 0)
  ctx.lineTo(x, screen.height)
  ctx.moveTo(0, y)
  ctx.lineTo(screen.width, y)
  ctx.strokeStyle = 'rgba(0, 0, 0, 0.25)'
  ctx.lineWidth = 3
  ctx.stroke()
  ctx.strokeStyle = 'rgba(255, 255, 255, 0.75)'
  ctx.lineWidth = 1
  ctx.stroke()
}
