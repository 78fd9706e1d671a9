import type { Appearance } from '../canvas-api.ts'
import type { ImageBox } from '../geometry/space.ts'
import { type PassTarget, paintOrder, paintPass, visibleShapes } from '../paint/batches.ts'
import { type PackedShapes, type PaintShape, unpackShapes } from '../paint/paint-shape.ts'
import { DEFAULT_APPEARANCE } from '../paint/style.ts'
import { paintTexts } from '../paint/texts.ts'
import type { RasterMessage, RasterPicture, RasterView } from './raster-messages.ts'

type PaintMessage = Extract<RasterMessage, { kind: 'paint' }>
type SceneMessage = Exclude<RasterMessage, PaintMessage>

/** Above so many visible points the first picture of a view is a draft (about 20 ms of thick strokes on one CPU core). */
const DRAFT_ABOVE_POINTS = 20_000
/** More changed shapes than this and painting everything is cheaper than painting around each. */
const MOST_DIRTY = 64
/** CSS pixels around a changed shape that its stroke, dots and joins may cover. */
const DIRTY_MARGIN = 8

/**
 * Keeps all shapes of the frame as one picture of the current view. Runs in a worker or on the page's thread alike:
 * painting is a generator that its owner drives, so the owner decides about pauses and giving up.
 */
export class ShapeRaster {
  readonly #canvas = new OffscreenCanvas(1, 1)
  readonly #probe = new OffscreenCanvas(1, 1)
  readonly #output = new OffscreenCanvas(1, 1)
  readonly #shapes = new Map<number, PaintShape>()
  #order: PaintShape[] | null = null
  #except = new Set<number>()
  #strong = new Set<number>()
  #appearance: Appearance = DEFAULT_APPEARANCE
  /** What #canvas holds, apart from #dirty; null while a pass is under way or was given up. */
  #painted: { view: RasterView; draft: boolean } | null = null
  #dirty: ImageBox[] = []
  /** Too much changed to repaint in parts. */
  #stale = true
  /** The last pass had nothing to paint, so it did not. */
  #blank = false

  apply(message: SceneMessage): void {
    switch (message.kind) {
      case 'replace':
        this.#shapes.clear()
        this.#put(message.shapes)
        this.#stale = true
        return
      case 'patch':
        for (const id of message.removed) this.#drop(id)
        this.#put(message.shapes)
        return
      case 'except':
        this.#leaveOut(new Set(message.ids))
        return
      case 'emphasise':
        this.#emphasise(new Set(message.ids))
        return
      case 'appearance':
        this.#appearance = message.appearance
        this.#stale = true
    }
  }

  /** Paints what `message` asks for; afterwards `takePicture` has it. Stopping in the middle is safe. */
  *paint(message: PaintMessage): Generator<number, void> {
    const { view, fine } = message
    const before = this.#painted
    this.#painted = null
    this.#blank = this.#drawn().length === 0
    if (this.#blank) {
      // Most frames begin empty: clearing, copying and handing over a picture of nothing cost 18 ms a step.
      this.#stale = true
      return
    }
    if (before && !this.#stale && (!before.draft || !fine) && sameView(before.view, view)) {
      yield* this.#repaintDirty(view, before.draft)
      this.#painted = before
      return
    }
    this.#dirty = []
    this.#stale = false
    const draft = yield* this.#paintAll(view, fine)
    this.#painted = { view, draft }
  }

  /**
   * Makes the browser rasterise what was painted so far; canvas calls are only recorded, and without this the whole
   * pass would be paid for at its end, in one piece.
   */
  settle(): void {
    context(this.#probe).drawImage(this.#canvas, 0, 0, 1, 1, 0, 0, 1, 1)
  }

  takePicture(ticket: number): RasterPicture | null {
    if (this.#blank) return { ticket, draft: false, bitmap: null }
    if (!this.#painted) return null
    const { view, draft } = this.#painted
    const output = sized(this.#output, view)
    output.drawImage(this.#canvas, 0, 0)
    if (this.#appearance.showText === 'always') this.#paintTexts(output, view)
    return { ticket, draft, bitmap: this.#output.transferToImageBitmap() }
  }

  *#paintAll(view: RasterView, fine: boolean): Generator<number, boolean> {
    const ctx = sized(this.#canvas, view)
    const clip = { x: 0, y: 0, w: view.width, h: view.height }
    const target = { ctx, matrix: view.matrix, ratio: view.ratio, clip, draft: false }
    const shapes = visibleShapes(this.#drawn(), target)
    const points = shapes.reduce((sum, shape) => sum + strokedPoints(shape), 0)
    const draft = !fine && points > DRAFT_ABOVE_POINTS
    yield* this.#pass({ ...target, draft }, shapes)
    return draft
  }

  *#repaintDirty(view: RasterView, draft: boolean): Generator<number, void> {
    const boxes = this.#dirty
    this.#dirty = []
    const ctx = context(this.#canvas)
    for (const box of boxes) {
      const clip = targetBox(box, view)
      ctx.save()
      ctx.beginPath()
      ctx.rect(clip.x, clip.y, clip.w, clip.h)
      ctx.clip()
      ctx.clearRect(clip.x, clip.y, clip.w, clip.h)
      const target: PassTarget = { ctx, matrix: view.matrix, ratio: view.ratio, clip, draft }
      // No pause in here: the context must not be left clipped.
      for (const _ of this.#pass(target, visibleShapes(this.#drawn(), target)));
      ctx.restore()
      yield 0
    }
  }

  *#pass(target: PassTarget, shapes: readonly PaintShape[]): Generator<number, void> {
    const plain = this.#strong.size === 0 ? shapes : shapes.filter((s) => !this.#strong.has(s.id))
    yield* paintPass(target, plain, this.#appearance)
    if (plain === shapes) return
    const selected = { ...this.#appearance, opacity: this.#appearance.selectedOpacity }
    const strong = shapes.filter((shape) => this.#strong.has(shape.id))
    yield* paintPass(target, strong, selected)
  }

  #paintTexts(ctx: OffscreenCanvasRenderingContext2D, { matrix: m, ratio, ...view }: RasterView) {
    const css = { a: m.a, b: m.b, c: m.c, d: m.d, e: m.e, f: m.f }
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const) css[key] /= ratio
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    paintTexts(
      ctx,
      this.#drawn(),
      css,
      { width: view.width / ratio, height: view.height / ratio },
      this.#appearance,
    )
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }

  #drawn(): PaintShape[] {
    this.#order ??= paintOrder(this.#shapes.values()).filter(({ id }) => !this.#except.has(id))
    return this.#order
  }

  #put(packed: PackedShapes): void {
    this.#order = null
    for (const shape of unpackShapes(packed)) {
      this.#drop(shape.id)
      this.#shapes.set(shape.id, shape)
      this.#soil(shape.box)
    }
  }

  #drop(id: number): void {
    const shape = this.#shapes.get(id)
    if (!shape) return
    this.#order = null
    this.#shapes.delete(id)
    this.#soil(shape.box)
  }

  #leaveOut(ids: Set<number>): void {
    for (const id of [...ids, ...this.#except]) {
      if (ids.has(id) === this.#except.has(id)) continue
      const shape = this.#shapes.get(id)
      if (shape) this.#soil(shape.box)
    }
    this.#except = ids
    this.#order = null
  }

  #emphasise(ids: Set<number>): void {
    if (ids.size === 0 && this.#strong.size === 0) return
    this.#strong = ids
    this.#stale = true
  }

  #soil(box: ImageBox): void {
    this.#dirty.push(box)
    if (this.#dirty.length <= MOST_DIRTY) return
    this.#dirty = []
    this.#stale = true
  }
}

/** A mask is filled, not stroked: no draft of it is any faster. */
const strokedPoints = ({ type, points }: PaintShape): number =>
  type === 'mask' ? 0 : points.length / 2

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser gives no 2D context.')
  return ctx
}

function sized(canvas: OffscreenCanvas, view: RasterView): OffscreenCanvasRenderingContext2D {
  const ctx = context(canvas)
  if (canvas.width === view.width && canvas.height === view.height) ctx.reset()
  else {
    canvas.width = view.width
    canvas.height = view.height
  }
  return ctx
}

function sameView(a: RasterView, b: RasterView): boolean {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'] as const
  const sameSize = a.width === b.width && a.height === b.height && a.ratio === b.ratio
  return sameSize && keys.every((key) => a.matrix[key] === b.matrix[key])
}

/** The whole target pixels that a shape with this box can have touched. */
function targetBox(box: ImageBox, { matrix: m, ratio }: RasterView) {
  const corners = [
    [box.x1, box.y1],
    [box.x2, box.y1],
    [box.x2, box.y2],
    [box.x1, box.y2],
  ] as const
  const xs = corners.map(([x, y]) => m.a * x + m.c * y + m.e)
  const ys = corners.map(([x, y]) => m.b * x + m.d * y + m.f)
  const margin = DIRTY_MARGIN * ratio
  const [x, y] = [Math.floor(Math.min(...xs) - margin), Math.floor(Math.min(...ys) - margin)]
  return {
    x,
    y,
    w: Math.ceil(Math.max(...xs) + margin) - x,
    h: Math.ceil(Math.max(...ys) + margin) - y,
  }
}
