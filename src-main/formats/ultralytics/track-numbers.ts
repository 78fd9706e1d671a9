/** Numbers of tracks have no more digits, see `isTrackId`. */
const BEYOND = 1e9

/** Tracks are numbered anew in every subset: a file as a whole has them subset by subset, in the order of their numbers. */
export class TrackNumbers {
  readonly #subsets: (string | undefined)[] = []

  of(subset: string | undefined, trackId: number): number {
    if (!this.#subsets.includes(subset)) this.#subsets.push(subset)
    return this.#subsets.indexOf(subset) * BEYOND + trackId
  }
}
