import type { Appearance, CanvasShape } from '../canvas-api.ts'
import { type Handle, shapeHandles } from '../geometry/handles.ts'
import type { ImageSize, ScreenPoint } from '../geometry/space.ts'
import type { Matrix } from '../geometry/viewport.ts'
import { paintOrder, paintPass, visibleShapes } from '../paint/batches.ts'
import { paintDraft } from '../paint/draft.ts'
import { paintCrosshair, paintHandles } from '../paint/marks.ts'
import { paintMask } from '../paint/mask-tile.ts'
import { type PaintShape, toPaintShape } from '../paint/paint-shape.ts'
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

export interface TopContent {
  /** Painted emphasised: hovered, active or in the hands of a gesture. */
  readonly emphasised: readonly CanvasShape[]
  /** The one that has handles. */
  readonly edited: CanvasShape | undefined
  readonly draft: Draft | null
  /** Where the guides cross; null for none. */
  readonly crosshair: ScreenPoint | null
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
    else for (const shape of shapes) paintEmphasised(ctx, shape, view.matrix, appearance)
    if (content.edited)
      paintHandles(ctx, this.#handles(content.edited, view), content.edited.color, view.matrix)
    if (appearance.showText !== 'never') paintTexts(ctx, shapes, view.matrix, view.screen, true)
    if (content.draft) paintDraft(ctx, content.draft, view.matrix)
    if (content.crosshair) paintCrosshair(ctx, content.crosshair, view.screen)
  }

  #handles(shape: CanvasShape, { matrix }: { matrix: Matrix }): Handle[] {
    return shapeHandles(shape, 1 / Math.hypot(matrix.a, matrix.b))
  }
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

function paintEmphasised(
  ctx: CanvasRenderingContext2D,
  shape: PaintShape,
  m: Matrix,
  appearance: Appearance,
): void {
  if (shape.type === 'mask') {
    paintMask(ctx, shape, m, Math.max(appearance.selectedOpacity, 0.3))
    return
  }
  ctx.lineJoin = 'round'
  ctx.lineWidth = ACTIVE_STROKE
  ctx.strokeStyle = lineColor(appearance, shape.color)
  ctx.setLineDash(shape.occluded ? [...DASH] : [])
  ctx.beginPath()
  traceShape(ctx, shape, m)
  if (shape.type !== 'polyline' && shape.type !== 'skeleton') {
    ctx.fillStyle = withOpacity(shape.color, appearance.selectedOpacity)
    ctx.fill()
  }
  if (appearance.highContrast) strokeHalo(ctx, lineColor(appearance, shape.color), 1)
  ctx.stroke()
  ctx.setLineDash([])
  if (shape.type !== 'points' && shape.type !== 'skeleton') return
  ctx.beginPath()
  traceDots(ctx, shape, m, DOT_RADIUS + 1)
  ctx.fillStyle = shape.color
  ctx.fill()
}
