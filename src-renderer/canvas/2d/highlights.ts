import type { AnnotationId } from '#shared/domain/ids.ts'
import type { CanvasShape } from '../canvas-api.ts'
import type { TopContent } from './top-layer.ts'

/** A larger selection than this is shown by the shapes layer: painting each of its shapes every frame would be slow. */
export const MANY = 50

/** Which shapes the top layer paints above the others, and as what. */
export class Highlights {
  active: readonly AnnotationId[] = []
  hovered: AnnotationId | null = null
  /** As a gesture would leave them. */
  previews: ReadonlyMap<AnnotationId, CanvasShape> = new Map()
  /** Committed, but the shapes layer does not show them yet. */
  lingering: readonly CanvasShape[] = []
  /** Being drawn anew: not shown as they are. */
  concealed: readonly AnnotationId[] = []
  readonly #shape: (id: AnnotationId) => CanvasShape | undefined

  constructor(shape: (id: AnnotationId) => CanvasShape | undefined) {
    this.#shape = shape
  }

  /** @param drawing  while something is drawn, the rest steps back */
  content(drawing: boolean): Pick<TopContent, 'emphasised' | 'edited'> {
    if (drawing) return { emphasised: this.lingering, edited: undefined }
    const active = this.active.length > MANY ? [] : this.active
    const ids = new Set([...active, ...(this.hovered === null ? [] : [this.hovered])])
    const shown = [...ids].map((id) => this.#now(id)).filter((shape) => shape !== undefined)
    const others = [...this.previews.values(), ...this.lingering].filter(({ id }) => !ids.has(id))
    const [only, ...more] = this.active
    const edited = only !== undefined && more.length === 0 ? this.#now(only) : undefined
    return { emphasised: [...shown, ...others], edited }
  }

  #now(id: AnnotationId): CanvasShape | undefined {
    return this.previews.get(id) ?? this.#shape(id)
  }
}
