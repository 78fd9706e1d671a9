import type { TaskId } from '#shared/domain/ids.ts'
import type { SidecarFile, Store } from '../ports.ts'

/**
 * What is remembered of files, written together for all frames that are being looked at: each transaction waits for the
 * disk, which for files one by one is most of the time.
 */
export class SidecarStates {
  readonly #store: Store
  readonly #taskId: TaskId
  #queued: SidecarFile[] = []
  #flushing: Promise<void> | null = null

  constructor(store: Store, taskId: TaskId) {
    this.#store = store
    this.#taskId = taskId
  }

  /** Resolves once it is on the disk. */
  put(file: SidecarFile): Promise<void> {
    this.#queued.push(file)
    this.#flushing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() =>
      this.#flush(),
    )
    return this.#flushing
  }

  #flush(): void {
    const files = this.#queued
    this.#queued = []
    this.#flushing = null
    this.#store.together(() => {
      for (const file of files) this.#store.sidecars.put(this.#taskId, file)
    })
  }
}
