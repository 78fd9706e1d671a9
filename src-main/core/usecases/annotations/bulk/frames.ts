import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Store } from '../../../ports.ts'

type Size = { readonly width: number; readonly height: number }
const PAGE = 1000

/** What one bulk action asks of a task's frames. Read a page at a time: a conversion looks at each of its frames once. */
export class BulkFrames {
  readonly #store: Store
  readonly #taskId: TaskId
  readonly deleted: ReadonlySet<FrameIndex>
  #targets: Targets | null = null
  #page = -1
  #sizes: (Size | null)[] = []

  constructor(store: Store, taskId: TaskId, deletedFrames: boolean) {
    this.#store = store
    this.#taskId = taskId
    this.deleted = new Set(deletedFrames ? [] : store.frames.marks(taskId).deleted)
  }

  /** null until its header was read. */
  size(frame: FrameIndex): Size | null {
    const page = Math.floor(frame / PAGE)
    if (page !== this.#page) {
      this.#page = page
      this.#sizes = this.#store.frames
        .list(this.#taskId, page * PAGE, PAGE)
        .map(({ width, height }) => (width === null || height === null ? null : { width, height }))
    }
    return this.#sizes[frame - page * PAGE] ?? null
  }

  /** Frames that copies go to, and those left out: deleted ones, and pictures known to have another size. */
  targets(source: FrameIndex, first: FrameIndex, last: FrameIndex): Targets {
    if (this.#targets?.source === source) return this.#targets
    const size = this.size(source)
    const targets = { source, frames: [] as FrameIndex[], leftOut: [] as FrameIndex[] }
    for (let frame = first; frame <= last; frame += 1) {
      if (frame === source) continue
      const fits = !this.deleted.has(frame) && isSame(size, this.size(frame))
      targets[fits ? 'frames' : 'leftOut'].push(frame)
    }
    this.#targets = targets
    return targets
  }
}

interface Targets {
  readonly source: FrameIndex
  readonly frames: readonly FrameIndex[]
  readonly leftOut: readonly FrameIndex[]
}

function isSame(a: Size | null, b: Size | null): boolean {
  return a === null || b === null || (a.width === b.width && a.height === b.height)
}
