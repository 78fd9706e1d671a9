import type { Shape } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'

/** The boxes of one object, in order. */
export interface LinkPath {
  readonly boxes: Shape[]
  /** Place of its last box's frame among the frames looked at: deleted ones are no gap. */
  last: number
}

/** Boxes of one frame. */
export interface BoxFrame {
  readonly frame: FrameIndex
  /** Its place among the frames looked at. */
  readonly at: number
  readonly boxes: readonly Shape[]
}

/** For each of the boxes of one frame the index of the same object's among those of another, or -1. */
export type MatchBoxes = (
  from: { readonly frame: FrameIndex; readonly boxes: readonly Shape[] },
  to: { readonly frame: FrameIndex; readonly boxes: readonly Shape[] },
) => Promise<readonly number[]>

/**
 * Boxes joined into paths, frame after frame. Each frame is compared with the one before; what nothing was found for is
 * compared with the last boxes of paths that ended up to `maxGap` frames earlier, those that ended last first.
 */
export class PathLinker {
  readonly #maxGap: number
  readonly #match: MatchBoxes
  #open: LinkPath[] = []
  readonly #closed: LinkPath[] = []

  constructor(maxGap: number, match: MatchBoxes) {
    this.#maxGap = maxGap
    this.#match = match
  }

  /** The next frame. */
  async add({ frame, at, boxes }: BoxFrame): Promise<void> {
    this.#close(at)
    let left = [...boxes]
    const byLast = Map.groupBy(this.#open, ({ last }) => last)
    for (const last of [...byLast.keys()].sort((a, b) => b - a)) {
      if (left.length === 0) break
      const paths = byLast.get(last) ?? []
      left = await this.#join(paths, { frame, at, boxes: left })
    }
    for (const box of left) this.#open.push({ boxes: [box], last: at })
  }

  /** @returns boxes that joined none of the paths */
  async #join(paths: readonly LinkPath[], { frame, at, boxes }: BoxFrame): Promise<Shape[]> {
    const ends = paths.flatMap((path) => path.boxes.at(-1) ?? [])
    const answer = await this.#match(
      { frame: ends[0]?.frame ?? frame, boxes: ends },
      { frame, boxes },
    )
    const taken = new Set<Shape>()
    for (const [row, path] of paths.entries()) {
      const box = boxes[answer[row] ?? -1]
      // Whatever a function answers: a box is one object, and an object is of one label.
      if (!box || taken.has(box) || box.labelId !== path.boxes[0]?.labelId) continue
      taken.add(box)
      path.boxes.push(box)
      path.last = at
    }
    return boxes.filter((box) => !taken.has(box))
  }

  #close(at: number): void {
    const isOpen = ({ last }: LinkPath) => at - last <= this.#maxGap + 1
    this.#closed.push(...this.#open.filter((path) => !isOpen(path)))
    this.#open = this.#open.filter(isOpen)
  }

  /** No more frames. In the order of their first boxes. */
  finish(): LinkPath[] {
    const all = [...this.#closed, ...this.#open]
    this.#open = []
    return all.sort((a, b) => (a.boxes[0]?.id ?? 0) - (b.boxes[0]?.id ?? 0))
  }
}
