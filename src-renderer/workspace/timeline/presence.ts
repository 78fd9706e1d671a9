import type { FrameIndex } from '#shared/domain/ids.ts'
import { eachStretch, type Lane } from './lane.ts'

/** How many tracks are seen on each frame, kept up to date by adding and taking away one lane at a time. */
export class Presence {
  readonly size: number
  /** At n: by how much frame n has more of them than the frame before. */
  readonly #steps: Int32Array

  constructor(size: number) {
    this.size = size
    this.#steps = new Int32Array(size + 1)
  }

  /** @param by  1 a lane comes, -1 it goes */
  add(lane: Lane, by: 1 | -1): void {
    eachStretch(lane, this.size - 1, (from, end, isSeen) => {
      if (!isSeen || from >= this.size) return
      this.#steps[from] = (this.#steps[from] ?? 0) + by
      const stop = Math.min(end, this.size)
      this.#steps[stop] = (this.#steps[stop] ?? 0) - by
    })
  }

  clear(): void {
    this.#steps.fill(0)
  }

  /** How many are seen on each frame. */
  counts(): Uint32Array {
    const counts = new Uint32Array(this.size)
    let sum = 0
    for (let frame: FrameIndex = 0; frame < this.size; frame += 1) {
      sum += this.#steps[frame] ?? 0
      counts[frame] = sum
    }
    return counts
  }
}

/** The most of each of so many equal parts of `counts`: what a narrow picture of all frames shows. */
export function highest(counts: Uint32Array, parts: number): Uint32Array {
  const most = new Uint32Array(parts)
  const share = counts.length / Math.max(1, parts)
  for (let part = 0; part < parts; part += 1) {
    const end = Math.max(Math.floor((part + 1) * share), Math.floor(part * share) + 1)
    for (let at = Math.floor(part * share); at < Math.min(end, counts.length); at += 1)
      most[part] = Math.max(most[part] ?? 0, counts[at] ?? 0)
  }
  return most
}
