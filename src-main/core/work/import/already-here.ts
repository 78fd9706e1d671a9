import type { Track } from '#shared/domain/annotation.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { NewAnnotation, Store } from '../../ports.ts'
import { isSameAnnotation } from './same-annotation.ts'

/** Files go by frames, more or less: so many of them are remembered. */
const FRAMES = 256

/** What a task has, asked for annotation by annotation; a few frames of it, and its tracks, are in memory. */
export class AlreadyHere {
  readonly #store: Store
  readonly #taskId: TaskId
  readonly #frames = new Map<FrameIndex, readonly NewAnnotation[]>()
  #tracks: ReadonlyMap<FrameIndex, readonly Track[]> | null = null

  constructor(store: Store, taskId: TaskId) {
    this.#store = store
    this.#taskId = taskId
  }

  has(annotation: NewAnnotation): boolean {
    const here =
      annotation.kind === 'track' ? this.#tracksFrom(annotation.frame) : this.#on(annotation.frame)
    return here.some((one) => isSameAnnotation(one, annotation))
  }

  #tracksFrom(frame: FrameIndex): readonly NewAnnotation[] {
    this.#tracks ??= Map.groupBy(
      this.#store.annotations.tracks(this.#taskId),
      (track) => track.frame,
    )
    return this.#tracks.get(frame) ?? []
  }

  #on(frame: FrameIndex): readonly NewAnnotation[] {
    const known = this.#frames.get(frame)
    if (known) return known
    const [oldest] = this.#frames.keys()
    if (this.#frames.size >= FRAMES && oldest !== undefined) this.#frames.delete(oldest)
    const here = this.#store.annotations.ofFrame(this.#taskId, frame, 'omit')
    this.#frames.set(frame, here)
    return here
  }
}
