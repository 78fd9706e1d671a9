import type { AnnotationId } from '#shared/domain/ids.ts'
import { borderWay } from '../../geometry/border-way.ts'
import { type Path, vertexOf } from '../../geometry/outline.ts'
import type { ImagePoint } from '../../geometry/space.ts'
import type { BorderVertex } from './bordering.ts'

/** Following a neighbour's outline: from its vertex `first`, then over `via`. */
interface Trace {
  readonly shape: AnnotationId
  readonly outline: Path
  readonly first: number
  readonly via: number | null
  /** How many points there were with `first`: what comes after is the traced stretch. */
  readonly base: number
}

/** What one act changes: from point `from` on, `points` take the place of what was there. */
interface Act {
  readonly from: number
  readonly points: readonly ImagePoint[]
  readonly trace: Trace | null
}

/**
 * The points of an outline as they are put down one act at a time, and taken back one act at a time. Clicks on two
 * vertices of a neighbour trace its outline between them, the shorter way; a third click on it says that the second one
 * only showed the direction, and the outline is traced from the first over the second to the third.
 */
export class PathBuilder {
  #points: ImagePoint[] = []
  #trace: Trace | null = null
  #acts: { from: number; removed: readonly ImagePoint[]; trace: Trace | null }[] = []

  get points(): readonly ImagePoint[] {
    return this.#points
  }

  get last(): ImagePoint | undefined {
    return this.#points.at(-1)
  }

  /** The vertex that settles the direction of a trace, while its end is not yet clicked. */
  get via(): ImagePoint | null {
    const { outline, via } = this.#trace ?? {}
    return outline && via !== null && via !== undefined ? vertexOf(outline.points, via) : null
  }

  add(point: ImagePoint, caught: BorderVertex | null = null): void {
    const act = this.#next(point, caught)
    const removed = this.#points.splice(act.from)
    this.#acts.push({ from: act.from, removed, trace: this.#trace })
    for (const one of act.points) this.#points.push(one)
    this.#trace = act.trace
  }

  /** Undoes the last act. @returns false when there is none */
  takeBack(): boolean {
    const act = this.#acts.pop()
    if (!act) return false
    this.#points.splice(act.from)
    for (const one of act.removed) this.#points.push(one)
    this.#trace = act.trace
    return true
  }

  /** What `points` would be if the pointer clicked here. */
  preview(point: ImagePoint, caught: BorderVertex | null): readonly ImagePoint[] {
    const act = this.#next(point, caught)
    return [...this.#points.slice(0, act.from), ...act.points]
  }

  #next(point: ImagePoint, caught: BorderVertex | null): Act {
    const from = this.#points.length
    if (!caught?.outline) return { from, points: [caught?.at ?? point], trace: null }
    const { shape, outline, index } = caught
    const trace = this.#trace?.shape === shape ? this.#trace : null
    if (!trace) {
      const begun = { shape, outline, first: index, via: null, base: from + 1 }
      return { from, points: [caught.at], trace: begun }
    }
    const way = borderWay(outline, trace.first, index, trace.via).slice(1)
    const points = way.map((vertex) => vertexOf(outline.points, vertex))
    if (trace.via === null) return { from, points, trace: { ...trace, via: index } }
    const base = trace.base + points.length
    return { from: trace.base, points, trace: { ...trace, first: index, via: null, base } }
  }
}
