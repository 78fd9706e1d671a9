import type { AnnotationId } from '#shared/domain/ids.ts'
import { countOf, outlineOf, type Path } from '../../geometry/outline.ts'
import { at } from '../../geometry/shape-box.ts'
import type { ImagePoint } from '../../geometry/space.ts'
import type { KeyInput, Stage } from '../tool-state.ts'
import { HeldSwitch } from './held-switch.ts'

/** CSS pixels: neighbours' vertices light up this near the pointer, the near ones first, and catch it this near. */
const LIT = 600
const NEAR = 150
const CATCH = 9
const MOST_LIT = 400

/** A neighbour's vertex. */
export interface BorderVertex {
  readonly shape: AnnotationId
  /** What can be followed from it; null where the vertices are loose points. */
  readonly outline: Path | null
  readonly index: number
  readonly at: ImagePoint
}

export interface BorderView {
  /** Vertices to light up, flat image pixels. */
  readonly lit: readonly number[]
  /** The one the pointer is on. */
  readonly caught: BorderVertex | null
}

const NOTHING: BorderView = { lit: [], caught: null }

/** Neighbours' vertices around the pointer, while automatic bordering is on: by setting, or turned round by Ctrl. */
export class Bordering {
  readonly #stage: Stage
  readonly #except: AnnotationId | null
  readonly #switch = new HeldSwitch('Control', 'Meta')

  /** @param except  the shape being edited: it is no neighbour of itself */
  constructor(stage: Stage, except: AnnotationId | null) {
    this.#stage = stage
    this.#except = except
  }

  get isOn(): boolean {
    return this.#stage.options.automaticBordering !== this.#switch.on
  }

  key(input: KeyInput): void {
    this.#switch.key(input)
  }

  /** The pointer was used, perhaps with Ctrl down. */
  use(): void {
    this.#switch.use()
  }

  look(pointer: ImagePoint): BorderView {
    if (!this.isOn) return NOTHING
    const reach = LIT * this.#stage.pixel
    const box = {
      x1: pointer.x - reach,
      y1: pointer.y - reach,
      x2: pointer.x + reach,
      y2: pointer.y + reach,
    }
    const near: number[] = []
    const far: number[] = []
    let caught: BorderVertex | null = null
    let least = CATCH * this.#stage.pixel
    for (const shape of this.#stage.within(box)) {
      const outline = shape.id === this.#except ? null : outlineOf(shape)
      if (!outline) continue
      const { points } = outline
      for (let index = 0; index < countOf(points); index++) {
        const [x, y] = [at(points, 2 * index), at(points, 2 * index + 1)]
        if (Math.abs(x - pointer.x) > reach || Math.abs(y - pointer.y) > reach) continue
        const distance = Math.hypot(x - pointer.x, y - pointer.y)
        const list = distance <= NEAR * this.#stage.pixel ? near : far
        if (list.length < 2 * MOST_LIT) list.push(x, y)
        if (distance > least) continue
        least = distance
        const followed = shape.type === 'points' ? null : outline
        caught = { shape: shape.id, outline: followed, index, at: { x, y } }
      }
    }
    return { lit: [...near, ...far].slice(0, 2 * MOST_LIT), caught }
  }
}
