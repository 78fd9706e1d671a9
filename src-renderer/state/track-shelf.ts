import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import { applyAll } from '#shared/operations/algebra.ts'
import { isAnnotationOperation, type Operation } from '#shared/operations/operation.ts'

export interface TrackPage {
  readonly tracks: readonly Annotation[]
  /** The id to go on after; null at the end. */
  readonly next: AnnotationId | null
}

export interface TrackShelfDeps {
  /** Tracks of the task by ascending id, those after the one given. */
  fetch(after: AnnotationId | 0): Promise<TrackPage>
  /** Operations the core may not have yet, in order. */
  pending(): readonly Operation[]
}

/** Keyframes kept, some 250 bytes each. A task with more asks for its tracks frame by frame. */
const MOST_KEYFRAMES = 600_000

/**
 * Every track of the task, held once. A track is on all frames from its first on, so asking for it with each frame would
 * carry the same keyframes again and again: 2 MB a frame for 50 tracks of 200. Where a track is on a frame is found here.
 */
export class TrackShelf {
  readonly #deps: TrackShelfDeps
  readonly #mostKeyframes: number
  #tracks: ReadonlyMap<AnnotationId, Track> | null = null
  #loading: { promise: Promise<void>; missed: Operation[] } | null = null
  #isTooLarge = false

  constructor(deps: TrackShelfDeps, mostKeyframes = MOST_KEYFRAMES) {
    this.#deps = deps
    this.#mostKeyframes = mostKeyframes
  }

  /** There are more keyframes than may be kept: frames bring their tracks themselves. Known once `ready` resolved. */
  get isTooLarge(): boolean {
    return this.#isTooLarge
  }

  /** Resolves when the tracks are here, or known to be too many. */
  ready(): Promise<void> {
    if (this.#tracks || this.#isTooLarge) return Promise.resolve()
    if (this.#loading) return this.#loading.promise
    const missed = [...this.#deps.pending()]
    const promise = this.#load().then(
      (tracks) => {
        if (this.#loading !== loading) return
        this.#loading = null
        this.#isTooLarge = tracks === null
        this.#tracks = tracks && applied(tracks, missed)
      },
      (error: unknown) => {
        if (this.#loading === loading) this.#loading = null
        throw error
      },
    )
    const loading = { promise, missed }
    this.#loading = loading
    return promise
  }

  /** Tracks that have begun by a frame, by ascending id. */
  on(frame: FrameIndex): Track[] {
    const begun: Track[] = []
    for (const track of this.#tracks?.values() ?? []) if (track.frame <= frame) begun.push(track)
    return begun
  }

  get(id: AnnotationId): Track | undefined {
    return this.#tracks?.get(id)
  }

  /** Every track, by ascending id; none before `ready` resolved, and none of a task that has too many. */
  all(): readonly Track[] {
    return [...(this.#tracks?.values() ?? [])]
  }

  project(operations: readonly Operation[]): void {
    this.#loading?.missed.push(...operations)
    if (this.#tracks && operations.some(isOfTrack)) this.#tracks = applied(this.#tracks, operations)
  }

  /** What is known may be wrong: ask anew. */
  forget(): void {
    this.#loading = null
    this.#tracks = null
    this.#isTooLarge = false
  }

  async #load(): Promise<ReadonlyMap<AnnotationId, Track> | null> {
    const tracks = new Map<AnnotationId, Track>()
    let keyframes = 0
    let after: AnnotationId | 0 | null = 0
    while (after !== null) {
      const page: TrackPage = await this.#deps.fetch(after)
      for (const track of page.tracks) {
        if (track.kind !== 'track') continue
        keyframes += track.keyframes.length
        tracks.set(track.id, track)
      }
      if (keyframes > this.#mostKeyframes) return null
      after = page.next
    }
    return tracks
  }
}

/** Shapes and tags of a frame and its tracks as one list, in the order the core gives: by layer, then id. */
export function withTracks(own: readonly Annotation[], tracks: readonly Track[]): Annotation[] {
  if (tracks.length === 0) return [...own]
  const layer = (one: Annotation) => (one.kind === 'shape' ? one.zOrder : 0)
  return [...own, ...tracks].sort((a, b) => layer(a) - layer(b) || a.id - b.id)
}

/** A shape may become a track, and a track a shape, under the same id. */
function isOfTrack(operation: Operation): boolean {
  if (!isAnnotationOperation(operation)) return false
  const isTrack = (one: Annotation) => one.kind === 'track'
  return (
    (operation.kind !== 'create' && isTrack(operation.before)) ||
    (operation.kind !== 'delete' && isTrack(operation.after))
  )
}

function applied(
  tracks: ReadonlyMap<AnnotationId, Track>,
  operations: readonly Operation[],
): ReadonlyMap<AnnotationId, Track> {
  const ours = operations.filter(isOfTrack)
  if (ours.length === 0) return tracks
  const after = applyAll(tracks, ours)
  const ids = [...after.keys()]
  const isOrdered = ids.every((id, at) => at === 0 || (ids[at - 1] ?? 0) < id)
  const list = isOrdered ? [...after] : [...after].sort(([a], [b]) => a - b)
  return new Map(list.filter((entry): entry is [AnnotationId, Track] => entry[1].kind === 'track'))
}
