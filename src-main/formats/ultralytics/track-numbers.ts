/** Tracks are numbered anew in every subset: those of a file get numbers of their own, in the order they come. */
export class TrackNumbers {
  readonly #numbers = new Map<string, number>()

  of(subset: string | undefined, trackId: number): number {
    const key = `${trackId} ${subset ?? ''}`
    const number = this.#numbers.get(key) ?? this.#numbers.size
    this.#numbers.set(key, number)
    return number
  }
}
