import { fillPolygonMask } from '#shared/geometry/mask-raster.ts'
import { clampToImage, type ImagePoint, type ImageSize } from '../geometry/space.ts'
import { type BrushTip, brushCentre, sweepBrush } from './brush-rows.ts'
import { MaskGrid, type Patch } from './mask-grid.ts'

export type BrushKind = 'brush' | 'eraser' | 'polygon-plus' | 'polygon-minus'

export interface Brush extends BrushTip {
  readonly kind: BrushKind
}

export const SMALLEST_BRUSH = 1
export const LARGEST_BRUSH = 1000

/**
 * One mask being painted, from the first stroke until it is finished or left. Has its own undo: strokes, not steps of the
 * document. Whoever made it may change the brush, hide it or take strokes back while the canvas paints with it.
 */
export class MaskSession {
  readonly grid: MaskGrid
  readonly imageSize: ImageSize
  /** Corners of the polygon under way, flat image pixels. */
  #outline: readonly number[] = []
  #brush: Brush
  #isHidden = false
  #done: Patch[] = []
  #undone: Patch[] = []
  #stroke: { last: ImagePoint; value: 0 | 1 } | null = null
  readonly #listeners = new Set<() => void>()

  /** @param points  the mask to go on from; null for a new one */
  constructor(imageSize: ImageSize, brush: Brush, points: readonly number[] | null = null) {
    this.imageSize = imageSize
    this.#brush = brush
    this.grid = new MaskGrid(points)
  }

  /** Told after every change of pixels, outline, brush or visibility. @returns how to stop */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  get brush(): Brush {
    return this.#brush
  }

  /** A polygon under way is given up when the new brush is none. */
  setBrush(change: Partial<Brush>): void {
    const size = Math.round(change.size ?? this.#brush.size)
    const within = Math.min(LARGEST_BRUSH, Math.max(SMALLEST_BRUSH, size))
    this.#brush = { ...this.#brush, ...change, size: within }
    if (!this.isPolygon) this.#outline = []
    this.#changed()
  }

  /** One notch of the wheel or one press of a key: a tenth larger or smaller, a pixel at least. */
  resizeBrush(notches: number): void {
    const { size } = this.#brush
    const by = Math.max(1, Math.round(size * 0.1))
    this.setBrush({ size: size + Math.sign(notches) * by })
  }

  get isPolygon(): boolean {
    return this.#brush.kind === 'polygon-plus' || this.#brush.kind === 'polygon-minus'
  }

  get isHidden(): boolean {
    return this.#isHidden
  }

  set isHidden(hidden: boolean) {
    this.#isHidden = hidden
    this.#changed()
  }

  get outline(): readonly number[] {
    return this.#outline
  }

  get isStroking(): boolean {
    return this.#stroke !== null
  }

  /** Strokes that count: those taken back do not. */
  get strokes(): number {
    return this.#done.length
  }

  get canUndo(): boolean {
    return this.#done.length > 0 || this.#outline.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** Puts the brush down. @param isErasing  takes pixels away */
  beginStroke(at: ImagePoint, isErasing: boolean): void {
    const last = brushCentre(at, this.#brush.size)
    this.#stroke = { last, value: isErasing ? 0 : 1 }
    this.grid.beginStroke()
    this.#sweep(last, last)
    this.#changed()
  }

  /** Moves the brush straight on, painting all the way. */
  strokeTo(at: ImagePoint): void {
    if (!this.#stroke) return
    const next = brushCentre(at, this.#brush.size)
    const { last } = this.#stroke
    if (next.x === last.x && next.y === last.y) return
    this.#stroke = { ...this.#stroke, last: next }
    this.#sweep(last, next)
    this.#changed()
  }

  endStroke(): void {
    if (!this.#stroke) return
    this.#stroke = null
    this.#keep(this.grid.endStroke())
  }

  addCorner(at: ImagePoint): void {
    const { x, y } = clampToImage(at, this.imageSize)
    this.#outline = [...this.#outline, x, y]
    this.#changed()
  }

  dropCorner(): void {
    this.#outline = this.#outline.slice(0, -2)
    this.#changed()
  }

  /** The polygon under way becomes pixels. @returns false when it has too few corners; it stays then */
  closeOutline(): boolean {
    const outline = this.#outline
    if (outline.length < 6) return false
    const { width, height } = this.imageSize
    const points = fillPolygonMask(outline, width, height)
    this.#outline = []
    this.grid.beginStroke()
    if (points) this.grid.fillMask(points, this.#brush.kind === 'polygon-minus' ? 0 : 1)
    this.#keep(this.grid.endStroke())
    return true
  }

  /** Leaves the stroke or polygon under way as if it had not begun. @returns false when there is none */
  back(): boolean {
    if (!this.#stroke && this.#outline.length === 0) return false
    if (this.#stroke) {
      const patch = this.grid.endStroke()
      if (patch) this.grid.flip(patch)
    }
    this.#stroke = null
    this.#outline = []
    this.#changed()
    return true
  }

  /** Takes back the last corner of the polygon under way, else the last stroke. */
  undo(): void {
    if (this.#stroke) return
    if (this.#outline.length > 0) {
      this.dropCorner()
      return
    }
    const patch = this.#done.pop()
    if (!patch) return
    this.grid.flip(patch)
    this.#undone.push(patch)
    this.#changed()
  }

  redo(): void {
    const patch = this.#stroke ? undefined : this.#undone.pop()
    if (!patch) return
    this.grid.flip(patch)
    this.#done.push(patch)
    this.#changed()
  }

  /** What is painted, as mask points; null when nothing is. */
  points(): number[] | null {
    return this.grid.points()
  }

  #sweep(from: ImagePoint, to: ImagePoint): void {
    const value = this.#stroke?.value ?? 1
    const clip = { x1: 0, y1: 0, x2: this.imageSize.width, y2: this.imageSize.height }
    sweepBrush(this.#brush, from, to, clip, (y, x1, x2) => this.grid.fill(y, x1, x2, value))
  }

  #keep(patch: Patch | null): void {
    if (patch) {
      this.#done.push(patch)
      this.#undone = []
    }
    this.#changed()
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
