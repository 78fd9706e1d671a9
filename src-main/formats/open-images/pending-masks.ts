/**
 * Rows of masks until the boxes are through: a mask belongs to the box of its label whose sides are the same, and the boxes,
 * of which there are most, need not wait for that.
 */
import type { DatasetFrame } from '#main/core/ports.ts'

export interface PendingMask {
  readonly frame: DatasetFrame
  readonly imageId: string
  /** Name of its class. */
  readonly name: string
  /** PNG entry of its pixels. */
  readonly entry: string
  readonly boxId: string
  /** Null: the file says nothing. */
  readonly iou: number | null
  /** Left, right, top, bottom of its box, relative; null: it has none. */
  readonly sides: readonly number[] | null
  group: number
}

/** The data set's own tables have six decimals there. */
const TOLERANCE = 1e-6

export class PendingMasks {
  readonly #byFrame = new Map<number, PendingMask[]>()
  readonly #groups = new Map<number, number>()

  add(mask: PendingMask): void {
    const masks = this.#byFrame.get(mask.frame.index)
    if (masks === undefined) this.#byFrame.set(mask.frame.index, [mask])
    else masks.push(mask)
  }

  /** The group of a box: 1, 2, 3 … on each frame, 0 where no mask belongs to it. */
  groupOf(frame: DatasetFrame, name: string, sides: readonly number[]): number {
    const own = this.#byFrame
      .get(frame.index)
      ?.filter((mask) => mask.group === 0 && mask.name === name && isSame(mask.sides, sides))
    if (own === undefined || own.length === 0) return 0
    const group = (this.#groups.get(frame.index) ?? 0) + 1
    this.#groups.set(frame.index, group)
    for (const mask of own) mask.group = group
    return group
  }

  all(): PendingMask[] {
    return [...this.#byFrame.values()].flat()
  }
}

function isSame(a: readonly number[] | null, b: readonly number[]): boolean {
  return a?.every((side, i) => Math.abs(side - (b[i] ?? Number.NaN)) <= TOLERANCE) ?? false
}
