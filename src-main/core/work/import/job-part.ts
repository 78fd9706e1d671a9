import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Job } from '#shared/domain/task.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { cutTrack } from '#shared/tracks/join-jobs.ts'
import { withKeyframe } from '#shared/tracks/on-frame.ts'
import type { NewAnnotation, Store } from '../../ports.ts'

/** Annotations of a page; memory holds one. */
const PAGE = 5000

/** What an import into one job may touch: its frames, and of tracks its part. All else of the task stays as it is. */
export class JobPart {
  readonly #job: Job
  readonly #frameCount: number

  /** @param frameCount  of the task */
  constructor(job: Job, frameCount: number) {
    this.#job = job
    this.#frameCount = frameCount
  }

  /** As much of an annotation as lies in the job; a track ends with it. Null: nothing. */
  inside(annotation: NewAnnotation): NewAnnotation | null {
    const { startFrame, stopFrame } = this.#job
    if (annotation.kind !== 'track') {
      return annotation.frame >= startFrame && annotation.frame <= stopFrame ? annotation : null
    }
    const part = this.#part({ ...annotation, id: 0 as AnnotationId }, startFrame, stopFrame)
    if (part === null) return null
    const { id: _, ...kept } = part
    return kept
  }

  /** What takes the job's annotations away, page by page. A track that goes on elsewhere is hidden in the job. */
  *removals(store: Store, taskId: TaskId): Generator<AnnotationOperation[]> {
    for (const annotations of pages(store, taskId)) {
      yield annotations.flatMap((before): AnnotationOperation[] => {
        if (this.inside(before) === null) return []
        const after = before.kind === 'track' ? this.#outside(before) : null
        return [after ? { kind: 'update', before, after } : { kind: 'delete', before }]
      })
    }
  }

  /** How many objects the job has some part of. */
  count(store: Store, taskId: TaskId): number {
    let count = 0
    for (const annotations of pages(store, taskId)) {
      for (const one of annotations) if (this.inside(one) !== null) count += 1
    }
    return count
  }

  /** The track with what it is before and after the job; null: it is seen nowhere else. */
  #outside(track: Track): Track | null {
    const { startFrame, stopFrame } = this.#job
    const before = startFrame > 0 ? this.#part(track, 0, startFrame - 1) : null
    const isLast = stopFrame + 1 >= this.#frameCount
    const after = isLast ? null : cutTrack(track, stopFrame + 1, this.#frameCount - 1)
    if (before === null || after === null) return before ?? after
    return { ...before, keyframes: [...before.keyframes, ...after.keyframes] }
  }

  /** The part between two frames. One that is seen on its last frame is not seen on the next one. */
  #part(track: Track, start: FrameIndex, stop: FrameIndex): Track | null {
    const part = cutTrack(track, start, stop)
    const next = part && positionOn(part, stop + 1)
    if (!next || part.keyframes.at(-1)?.outside !== false || stop + 1 >= this.#frameCount) {
      return part
    }
    return withKeyframe(part, { ...next, attributes: [], outside: true })
  }
}

function* pages(store: Store, taskId: TaskId): Generator<Annotation[]> {
  for (let from: FrameIndex | null = 0; from !== null; ) {
    const page = store.annotations.page(taskId, from, PAGE)
    yield page.annotations
    from = page.next
  }
}
