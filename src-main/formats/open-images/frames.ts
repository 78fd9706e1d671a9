import type { DatasetFrame } from '#main/core/ports.ts'
import type { ImportTally } from '../common/import-tally.ts'

/** So many images that are not here are told once; beyond, one may be told again for each table it is in. */
const MOST_MISSING = 100_000

/** Frames by ImageID, asked for once each: a table has a row for every object. */
export class ImageFrames {
  readonly #tally: ImportTally
  readonly #found = new Map<string, DatasetFrame>()
  readonly #missing = new Set<string>()

  constructor(tally: ImportTally) {
    this.#tally = tally
  }

  /** Null: this task has no such frame. @param subset  where the table that names it says so */
  of(id: string, subset: string | undefined): DatasetFrame | null {
    const known = this.#found.get(id)
    if (known !== undefined) return known
    if (this.#missing.has(id)) return null
    const frame = this.#tally.frame(id, undefined, subset)
    if (frame !== null) this.#found.set(id, frame)
    else if (this.#missing.size < MOST_MISSING) this.#missing.add(id)
    return frame
  }
}
