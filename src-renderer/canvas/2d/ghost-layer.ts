import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Appearance, Ghost } from '../canvas-api.ts'
import type { ImagePoint, ImageSize } from '../geometry/space.ts'
import type { Matrix } from '../geometry/viewport.ts'
import { ghostOrder, paintGhosts } from '../paint/ghosts.ts'
import { paintTexts } from '../paint/texts.ts'
import { Scene } from '../scene/scene.ts'
import { fitCanvas, layerCanvas } from './image-layer.ts'

/** Proposals over the shapes: painted when they or the view change, found by the pointer, held by no tool. */
export class GhostLayer {
  readonly element = layerCanvas()
  readonly #context = this.element.getContext('2d')
  readonly #scene = new Scene()
  #ghosts: readonly Ghost[] = []
  #active: number | null = null
  #isDirty = false
  #isBlank = true

  set(ghosts: readonly Ghost[]): void {
    if (ghosts.length === 0 && this.#ghosts.length === 0) return
    this.#ghosts = ghostOrder(ghosts, this.#active)
    // Their own numbers take the place of annotations' in a scene of their own.
    this.#scene.replace(ghosts.map(({ id, shape }) => ({ ...shape, id: id as AnnotationId })))
    this.#isDirty = true
  }

  activate(id: number | null): void {
    if (id === this.#active) return
    this.#active = id
    this.#ghosts = ghostOrder(this.#ghosts, id)
    this.#isDirty = true
  }

  /** The one to take first under a point. @param tolerance  image pixels */
  at(point: ImagePoint, tolerance: number): number | null {
    return this.#scene.hits(point, tolerance)[0]?.id ?? null
  }

  /** The view changed. */
  touch(): void {
    this.#isDirty = true
  }

  /** Only when something changed: most of what moves on the canvas is none of these. */
  paint(
    view: { matrix: Matrix; screen: ImageSize; ratio: number },
    appearance: Pick<Appearance, 'textSize' | 'textPosition'>,
  ): void {
    const ctx = this.#context
    if (!this.#isDirty || !ctx) return
    this.#isDirty = false
    if (this.#ghosts.length === 0 && this.#isBlank) return
    this.#isBlank = this.#ghosts.length === 0
    fitCanvas(this.element, view.screen, view.ratio)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, this.element.width, this.element.height)
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0)
    const painted = paintGhosts(ctx, this.#ghosts, view.matrix, this.#active)
    // The last lies on top, and has the first word where chips crowd.
    paintTexts(ctx, painted.reverse(), view.matrix, view.screen, appearance, true)
  }
}
