import type { ImportReport } from '#shared/domain/request.ts'
import { sayable } from '#shared/errors/sayable.ts'
import type { NewAnnotation } from '../../ports.ts'

/** Reports name so many; the count is exact all the same. */
const NAMED = 1000
/** Kinds of notes: more than that says nothing to anybody, and a broken file may have a million. */
const KINDS = 200
const OTHERS = 'more things, of kinds that are not named here'

/** What an import did, gathered on the way. */
export class ReportMaker {
  imported = 0
  merged = 0
  unmatchedCount = 0
  readonly unmatched: string[] = []
  labelsCreated: string[] = []
  readonly #frames = new Set<number>()
  readonly #notes = new Map<string, number>()

  saw(annotations: readonly NewAnnotation[]): void {
    this.imported += annotations.length
    for (const annotation of annotations) this.#noteFrames(annotation)
  }

  /** A track counts on the frames it has keyframes on. */
  #noteFrames(annotation: NewAnnotation): void {
    if (annotation.kind !== 'track') this.#frames.add(annotation.frame)
    else for (const { frame } of annotation.keyframes) this.#frames.add(frame)
  }

  miss(name: string): void {
    this.unmatchedCount += 1
    if (this.unmatched.length < NAMED) this.unmatched.push(sayable(name))
  }

  note(what: string, count = 1): void {
    const known = this.#notes.has(what) || this.#notes.size < KINDS
    const kind = known ? what : OTHERS
    this.#notes.set(kind, (this.#notes.get(kind) ?? 0) + count)
  }

  get matchedFrames(): number {
    return this.#frames.size
  }

  notes(): string[] {
    return [...this.#notes].map(([what, count]) => `${count} ${sayable(what)}`)
  }

  finish(): ImportReport {
    const { imported, merged, matchedFrames, unmatchedCount, unmatched, labelsCreated } = this
    const notes = this.notes()
    return { imported, matchedFrames, unmatchedCount, unmatched, merged, labelsCreated, notes }
  }
}
