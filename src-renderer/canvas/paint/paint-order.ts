import type { PaintShape } from './paint-shape.ts'

/** Shapes of one look on one layer: they share paths. */
interface Group {
  readonly zOrder: number
  /** Masks lie below the outlines of their layer: together they are one picture, and no outline is lost under them. */
  readonly rank: number
  readonly shapes: Map<number, PaintShape>
}

/**
 * Shapes in the order they are drawn: by zOrder, and inside one layer those of one look together. What changes moves
 * from group to group; the rest is not looked at again.
 */
export class PaintOrder {
  readonly #groups = new Map<string, Group>()
  readonly #groupOf = new Map<number, Group>()
  #list: PaintShape[] | null = null

  get(id: number): PaintShape | undefined {
    return this.#groupOf.get(id)?.shapes.get(id)
  }

  /** A shape with an id that is there already takes its place. */
  put(shape: PaintShape): void {
    this.delete(shape.id)
    const look = `${shape.zOrder} ${shape.type} ${shape.color} ${shape.occluded} ${shape.locked}`
    let group = this.#groups.get(look)
    if (!group) {
      group = { zOrder: shape.zOrder, rank: shape.type === 'mask' ? 0 : 1, shapes: new Map() }
      this.#groups.set(look, group)
    }
    group.shapes.set(shape.id, shape)
    this.#groupOf.set(shape.id, group)
    this.#list = null
  }

  delete(id: number): void {
    const group = this.#groupOf.get(id)
    if (!group) return
    group.shapes.delete(id)
    this.#groupOf.delete(id)
    this.#list = null
  }

  clear(): void {
    this.#groups.clear()
    this.#groupOf.clear()
    this.#list = null
  }

  list(): readonly PaintShape[] {
    this.#list ??= [...this.#groups.values()]
      .sort((a, b) => a.zOrder - b.zOrder || a.rank - b.rank)
      .flatMap((group) => [...group.shapes.values()])
    return this.#list
  }
}

/** Shapes in draw order. */
export function paintOrder(shapes: Iterable<PaintShape>): readonly PaintShape[] {
  const order = new PaintOrder()
  for (const shape of shapes) order.put(shape)
  return order.list()
}
