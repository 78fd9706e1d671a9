import type { Annotation, Keyframe } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Job } from '#shared/domain/task.ts'
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
    return this.#part(annotation, startFrame, stopFrame)
  }

  /** What the task has outside of the job, page by page: what stays when the job's annotations are replaced. */
  *outside(store: Store, taskId: TaskId): Generator<NewAnnotation[]> {
    const { startFrame, stopFrame } = this.#job
    for (const annotations of pages(store, taskId)) {
      yield annotations.flatMap(({ id: _, ...one }) =>
        [
          startFrame > 0 ? this.#part(one, 0, startFrame - 1) : null,
          stopFrame + 1 < this.#frameCount
            ? this.#part(one, stopFrame + 1, this.#frameCount - 1)
            : null,
        ].filter((part) => part !== null),
      )
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

  #part(annotation: NewAnnotation, start: FrameIndex, stop: FrameIndex): NewAnnotation | null {
    if (annotation.kind !== 'track') {
      return annotation.frame >= start && annotation.frame <= stop ? annotation : null
    }
    const track = { ...annotation, id: 0 as AnnotationId }
    const part = cutTrack(track, start, stop)
    if (part === null) return null
    const { id: _, ...kept } = this.#ended(part, stop)
    return kept
  }

  /** A track that is seen on the last frame of its part is not seen on the next one. */
  #ended<T extends Parameters<typeof cutTrack>[0]>(part: T, stop: FrameIndex): T {
    const last: Keyframe | undefined = part.keyframes.at(-1)
    const next = positionOn(part, stop + 1)
    if (last?.outside !== false || next === null || stop + 1 >= this.#frameCount) return part
    return withKeyframe(part, { ...next, attributes: [], outside: true }) as T
  }
}

function* pages(store: Store, taskId: TaskId): Generator<Annotation[]> {
  for (let from: FrameIndex | null = 0; from !== null; ) {
    const page = store.annotations.page(taskId, from, PAGE)
    yield page.annotations
    from = page.next
  }
}
