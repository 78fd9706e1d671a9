import type { Appearance, CanvasShape } from '../canvas-api.ts'
import type { ImageSize } from '../geometry/space.ts'
import { invertMatrix, type Matrix, multiplyMatrix } from '../geometry/viewport.ts'
import { isDrawn, packShapes } from '../paint/paint-shape.ts'
import { createRaster } from '../raster/create-raster.ts'
import type { RasterPicture, RasterView } from '../raster/raster-messages.ts'

/** CSS pixels painted beyond each edge, so that a pan has something to show at once. */
const MARGIN = 64
/** A view that has not moved for so long is worth true stroke widths. */
const REST_MS = 120

const LONGEST_TURN_MS = 100

interface Request {
  readonly ticket: number
  /** Image pixels to CSS pixels. */
  readonly matrix: Matrix
  readonly view: RasterView
  readonly version: number
  readonly fine: boolean
}

/**
 * The batched layer: one picture of all shapes. A changed view first moves and scales the picture there is (a CSS
 * transform, no painting), while a new one is being rasterised; it is shown when it is ready.
 */
export class ShapesLayer {
  readonly element = document.createElement('canvas')
  /** Called after a picture was shown. `settled`: nothing better is to come for this view; `hasAll`: no change is missing. */
  onShown: (picture: { settled: boolean; hasAll: boolean }) => void = () => {}
  readonly #context = this.element.getContext('bitmaprenderer')
  readonly #raster = createRaster()
  #matrix: Matrix | null = null
  #size: ImageSize = { width: 0, height: 0 }
  #ratio = 1
  #version = 0
  #ticket = 0
  #pending = new Map<number, Request>()
  #shown: (Request & { draft: boolean }) | null = null
  #timer = 0
  #waiting = false
  #sentAt = 0
  /** When the next picture may be asked for: the raster is to be busy half the time at most, or it starves the page. */
  #notBefore = 0

  constructor() {
    this.element.style.cssText =
      `position:absolute;left:${-MARGIN}px;top:${-MARGIN}px;` +
      'transform-origin:0 0;pointer-events:none;will-change:transform'
    this.#raster.onPicture = (picture) => this.#show(picture)
  }

  replace(shapes: readonly CanvasShape[]): void {
    this.#raster.post({ kind: 'replace', shapes: packShapes(shapes) })
    this.#changed()
  }

  patch(changed: readonly CanvasShape[], removed: readonly number[]): void {
    const nowHidden = changed.filter((shape) => !isDrawn(shape)).map((shape) => shape.id)
    this.#raster.post({
      kind: 'patch',
      shapes: packShapes(changed),
      removed: [...removed, ...nowHidden],
    })
    this.#changed()
  }

  /** Leaves these shapes out: a gesture has them in hand and paints them itself. */
  except(ids: readonly number[]): void {
    this.#raster.post({ kind: 'except', ids })
    this.#changed()
  }

  /** Paints a large selection as selected; few shapes are rather painted by who edits them. */
  emphasise(ids: readonly number[]): void {
    this.#raster.post({ kind: 'emphasise', ids })
    this.#changed()
  }

  setAppearance(appearance: Appearance): void {
    this.#raster.post({ kind: 'appearance', appearance })
    this.#changed()
  }

  /** @param size  the host's, CSS pixels */
  setView(matrix: Matrix, size: ImageSize, ratio: number): void {
    this.#matrix = matrix
    this.#size = size
    this.#ratio = ratio
    this.#place()
    this.#ask()
  }

  /** The frame changed: pictures of the old shapes that are still on their way are not shown any more. */
  turnPage(): void {
    this.#pending.clear()
    this.#shown = null
  }

  /** Forgets the picture: the old shapes must not be seen on the new image. */
  clear(): void {
    this.turnPage()
    this.element.style.visibility = 'hidden'
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.#raster.destroy()
    this.element.remove()
  }

  #changed(): void {
    this.#version++
    // Several changes in one turn (a patch and its `except`) become one picture.
    if (!this.#waiting) {
      this.#waiting = true
      queueMicrotask(() => {
        this.#waiting = false
        this.#ask()
      })
    }
  }

  #ask(): void {
    if (!this.#matrix || this.#size.width === 0) return
    clearTimeout(this.#timer)
    const latest = [...this.#pending.values()].at(-1)
    if (latest && !latest.fine) return
    if (this.#isCurrent(latest)) return
    if (!this.#isCurrent(this.#shown)) {
      this.#sendInTurn()
      return
    }
    if (this.#shown?.draft) {
      this.#timer = window.setTimeout(() => this.#send(true), REST_MS)
    }
  }

  /** New content goes at once, a mere move of the view when its turn has come. */
  #sendInTurn(): void {
    const moving = this.#shown?.version === this.#version
    const wait = moving ? this.#notBefore - performance.now() : 0
    if (wait <= 0) this.#send(false, moving)
    else this.#timer = window.setTimeout(() => this.#send(false, moving), wait)
  }

  #isCurrent(request: Request | null | undefined): boolean {
    if (!request || request.version !== this.#version) return false
    const sameSize = request.view.width === this.#rasterView().width
    return sameSize && sameMatrix(request.matrix, this.#matrix)
  }

  #send(fine: boolean, moving = false): void {
    if (!this.#matrix) return
    const view = this.#rasterView()
    const ticket = ++this.#ticket
    this.#sentAt = performance.now()
    this.#pending.set(ticket, { ticket, matrix: this.#matrix, view, version: this.#version, fine })
    const from = this.#shown?.ticket ?? 0
    this.#raster.post({ kind: 'paint', ticket, view, fine, from, moving })
  }

  #rasterView(): RasterView {
    const ratio = this.#ratio
    const m = this.#matrix ?? { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }
    const scale = { a: ratio, b: 0, c: 0, d: ratio, e: MARGIN * ratio, f: MARGIN * ratio }
    return {
      matrix: multiplyMatrix(scale, m),
      width: Math.round((this.#size.width + 2 * MARGIN) * ratio),
      height: Math.round((this.#size.height + 2 * MARGIN) * ratio),
      ratio,
    }
  }

  #show({ ticket, bitmap, draft }: RasterPicture): void {
    const request = this.#pending.get(ticket)
    for (const id of this.#pending.keys()) if (id <= ticket) this.#pending.delete(id)
    if (!request) {
      bitmap?.close()
      return
    }
    const now = performance.now()
    this.#notBefore = now + Math.min(now - this.#sentAt, LONGEST_TURN_MS)
    if (bitmap) this.#context?.transferFromImageBitmap(bitmap)
    this.#shown = { ...request, draft }
    const { width, height, ratio } = request.view
    this.element.style.width = `${width / ratio}px`
    this.element.style.height = `${height / ratio}px`
    this.element.style.visibility = bitmap ? 'visible' : 'hidden'
    this.#place()
    this.#ask()
    const hasAll = request.version === this.#version
    this.onShown({ settled: this.#isCurrent(this.#shown) && !draft, hasAll })
  }

  /** Puts the picture there is where the current view wants it. */
  #place(): void {
    if (!this.#shown || !this.#matrix) return
    const t = multiplyMatrix(this.#matrix, invertMatrix(this.#shown.matrix))
    const e = t.e + MARGIN - (t.a + t.c) * MARGIN
    const f = t.f + MARGIN - (t.b + t.d) * MARGIN
    const same = sameMatrix(this.#shown.matrix, this.#matrix)
    this.element.style.transform = same ? 'none' : `matrix(${t.a},${t.b},${t.c},${t.d},${e},${f})`
  }
}

function sameMatrix(a: Matrix, b: Matrix | null): boolean {
  if (!b) return false
  return (['a', 'b', 'c', 'd', 'e', 'f'] as const).every((key) => a[key] === b[key])
}
