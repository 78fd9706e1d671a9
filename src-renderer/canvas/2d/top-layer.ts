import type { Appearance, CanvasShape } from '../canvas-api.ts'
import { type Handle, shapeHandles } from '../geometry/handles.ts'
import {
  boxOf,
  type ImageBox,
  type ImageSize,
  type ScreenPoint,
  screenPoint,
} from '../geometry/space.ts'
import { type Matrix, toImage } from '../geometry/viewport.ts'
import { paintPass, visibleShapes } from '../paint/batches.ts'
import { paintCuboids } from '../paint/cuboid.ts'
import { paintDraft } from '../paint/draft.ts'
import { isLong, paintLongOutline, paintManyDots } from '../paint/long-path.ts'
import { paintCrosshair, paintHandles } from '../paint/marks.ts'
import { paintMasks } from '../paint/mask-tile.ts'
import { paintOrder } from '../paint/paint-order.ts'
import { type PaintShape, toPaintShape } from '../paint/paint-shape.ts'
import { paintProjections } from '../paint/projections.ts'
import { paintSkeletonFrame, paintSkeletons } from '../paint/skeleton.ts'
import {
  ACTIVE_STROKE,
  DASH,
  DOT_RADIUS,
  lineColor,
  strokeHalo,
  withOpacity,
} from '../paint/style.ts'
import { paintTexts } from '../paint/texts.ts'
import { traceDots, traceShape } from '../paint/trace.ts'
import type { Draft } from '../tools/tool-state.ts'
import { fitCanvas, layerCanvas } from './image-layer.ts'

/** More shapes than this are painted in batches. */
const MANY = 50
/** Segments of one shape in hand, and of its handles: it is painted anew on every move of the pointer. */
const MOST_SEGMENTS = 3_000
const MOST_HANDLES = 1_500
/** CSS pixels around the pointer. */
const NEAR = 120

export interface TopContent {
  /** Painted emphasised: hovered, active or in the hands of a gesture. */
  readonly emphasised: readonly CanvasShape[]
  /** The one that has handles. */
  readonly edited: CanvasShape | undefined
  readonly draft: Draft | null
  /** Where the guides cross; null for none. */
  readonly crosshair: ScreenPoint | null
  readonly pointer: ScreenPoint | null
}

/** Everything that changes from frame to frame: few shapes, painted anew each time. */
export class TopLayer {
  readonly element = layerCanvas()
  readonly #context = this.element.getContext('2d')

  paint(
    content: TopContent,
    view: { matrix: Matrix; screen: ImageSize; ratio: number },
    appearance: Appearance,
  ): void {
    const ctx = this.#context
    if (!ctx) return
    fitCanvas(this.element, view.screen, view.ratio)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, this.element.width, this.element.height)
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0)
    const shapes = content.emphasised.map(toPaintShape).filter((shape) => shape !== null)
    if (shapes.length > MANY) paintCrowd(ctx, shapes, view, appearance)
    else for (const shape of shapes) paintEmphasised(ctx, shape, view, appearance)
    if (content.edited && appearance.projections)
      paintProjections(ctx, content.edited, view.matrix, view.screen)
    if (content.edited?.type === 'skeleton') paintSkeletonFrame(ctx, content.edited, view.matrix)
    if (content.edited)
      paintHandles(
        ctx,
        visibleHandles(content.edited, content.pointer, view),
        content.edited.color,
        view.matrix,
        appearance.controlPointsSize,
      )
    if (appearance.showText !== 'never')
      paintTexts(ctx, shapes, view.matrix, view.screen, appearance, true)
    if (content.draft) paintDraft(ctx, content.draft, view.matrix, appearance.selectedOpacity)
    if (content.crosshair) paintCrosshair(ctx, content.crosshair, view.screen)
  }
}

/** Those on screen; where they crowd, only those around the pointer: a hundred thousand white dots help nobody. */
function visibleHandles(
  shape: CanvasShape,
  pointer: ScreenPoint | null,
  { matrix, screen }: { matrix: Matrix; screen: ImageSize },
): Handle[] {
  const pixel = 1 / Math.hypot(matrix.a, matrix.b)
  const view = imageBoxOf({ x: 0, y: 0, w: screen.width, h: screen.height }, matrix)
  if (!isCrowded(shape.points, view)) return shapeHandles(shape, pixel, view)
  if (!pointer) return []
  const near = { x: pointer.x - NEAR, y: pointer.y - NEAR, w: 2 * NEAR, h: 2 * NEAR }
  return shapeHandles(shape, pixel, imageBoxOf(near, matrix)).slice(0, MOST_HANDLES)
}

/** More points in the box than there may be handles? Counted before any handle is made. */
function isCrowded(points: readonly number[], { x1, y1, x2, y2 }: ImageBox): boolean {
  let count = 0
  for (let i = 0; i + 1 < points.length && count <= MOST_HANDLES; i += 2) {
    const [x = 0, y = 0] = [points[i], points[i + 1]]
    if (x >= x1 && x <= x2 && y >= y1 && y <= y2) count++
  }
  return count > MOST_HANDLES
}

/** What of the picture lies in a rectangle of the screen. Views turn by quarters, so it is a box again. */
function imageBoxOf(
  { x, y, w, h }: { x: number; y: number; w: number; h: number },
  matrix: Matrix,
): ImageBox {
  return boxOf(toImage(matrix, screenPoint(x, y)), toImage(matrix, screenPoint(x + w, y + h)))
}

/** A large selection on the move: in batches of thin strokes, so that it keeps up with the pointer. */
function paintCrowd(
  ctx: CanvasRenderingContext2D,
  shapes: readonly PaintShape[],
  { matrix, screen }: { matrix: Matrix; screen: ImageSize },
  appearance: Appearance,
): void {
  const clip = { x: 0, y: 0, w: screen.width, h: screen.height }
  const target = { ctx, matrix, clip, ratio: 1, draft: true }
  const selected = { ...appearance, opacity: appearance.selectedOpacity }
  for (const _ of paintPass(target, visibleShapes(paintOrder(shapes), target), selected));
}

/** Pixels in hand must be seen, however faint fills are. */
const faintest = (opacity: number): number => Math.max(opacity, 0.3)

function paintEmphasised(
  ctx: CanvasRenderingContext2D,
  shape: PaintShape,
  { matrix: m, screen }: { matrix: Matrix; screen: ImageSize },
  appearance: Appearance,
): void {
  if (shape.type === 'mask') {
    const edge = appearance.outlined ? appearance.outlineColor : 'own'
    const opacity = faintest(appearance.selectedOpacity)
    paintMasks(ctx, [shape], m, { opacity, edge, edgeWidth: ACTIVE_STROKE })
    return
  }
  ctx.lineJoin = 'round'
  ctx.lineWidth = ACTIVE_STROKE
  ctx.strokeStyle = lineColor(appearance, shape.color)
  ctx.setLineDash(shape.occluded ? [...DASH] : [])
  if (shape.type === 'cuboid') {
    paintCuboids(ctx, [shape], m, { appearance, opacity: appearance.selectedOpacity, ratio: 1 })
    ctx.setLineDash([])
    return
  }
  if (shape.type === 'skeleton') {
    const halo = appearance.highContrast ? lineColor(appearance, shape.color) : null
    paintSkeletons(ctx, [shape], m, { radius: DOT_RADIUS + 1, ratio: 1, halo })
    ctx.setLineDash([])
    return
  }
  if (isLong(shape)) {
    paintLong(
      ctx,
      shape,
      { matrix: m, screen },
      withOpacity(shape.color, appearance.selectedOpacity),
    )
    return
  }
  ctx.beginPath()
  traceShape(ctx, shape, m)
  if (shape.type !== 'polyline') {
    ctx.fillStyle = withOpacity(shape.color, appearance.selectedOpacity)
    ctx.fill()
  }
  if (appearance.highContrast) strokeHalo(ctx, lineColor(appearance, shape.color), 1)
  ctx.stroke()
  ctx.setLineDash([])
  if (shape.type !== 'points') return
  ctx.beginPath()
  traceDots(ctx, shape, m, DOT_RADIUS + 1)
  ctx.fillStyle = shape.color
  ctx.fill()
}

/** The layer below shows it whole as soon as it rests; in hand it is thin (hairlines paint ten times faster) and a tangle only hinted at. */
function paintLong(
  ctx: CanvasRenderingContext2D,
  shape: PaintShape,
  { matrix, screen }: { matrix: Matrix; screen: ImageSize },
  fill: string,
): void {
  const clip = { x: 0, y: 0, w: screen.width, h: screen.height }
  const target = { matrix, clip, most: MOST_SEGMENTS }
  ctx.fillStyle = shape.color
  ctx.lineWidth = 1
  if (shape.type === 'points') paintManyDots(ctx, shape, target, DOT_RADIUS + 1)
  else paintLongOutline(ctx, shape, target, shape.type === 'polygon' ? fill : null)
  ctx.setLineDash([])
}
