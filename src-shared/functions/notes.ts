/**
 * What became of detections that could not be kept as they were, counted over as many answers as there are and told as a
 * sentence each.
 */
export class DropNotes {
  readonly #counts = new Map<string, number>()

  /** @param what  the sentence without its number: "detections of …" */
  add(what: string, count = 1): void {
    const isNew = !this.#counts.has(what)
    const key = isNew && this.#counts.size >= MOST_KINDS ? 'detections for other reasons' : what
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count)
  }

  /** Most often met first. */
  list(): string[] {
    return [...this.#counts]
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
  }

  /** To go on counting after a break. */
  save(): [what: string, count: number][] {
    return [...this.#counts]
  }

  static from(saved: readonly (readonly [string, number])[]): DropNotes {
    const notes = new DropNotes()
    for (const [what, count] of saved) notes.add(what, count)
    return notes
  }
}

/** A function that makes names up must not fill the memory with them. */
const MOST_KINDS = 100
