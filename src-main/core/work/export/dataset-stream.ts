import type { Tag, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import { cutTrack } from '#shared/tracks/join-jobs.ts'
import { TrackWeaver, type WovenShape } from '#shared/tracks/weave.ts'
import type { FrameRange, FrameRecord, Store } from '../../ports.ts'
import { frameRecords } from '../dataset-task.ts'
import { createFinder, type Finder, type Selection } from './dataset-selection.ts'

/** The frames of a job; undefined for no job, which stands for the whole task. */
export function rangeOfJob(job: Job | null): FrameRange | undefined {
  return job ? { start: job.startFrame, stop: job.stopFrame } : undefined
}

export interface StreamFrame {
  readonly record: FrameRecord
  readonly annotations: readonly (Tag | WovenShape)[]
}

/**
 * What goes out of one task: of a job its frames and its part of every track, of a selection what it finds. Frames come in
 * order; nothing but a page of them, and the tracks, is in memory.
 */
export class TaskStream {
  readonly task: Task
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
  readonly job: Job | null
  readonly range: FrameRange
  readonly #store: Store
  readonly #selection: Selection
  readonly #finder: Finder | null
  #leftOut: ReadonlySet<FrameIndex> | null = null

  /** @throws NOT_FOUND, FILTER_INVALID */
  constructor(
    store: Store,
    taskId: TaskId,
    { job, selection }: { readonly job: Job | null; readonly selection: Selection },
  ) {
    this.#store = store
    this.#selection = selection
    this.task = store.tasks.get(taskId)
    this.labels = store.labels.ofTask(taskId)
    this.jobs = store.jobs.ofTask(taskId)
    this.job = job
    this.range = rangeOfJob(job) ?? { start: 0, stop: this.task.size - 1 }
    this.#finder = createFinder(selection.filter, this.labels)
  }

  get frameCount(): number {
    return this.range.stop - this.range.start + 1
  }

  /** Frames of the range that are not written: deleted, or not of the selection. */
  leftOut(): ReadonlySet<FrameIndex> {
    this.#leftOut ??= new Set(this.#framesLeftOut())
    return this.#leftOut
  }

  *#framesLeftOut(): Generator<FrameIndex> {
    const { start, stop } = this.range
    const { deleted, checked } = this.#store.frames.marks(this.task.id)
    yield* deleted
    if (this.#selection.frames === 'all') return
    const chosen = new Set(this.#selection.frames === 'checked' ? checked : this.#annotated())
    for (let frame = start; frame <= stop; frame += 1) if (!chosen.has(frame)) yield frame
  }

  *#annotated(): Generator<FrameIndex> {
    for (const { record, annotations } of this.all()) if (annotations.length > 0) yield record.index
  }

  /** Deleted frames that would go out if they were not. */
  deletedCount(): number {
    const { deleted, checked } = this.#store.frames.marks(this.task.id)
    const { start, stop } = this.range
    const looked = this.#selection.frames === 'checked' ? new Set(checked) : null
    return deleted.filter((at) => at >= start && at <= stop && (looked?.has(at) ?? true)).length
  }

  /** Each as much as goes out of it, in the order they were made, some thousand keyframes in memory at a time. */
  *tracks(): Generator<Track> {
    const { start, stop } = this.range
    for (let after: number | null = 0; after !== null; ) {
      const page = this.#store.annotations.trackPage(this.task.id, after)
      for (const whole of page.tracks) {
        const found = this.#finder ? this.#finder.partOf(whole, this.range) : whole
        const track = found && this.job ? cutTrack(found, start, stop) : found
        if (track) yield track
      }
      after = page.next
    }
  }

  /** The frames to write, alone. */
  *records(): Generator<FrameRecord> {
    const leftOut = this.leftOut()
    for (const record of frameRecords({ store: this.#store }, this.task.id, this.range))
      if (!leftOut.has(record.index)) yield record
  }

  /** The frames to write with their annotations in drawing order. */
  frames(tracks: 'woven' | 'apart' = 'woven'): Generator<StreamFrame> {
    return this.#merged(tracks, this.leftOut())
  }

  /** The same, with frames that have no annotation among them whatever the selection says: for counting. */
  all(): Generator<StreamFrame> {
    const { deleted, checked } = this.#store.frames.marks(this.task.id)
    const gone = new Set(deleted)
    if (this.#selection.frames !== 'checked') return this.#merged('woven', gone)
    const looked = new Set(checked)
    return this.#merged('woven', { has: (frame) => gone.has(frame) || !looked.has(frame) })
  }

  /** Both streams come in frame order, so one pass joins them. */
  *#merged(
    tracks: 'woven' | 'apart',
    leftOut: { has(frame: FrameIndex): boolean },
  ): Generator<StreamFrame> {
    const annotated = this.#store.annotations.byFrame(this.task.id)[Symbol.iterator]()
    const weaver = new TrackWeaver(tracks === 'woven' ? [...this.tracks()] : [])
    let next = annotated.next()
    try {
      for (const record of frameRecords({ store: this.#store }, this.task.id, this.range)) {
        const { index } = record
        while (!next.done && next.value.frame < index) next = annotated.next()
        const here = !next.done && next.value.frame === index ? next.value.annotations : []
        if (leftOut.has(index)) continue
        const own = here.filter((one) => one.kind !== 'track')
        const found = this.#finder ? own.filter((one) => this.#finder?.isFound(one, index)) : own
        yield { record, annotations: weaver.weave(found, index) }
      }
    } finally {
      annotated.return?.()
    }
  }
}
