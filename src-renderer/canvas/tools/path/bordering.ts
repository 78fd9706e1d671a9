import type { AnnotationId } from '#shared/domain/ids.ts'
import type { CanvasShape } from '../../canvas-api.ts'
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
    const { pixel } = this.#stage
    const near: number[] = []
    let caught: BorderVertex | null = null
    let least = CATCH * pixel
    this.#around(pointer, NEAR * pixel, ({ shape, outline, index, at, distance }) => {
      if (distance <= NEAR * pixel) near.push(at.x, at.y)
      if (distance > least) return true
      least = distance
      caught = { shape: shape.id, outline: shape.type === 'points' ? null : outline, index, at }
      return true
    })
    return { lit: this.#lit(pointer, near), caught }
  }

  /** The near ones, and others while there are few: among ten thousand shapes the far ones are not even looked at. */
  #lit(pointer: ImagePoint, near: readonly number[]): readonly number[] {
    const { pixel } = this.#stage
    const lit = near.slice(0, 2 * MOST_LIT)
    if (lit.length === 2 * MOST_LIT) return lit
    this.#around(pointer, LIT * pixel, ({ at, distance }) => {
      if (distance > NEAR * pixel) lit.push(at.x, at.y)
      return lit.length < 2 * MOST_LIT
    })
    return lit
  }

  /** Tells every vertex of a neighbour in the square around the pointer, until told to stop. */
  #around(pointer: ImagePoint, reach: number, tell: (vertex: Neighbour) => boolean): void {
    const { x, y } = pointer
    const box = { x1: x - reach, y1: y - reach, x2: x + reach, y2: y + reach }
    for (const shape of this.#stage.within(box)) {
      const outline = shape.id === this.#except ? null : outlineOf(shape)
      if (!outline) continue
      const { points } = outline
      for (let index = 0; index < countOf(points); index++) {
        const [vx, vy] = [at(points, 2 * index), at(points, 2 * index + 1)]
        if (Math.abs(vx - x) > reach || Math.abs(vy - y) > reach) continue
        const distance = Math.hypot(vx - x, vy - y)
        if (!tell({ shape, outline, index, at: { x: vx, y: vy }, distance })) return
      }
    }
  }
}

interface Neighbour {
  readonly shape: CanvasShape
  readonly outline: Path
  readonly index: number
  readonly at: ImagePoint
  /** From the pointer, image pixels. */
  readonly distance: number
}
