import Flatbush from 'flatbush'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { hitShape, isLooseHit, shapeArea } from '../geometry/hit.ts'
import { shapeBox } from '../geometry/shape-box.ts'
import type { ImageBox, ImagePoint } from '../geometry/space.ts'

interface Entry {
  readonly shape: CanvasShape
  readonly box: ImageBox
}

/** How many shapes may change before the tree is built anew; until then they are looked at one by one. */
const LOOSE_LIMIT = 256

/**
 * Every shape of the frame and where it is. The R-tree (flatbush) cannot change, so shapes that came or moved since it
 * was built lie in a small loose list beside it.
 */
export class Scene {
  #entries = new Map<AnnotationId, Entry>()
  #tree: Flatbush | null = null
  #treeIds: AnnotationId[] = []
  #loose = new Set<AnnotationId>()

  replace(shapes: readonly CanvasShape[]): void {
    this.#entries = new Map(shapes.map((shape) => [shape.id, { shape, box: shapeBox(shape) }]))
    this.#tree = null
    this.#loose.clear()
  }

  put(shape: CanvasShape): void {
    this.#entries.set(shape.id, { shape, box: shapeBox(shape) })
    this.#loose.add(shape.id)
    if (this.#loose.size > LOOSE_LIMIT) this.#tree = null
  }

  remove(id: AnnotationId): void {
    this.#entries.delete(id)
    this.#loose.delete(id)
  }

  get(id: AnnotationId): CanvasShape | undefined {
    return this.#entries.get(id)?.shape
  }

  box(id: AnnotationId): ImageBox | undefined {
    return this.#entries.get(id)?.box
  }

  shapes(): CanvasShape[] {
    return [...this.#entries.values()].map((entry) => entry.shape)
  }

  /** Shapes whose box touches `box`, hidden ones left out, in no particular order. */
  within(box: ImageBox): CanvasShape[] {
    const found: CanvasShape[] = []
    const look = (id: AnnotationId) => {
      const entry = this.#entries.get(id)
      if (entry && !entry.shape.hidden && touches(entry.box, box)) found.push(entry.shape)
    }
    const tree = this.#ensureTree()
    for (const index of tree?.search(box.x1, box.y1, box.x2, box.y2) ?? []) {
      const id = this.#treeIds[index]
      if (id !== undefined && !this.#loose.has(id)) look(id)
    }
    for (const id of this.#loose) look(id)
    return found
  }

  /**
   * Shapes under a point, the one to take first: larger zOrder, then smaller area (a small one must stay reachable). What
   * is touched only by its box comes last.
   */
  hits(point: ImagePoint, tolerance: number): CanvasShape[] {
    const around = {
      x1: point.x - 2 * tolerance,
      y1: point.y - 2 * tolerance,
      x2: point.x + 2 * tolerance,
      y2: point.y + 2 * tolerance,
    }
    return this.within(around)
      .filter((shape) => hitShape(shape, point, tolerance))
      .map((shape) => ({ shape, loose: Number(isLooseHit(shape, point, tolerance)) }))
      .sort((a, b) => a.loose - b.loose || inFront(a.shape, b.shape))
      .map(({ shape }) => shape)
  }

  #ensureTree(): Flatbush | null {
    if (this.#tree) return this.#tree
    this.#loose.clear()
    this.#treeIds = [...this.#entries.keys()]
    if (this.#treeIds.length === 0) return null
    const tree = new Flatbush(this.#treeIds.length)
    for (const { box } of this.#entries.values()) tree.add(box.x1, box.y1, box.x2, box.y2)
    tree.finish()
    this.#tree = tree
    return tree
  }
}

const inFront = (a: CanvasShape, b: CanvasShape): number =>
  b.zOrder - a.zOrder || shapeArea(a) - shapeArea(b) || b.id - a.id

const touches = (a: ImageBox, b: ImageBox): boolean =>
  a.x1 <= b.x2 && a.x2 >= b.x1 && a.y1 <= b.y2 && a.y2 >= b.y1
