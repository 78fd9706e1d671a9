import { simplifyLoops } from '#shared/geometry/simplify.ts'
import type { ImagePoint, ImageSize } from '../geometry/space.ts'
import { Changing } from './changing.ts'

/** A point of the outline that was clicked, and the way that led to it. */
export interface Anchor {
  readonly at: ImagePoint
  /** From the anchor before, flat, both ends included; `[]` of the first. */
  readonly way: readonly number[]
  /** The way along the edges has still to be found; meanwhile it is a straight line. */
  readonly isOpen: boolean
}

export const SMALLEST_SQUARE = 20
export const LARGEST_SQUARE = 400
const FIRST_SQUARE = 110
/** Image pixels: a way that ends this near the click is the way to the click. */
const SAME_PLACE = 0.75

/**
 * An outline along the edges of the picture while it is drawn. Whoever made it finds the ways: `live` to the pointer, and
 * those of anchors that are open.
 */
export class ScissorsSession extends Changing {
  readonly imageSize: ImageSize
  #anchors: readonly Anchor[] = []
  #undone: readonly Anchor[] = []
  #pointer: ImagePoint | null = null
  #live: readonly number[] | null = null
  #square = FIRST_SQUARE
  #reach = FIRST_SQUARE
  #isHeld = false
  #isBlocked = false
  #density: number
  #outline: { of: readonly Anchor[]; density: number; points: readonly number[] } | null = null

  /** @param density  share of the points kept, 0 … 1 */
  constructor(imageSize: ImageSize, density: number) {
    super()
    this.imageSize = imageSize
    this.#density = density
  }

  get anchors(): readonly Anchor[] {
    return this.#anchors
  }

  get last(): Anchor | undefined {
    return this.#anchors.at(-1)
  }

  /** Half a side of the square around the pointer in which the last anchor has to be, CSS pixels. */
  get square(): number {
    return this.#square
  }

  /** The same in image pixels at the zoom the pointer last moved at. */
  get reach(): number {
    return this.#reach
  }

  /** The wheel with Ctrl. */
  resize(notches: number): void {
    const grown = this.#square * 1.15 ** notches
    const square = Math.min(LARGEST_SQUARE, Math.max(SMALLEST_SQUARE, grown))
    this.#reach *= square / this.#square
    this.#square = square
    this.changed()
  }

  /** Straight lines by hand: Ctrl is held, or the Block button is on. */
  get isPostponed(): boolean {
    return this.#isHeld || this.#isBlocked
  }

  set isHeld(isHeld: boolean) {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    this.changed()
  }

  get isBlocked(): boolean {
    return this.#isBlocked
  }

  set isBlocked(isBlocked: boolean) {
    this.#isBlocked = isBlocked
    this.changed()
  }

  get density(): number {
    return this.#density
  }

  set density(density: number) {
    this.#density = density
    this.changed()
  }

  get pointer(): ImagePoint | null {
    return this.#pointer
  }

  /** @param pixel  image pixels per CSS pixel */
  pointAt(at: ImagePoint | null, pixel: number): void {
    if (at?.x === this.#pointer?.x && at?.y === this.#pointer?.y) return
    this.#pointer = at
    this.#reach = this.#square * pixel
    this.changed()
  }

  /** Whether the last anchor lies in the square around a place. */
  isWithin({ x, y }: ImagePoint): boolean {
    const { last } = this
    if (!last) return true
    return Math.max(Math.abs(last.at.x - x), Math.abs(last.at.y - y)) <= this.#reach
  }

  /** The way from the last anchor towards the pointer, as far as it is known. */
  get live(): readonly number[] | null {
    return this.#live
  }

  set live(way: readonly number[] | null) {
    this.#live = way
    this.changed()
  }

  get isOpen(): boolean {
    return this.#anchors.some((anchor) => anchor.isOpen)
  }

  get canUndo(): boolean {
    return this.#anchors.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** @returns why not, a key of the locale file `canvas`; null when it was added */
  add(at: ImagePoint): string | null {
    const { last } = this
    if (last && !this.isPostponed && !this.isWithin(at)) return 'scissorsTooFar'
    this.#anchors = [...this.#anchors, this.#anchorAt(at, last)]
    this.#undone = []
    this.#live = null
    this.changed()
    return null
  }

  #anchorAt(at: ImagePoint, last: Anchor | undefined): Anchor {
    if (!last) return { at, way: [], isOpen: false }
    const straight = [last.at.x, last.at.y, at.x, at.y]
    if (this.isPostponed) return { at, way: straight, isOpen: false }
    const [x = Number.NaN, y = Number.NaN] = this.#live?.slice(-2) ?? []
    const isThere = Math.hypot(x - at.x, y - at.y) <= SAME_PLACE
    return isThere && this.#live
      ? { at, way: this.#live, isOpen: false }
      : { at, way: straight, isOpen: true }
  }

  /** The way to an anchor was found; null: it stays a straight line. */
  settle(anchor: Anchor, way: readonly number[] | null): void {
    const settled = { ...anchor, way: way ?? anchor.way, isOpen: false }
    this.#anchors = this.#anchors.map((one) => (one === anchor ? settled : one))
    this.changed()
  }

  /** @returns false when there was nothing to take back */
  undo(): boolean {
    const { last } = this
    if (!last) return false
    this.#anchors = this.#anchors.slice(0, -1)
    this.#undone = [...this.#undone, last]
    this.#live = null
    this.changed()
    return true
  }

  redo(): void {
    const again = this.#undone.at(-1)
    if (!again) return
    this.#undone = this.#undone.slice(0, -1)
    this.#anchors = [...this.#anchors, again]
    this.#live = null
    this.changed()
  }

  /** The polygon so far, flat, with as many points as the density leaves; fewer than three while there is none. */
  get outline(): readonly number[] {
    const known = this.#outline
    if (known?.of === this.#anchors && known.density === this.#density) return known.points
    const points = thinned(joined(this.#anchors), this.#density)
    this.#outline = { of: this.#anchors, density: this.#density, points }
    return points
  }
}

/** Ways one after the other, no point twice in a row, the first not repeated at the end. */
function joined(anchors: readonly Anchor[]): number[] {
  const points: number[] = []
  const put = (x: number, y: number) => {
    if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y)
  }
  for (const { at, way } of anchors) {
    for (let i = 0; i + 1 < way.length; i += 2) put(way[i] ?? 0, way[i + 1] ?? 0)
    put(at.x, at.y)
  }
  const isClosed = points.length > 2 && points[0] === points.at(-2) && points[1] === points.at(-1)
  return isClosed ? points.slice(0, -2) : points
}

function thinned(points: number[], density: number): readonly number[] {
  if (points.length < 8) return points
  return simplifyLoops([points], density)[0] ?? points
}
