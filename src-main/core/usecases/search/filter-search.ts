import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { annotationMatcher, looksAtFrame } from '#shared/filter/annotation-facts.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { type Candidates, candidatesOf } from '#shared/filter/prefilter.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { Store } from '../../ports.ts'
import { type Direction, type FrameSpan, framesOf, slices } from './frame-span.ts'

/** One frame and what matches on it. */
export interface FrameMatch {
  readonly frame: FrameIndex
  readonly annotations: Annotation[]
}

/**
 * A filter looked for in a task's annotations. Nothing is held in memory but one slice of frames; where label and kind
 * alone decide, not even that: the index answers.
 */
export class FilterSearch {
  readonly #store: Store
  readonly #taskId: TaskId
  readonly #wanted: Candidates
  readonly #matches: (annotation: Annotation, frame: FrameIndex) => boolean
  readonly #passedOver: ReadonlySet<FrameIndex>
  readonly #tracks: readonly Track[]
  readonly #onEveryFrame: boolean

  constructor(store: Store, options: { taskId: TaskId; filter: Filter; deleted: 'show' | 'skip' }) {
    const { taskId, filter, deleted } = options
    const labels = store.labels.ofTask(taskId)
    this.#store = store
    this.#taskId = taskId
    this.#wanted = candidatesOf(filter, labels)
    this.#matches = annotationMatcher(filter, labels)
    this.#passedOver = new Set(deleted === 'skip' ? store.frames.marks(taskId).deleted : [])
    this.#tracks = this.#wanted.kinds.includes('track') ? store.annotations.tracks(taskId) : []
    this.#onEveryFrame = looksAtFrame(filter)
  }

  /** The nearest frame of a span where anything matches, from the end the search starts at; null when there is none. */
  async nearest(span: FrameSpan, direction: Direction): Promise<FrameIndex | null> {
    // A track that matches early spares looking farther.
    let { first, last } = span
    let found: FrameIndex | null = null
    for (const track of this.#tracks) {
      const frame = this.#frameOfTrack(track, { first, last }, direction)
      if (frame === null) continue
      found = frame
      if (direction === 'forward') last = frame - 1
      else first = frame + 1
      await new Promise(setImmediate)
    }
    for await (const slice of slices({ first, last }, direction)) {
      const frame = this.#wanted.exact
        ? this.#exactFrame(slice, direction)
        : this.#judgedFrame(slice, direction)
      if (frame !== null) return frame
    }
    return found
  }

  /**
   * Frames of a span with what matches on them, ascending. Each track comes once, with the first frame it matches on: of
   * the task (so that pages tell it once), or of the span (whatever it is before).
   */
  async *matches(span: FrameSpan, tracksOf: 'task' | 'span' = 'task'): AsyncGenerator<FrameMatch> {
    for await (const { frames } of this.pieces(span, tracksOf)) yield* frames
  }

  /** The same as they are read, some frames at a time; `last` is the last frame that is dealt with. */
  async *pieces(
    span: FrameSpan,
    tracksOf: 'task' | 'span' = 'task',
  ): AsyncGenerator<{ readonly frames: readonly FrameMatch[]; readonly last: FrameIndex }> {
    const end = this.#store.tasks.get(this.#taskId).size - 1
    const tracks = this.#tracksByFrame(tracksOf === 'task' ? { first: 0, last: end } : span)
    for await (const slice of slices(span, 'forward')) {
      const found = this.#matchesIn(slice)
      const frames: FrameMatch[] = []
      for (const frame of framesOf(slice, 'forward')) {
        const annotations = [...(found.get(frame) ?? []), ...(tracks.get(frame) ?? [])]
        if (annotations.length > 0) frames.push({ frame, annotations })
      }
      yield { frames, last: slice.last }
    }
  }

  #exactFrame({ first, last }: FrameSpan, direction: Direction): FrameIndex | null {
    let span = { first, last }
    for (;;) {
      const frame = this.#store.annotations.candidateFrame(
        this.#taskId,
        span,
        this.#wanted,
        direction,
      )
      if (frame === null || !this.#passedOver.has(frame)) return frame
      span = direction === 'forward' ? { first: frame + 1, last } : { first, last: frame - 1 }
    }
  }

  #judgedFrame(slice: FrameSpan, direction: Direction): FrameIndex | null {
    const frames = [...this.#matchesIn(slice).keys()]
    return (direction === 'forward' ? frames[0] : frames.at(-1)) ?? null
  }

  /** Tags and shapes that match, by frame, ascending. */
  #matchesIn(slice: FrameSpan): Map<FrameIndex, Annotation[]> {
    const found = new Map<FrameIndex, Annotation[]>()
    for (const annotation of this.#store.annotations.candidates(
      this.#taskId,
      slice,
      this.#wanted,
    )) {
      const { frame } = annotation
      if (this.#passedOver.has(frame) || !this.#matches(annotation, frame)) continue
      const known = found.get(frame)
      if (known) known.push(annotation)
      else found.set(frame, [annotation])
    }
    return found
  }

  #tracksByFrame(span: FrameSpan): Map<FrameIndex, Track[]> {
    const byFrame = new Map<FrameIndex, Track[]>()
    for (const track of this.#tracks) {
      const frame = this.#frameOfTrack(track, span, 'forward')
      if (frame !== null) byFrame.set(frame, [...(byFrame.get(frame) ?? []), track])
    }
    return byFrame
  }

  /** Where a track is seen and matches. What stays the same over all its frames is asked once. */
  #frameOfTrack(track: Track, span: FrameSpan, direction: Direction): FrameIndex | null {
    if (!this.#onEveryFrame && !this.#matches(track, track.frame)) return null
    const end = track.keyframes.at(-1)
    const seen = {
      first: Math.max(span.first, track.frame),
      last: end?.outside ? Math.min(span.last, end.frame) : span.last,
    }
    for (const frame of framesOf(seen, direction)) {
      if (this.#passedOver.has(frame) || shapeOn(track, frame) === null) continue
      if (!this.#onEveryFrame || this.#matches(track, frame)) return frame
    }
    return null
  }
}
