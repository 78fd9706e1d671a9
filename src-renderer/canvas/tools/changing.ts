/** Something that tells whoever listens after every change of it. */
export class Changing {
  readonly #listeners = new Set<() => void>()

  /** @returns how to stop */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  protected changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
