import type { Appearance } from '../canvas-api.ts'
import type { ImageBox } from '../geometry/space.ts'
import { type PassTarget, paintPass, visibleShapes } from '../paint/batches.ts'
import { PaintOrder } from '../paint/paint-order.ts'
import { type PackedShapes, type PaintShape, unpackShapes } from '../paint/paint-shape.ts'
import { DEFAULT_APPEARANCE } from '../paint/style.ts'
import { paintTexts } from '../paint/texts.ts'
import {
  type PaintMessage,
  type RasterPicture,
  type RasterView,
  type SceneMessage,
  type Strip,
  type StripPicture,
  wholeView,
} from './raster-messages.ts'
import { context, sameView, sized, targetBox, targetOf } from './raster-target.ts'

/** Above so many visible points the first picture of a view is a draft (about 20 ms of thick strokes on one CPU core). */
const DRAFT_ABOVE_POINTS = 20_000
/** More changed shapes than this and painting everything is cheaper than painting around each. */
const MOST_DIRTY = 64

/** What the canvas holds. */
interface Painted {
  readonly ticket: number
  readonly view: RasterView
  readonly strip: Strip
  readonly draft: boolean
}

/**
 * Keeps all shapes of the frame as one picture of the current view, or of a strip of it. Runs in a worker or on the page's
 * thread alike: painting is a generator that its owner drives, so the owner decides about pauses and giving up.
 */
export class ShapeRaster {
  readonly #canvas = new OffscreenCanvas(1, 1)
  readonly #probe = new OffscreenCanvas(1, 1)
  readonly #output = new OffscreenCanvas(1, 1)
  readonly #shapes = new PaintOrder()
  #except = new Set<number>()
  #strong = new Set<number>()
  #appearance: Appearance = DEFAULT_APPEARANCE
  /** Apart from #dirty; null while a pass is under way or was given up. */
  #painted: Painted | null = null
  #dirty: ImageBox[] = []
  /** Too much changed to repaint in parts. */
  #stale = true
  /** The last pass had nothing to paint, so it did not. */
  #blank = false
  /** The last pass left every pixel as it was. */
  #untouched = false

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

  /**
   * Paints what `message` asks for, or only `strip` of it; afterwards `takePicture` or `takeStrip` has it. Stopping in the
   * middle is safe.
   */
  *paint(message: PaintMessage, strip = wholeView(message.view)): Generator<number, void> {
    const { ticket, view, fine, from } = message
    const before = this.#painted
    this.#painted = null
    this.#untouched = false
    this.#blank = this.#drawn().length === 0
    if (this.#blank) {
      // Most frames begin empty: clearing, copying and handing over a picture of nothing cost 18 ms a step.
      this.#stale = true
      return
    }
    const isBasis = before?.ticket === from && isSame(before, view, strip)
    if (isBasis && !this.#stale && (!before.draft || !fine)) {
      yield* this.#repaintDirty(before)
      this.#painted = { ...before, ticket }
      return
    }
    this.#dirty = []
    this.#stale = false
    const draft = yield* this.#paintAll(view, strip, fine)
    this.#painted = { ticket, view, strip, draft }
  }

  /**
   * Makes the browser rasterise what was painted so far; canvas calls are only recorded, and without this the whole
   * pass would be paid for at its end, in one piece.
   */
  settle(): void {
    context(this.#probe).drawImage(this.#canvas, 0, 0, 1, 1, 0, 0, 1, 1)
  }

  /** @param others  the strips of the view that others painted */
  takePicture(ticket: number, others: readonly StripPicture[] = []): RasterPicture | null {
    if (this.#blank) return { ticket, draft: false, bitmap: null }
    if (!this.#painted) return null
    const { view, strip, draft } = this.#painted
    const output = sized(this.#output, view.width, view.height)
    output.drawImage(this.#canvas, 0, strip.y)
    for (const other of others) output.drawImage(other.bitmap, 0, other.strip.y)
    if (this.#appearance.showText === 'always') this.#paintTexts(output, view)
    return { ticket, draft, bitmap: this.#output.transferToImageBitmap() }
  }

  /** What was painted last, without texts; null when there is nothing to show, 'same' when no pixel of it changed. */
  takeStrip(): StripPicture | 'same' | null {
    if (this.#blank || !this.#painted) return null
    if (this.#untouched) return 'same'
    const { view, strip } = this.#painted
    sized(this.#output, view.width, strip.height).drawImage(this.#canvas, 0, 0)
    return { strip, bitmap: this.#output.transferToImageBitmap() }
  }

  /** Whether it is a draft goes by the whole view: all strips of it look alike. */
  *#paintAll(view: RasterView, strip: Strip, fine: boolean): Generator<number, boolean> {
    const ctx = sized(this.#canvas, view.width, strip.height)
    const whole = targetOf(ctx, view, wholeView(view))
    const inView = visibleShapes(this.#drawn(), whole)
    let points = 0
    for (const shape of inView) points += strokedPoints(shape)
    const draft = !fine && points > DRAFT_ABOVE_POINTS
    const target = { ...targetOf(ctx, view, strip), draft }
    yield* this.#pass(target, visibleShapes(inView, target))
    return draft
  }

  *#repaintDirty({ view, strip, draft }: Painted): Generator<number, void> {
    const boxes = this.#dirty
    this.#dirty = []
    this.#untouched = true
    const ctx = context(this.#canvas)
    for (const box of boxes) {
      const target = { ...targetOf(ctx, view, strip), draft }
      const clip = targetBox(box, target)
      if (!clip) continue
      this.#untouched = false
      ctx.save()
      ctx.beginPath()
      ctx.rect(clip.x, clip.y, clip.w, clip.h)
      ctx.clip()
      ctx.clearRect(clip.x, clip.y, clip.w, clip.h)
      const part = { ...target, clip }
      // No pause in here: the context must not be left clipped.
      for (const _ of this.#pass(part, visibleShapes(this.#drawn(), part)));
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

  #drawn(): readonly PaintShape[] {
    const all = this.#shapes.list()
    return this.#except.size === 0 ? all : all.filter(({ id }) => !this.#except.has(id))
  }

  #put(packed: PackedShapes): void {
    for (const shape of unpackShapes(packed)) {
      this.#drop(shape.id)
      this.#shapes.put(shape)
      this.#soil(shape.box)
    }
  }

  #drop(id: number): void {
    const shape = this.#shapes.get(id)
    if (!shape) return
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

const isSame = (painted: Painted, view: RasterView, { y, height }: Strip): boolean =>
  painted.strip.y === y && painted.strip.height === height && sameView(painted.view, view)
