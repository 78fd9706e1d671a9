/** What was to be written and what is read back, paired annotation by annotation. */
import type { Shape, Tag, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { DatasetSource, NewAnnotation } from '../../ports.ts'
import { geometricError } from './geometric-error.ts'

type One = Omit<Tag, 'id'> | Omit<Shape, 'id'>

/** As near as rounding to two digits leaves it: then it is the one, and nobody looks for a nearer. */
const SURE = 0.02

/**
 * Takes the frames of an export in order and what a reader gives in any order. Only what has not found its partner is in
 * memory: a file that goes by frames, as most do, needs little.
 */
export class RoundTrip {
  annotations = 0
  found = 0
  missing = 0
  surplus = 0
  largestError = 0
  readonly #frames: Iterator<
    ReturnType<DatasetSource['frames']> extends Iterable<infer F> ? F : never
  >
  readonly #waiting = new Map<FrameIndex, (One | null)[]>()
  #loaded = -1
  readonly #lastOf: (frame: FrameIndex) => FrameIndex

  readonly #isLabel: (id: number) => boolean

  /** @param isLabel  whether an id is that of a label here; a format that has names of its own for labels gives others */
  constructor(source: DatasetSource, isLabel: (id: number) => boolean) {
    this.#isLabel = isLabel
    this.#frames = source.frames('woven')[Symbol.iterator]()
    const { range, project } = source
    this.#lastOf = (frame) => {
      const part = project?.parts.findLast(({ first }) => first <= frame)
      return part ? part.first + part.frameCount - 1 : range.stop
    }
  }

  saw(annotation: NewAnnotation): void {
    if (annotation.kind !== 'track') this.#pair(annotation.frame, annotation)
    else this.#sawTrack(annotation)
  }

  #sawTrack(whole: Omit<Track, 'id'>): void {
    const track = { ...whole, id: 1 as Track['id'] }
    const end = track.keyframes.at(-1)
    const stop = this.#lastOf(track.frame)
    const last = end?.outside ? Math.min(end.frame, stop) : stop
    this.#loadTo(last)
    for (let frame = track.frame; frame <= last; frame += 1) {
      // Frames that are not written are none that a track is compared on.
      const shape = this.#waiting.has(frame) ? shapeOn(track, frame) : null
      if (shape) this.#pair(frame, shape)
    }
  }

  #loadTo(frame: FrameIndex): void {
    while (this.#loaded < frame) {
      const next = this.#frames.next()
      if (next.done) {
        this.#loaded = Number.POSITIVE_INFINITY
        return
      }
      const { index } = next.value.frame
      this.#loaded = index
      this.annotations += next.value.annotations.length
      this.#waiting.set(index, [...next.value.annotations])
    }
  }

  #pair(frame: FrameIndex, one: One): void {
    this.#loadTo(frame)
    const waiting = this.#waiting.get(frame) ?? []
    const { at, error } = nearest(waiting, one, !this.#isLabel(one.labelId))
    if (at < 0) {
      this.surplus += 1
      return
    }
    waiting[at] = null
    this.found += 1
    this.largestError = Math.max(this.largestError, error)
  }

  /** Ends the reading of what was to be written. */
  close(): void {
    this.#frames.return?.()
  }

  /** Nothing more is to be read: what waits is missing. */
  finish(): void {
    this.#loadTo(Number.POSITIVE_INFINITY)
    for (const list of this.#waiting.values())
      for (const one of list) if (one !== null) this.missing += 1
    this.#waiting.clear()
  }
}

/**
 * Of the same label, if it has one; one of the same type rather than one that became another. A tag without a label of its
 * own may be what is left of a shape.
 */
function nearest(
  waiting: readonly (One | null)[],
  one: One,
  anyLabel: boolean,
): { at: number; error: number } {
  let best = { at: -1, error: Number.POSITIVE_INFINITY, isOther: true }
  let placeless = -1
  for (const [at, other] of waiting.entries()) {
    if (other === null || !(anyLabel || other.labelId === one.labelId)) continue
    if (one.kind === 'tag' || other.kind === 'tag') {
      if (one.kind === other.kind) return { at, error: 0 }
      if (anyLabel && one.kind === 'tag' && placeless < 0) placeless = at
      continue
    }
    const isOther = other.type !== one.type
    const error = geometricError(other, one)
    if (!isOther && error <= SURE) return { at, error }
    const isBetter = isOther === best.isOther ? error < best.error : best.isOther
    if (isBetter) best = { at, error, isOther }
  }
  return best.at < 0 && placeless >= 0 ? { at: placeless, error: 0 } : best
}
