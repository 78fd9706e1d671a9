import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import { applyAll } from '#shared/operations/algebra.ts'
import { onFrame } from '#shared/operations/on-frame.ts'
import type { AnnotationOperation, Operation } from '#shared/operations/operation.ts'
import { descends } from './lineage.ts'
import { WeightedLru } from './weighted-lru.ts'

export type Annotations = ReadonlyMap<AnnotationId, Annotation>

export interface FrameCacheDeps {
  /** A frame's annotations as the core has them. */
  fetch(frame: FrameIndex): Promise<readonly Annotation[]>
  /** Operations the core may not have yet, in order. */
  pending(): readonly Operation[]
}

/** A bound on annotations kept, not on frames. */
const MOST_ANNOTATIONS = 60_000

/** A frame on its way, and every operation its answer may have missed. */
interface Flight {
  readonly promise: Promise<Annotations>
  readonly missed: Operation[]
}

/**
 * Annotations of the frames around the one on screen, kept true: operations reach every cached frame they touch (a track
 * touches all frames from its first keyframe on), and answers still under way are topped up with what was done since they
 * were asked for. That is harmless when the core already had it, since operations carry whole annotations.
 */
export class FrameCache {
  readonly #deps: FrameCacheDeps
  readonly #frames = new WeightedLru<FrameIndex, Annotations>(MOST_ANNOTATIONS)
  readonly #flights = new Map<FrameIndex, Flight>()

  constructor(deps: FrameCacheDeps) {
    this.#deps = deps
  }

  has(frame: FrameIndex): boolean {
    return this.#frames.has(frame)
  }

  peek(frame: FrameIndex): Annotations | undefined {
    return this.#frames.get(frame)
  }

  /** From the core, even when the frame is known; a frame already under way is not asked for twice. */
  fetch(frame: FrameIndex): Promise<Annotations> {
    const running = this.#flights.get(frame)
    if (running) return running.promise
    const missed = [...this.#deps.pending()]
    const promise = this.#deps.fetch(frame).then((fetched) => {
      const base = new Map(fetched.map((annotation) => [annotation.id, annotation]))
      const annotations = applyAll(base, onFrame(missed, frame))
      // Forgotten meanwhile: whoever waits still gets it, but it is not kept.
      if (this.#flights.get(frame) === flight) this.#keep(frame, annotations)
      return annotations
    })
    const flight: Flight = { promise, missed }
    this.#flights.set(frame, flight)
    const done = () => {
      if (this.#flights.get(frame) === flight) this.#flights.delete(frame)
    }
    promise.then(done, done)
    return promise
  }

  /** Operations into every frame known or under way. */
  project(operations: readonly Operation[]): void {
    for (const { missed } of this.#flights.values()) missed.push(...operations)
    for (const [frame, annotations] of this.#frames.entries()) {
      const here = onFrame(operations, frame)
      if (here.length > 0) this.#keep(frame, projected(annotations, here))
    }
  }

  /** What is known may be wrong: ask anew. */
  forgetAll(): void {
    this.#flights.clear()
    this.#frames.clear()
  }

  #keep(frame: FrameIndex, annotations: Annotations): void {
    this.#frames.set(frame, annotations, annotations.size + 1)
  }
}

/** Annotations of a frame after operations on them; what they changed is known to `changedBetween`. */
export function projected(
  annotations: Annotations,
  operations: readonly AnnotationOperation[],
): Annotations {
  const after = applyAll(annotations, operations)
  const touched = operations.map((op) => (op.kind === 'delete' ? op.before.id : op.after.id))
  descends(after, annotations, touched)
  return after
}
