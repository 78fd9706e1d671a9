import { z } from 'zod'
import type { AnnotateReport } from '#shared/domain/annotate-report.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { toErrorBody } from '#shared/errors/app-error.ts'
import { DropNotes } from '#shared/functions/notes.ts'

/** Frames a report names. */
const NAMED = 1000

/** What goes through a checkpoint, so that the report of a run that was interrupted is of all of it. */
const factsSchema = z.object({
  looked: z.int(),
  found: z.int(),
  seconds: z.number(),
  failedFrames: z.array(z.int()),
  failed: z.array(z.object({ frame: z.int(), name: z.string(), problem: z.string() })),
  notes: z.array(z.tuple([z.string(), z.number()])),
})
type Facts = z.infer<typeof factsSchema>

const NOTHING: Facts = { looked: 0, found: 0, seconds: 0, failedFrames: [], failed: [], notes: [] }

/** What a run of automatic annotation has come to. */
export class AnnotateProgress {
  readonly notes: DropNotes
  readonly #facts: Facts
  readonly #before: number
  readonly #begun = performance.now()

  /** @param saved  `facts` of the run's last checkpoint */
  constructor(saved: unknown) {
    this.#facts = structuredClone(factsSchema.nullable().parse(saved) ?? NOTHING)
    this.#before = this.#facts.seconds
    this.notes = DropNotes.from(this.#facts.notes)
  }

  looked(found: number): void {
    this.#facts.looked += 1
    this.#facts.found += found
  }

  failed(frame: FrameIndex, name: string, error: unknown): void {
    this.#facts.failedFrames.push(frame)
    if (this.#facts.failed.length < NAMED)
      this.#facts.failed.push({ frame, name, problem: toErrorBody(error).message })
  }

  get hasLooked(): boolean {
    return this.#facts.looked > 0
  }

  get failedFrames(): readonly FrameIndex[] {
    return this.#facts.failedFrames
  }

  save(): Facts {
    const seconds = this.#before + (performance.now() - this.#begun) / 1000
    return { ...this.#facts, seconds, notes: this.notes.save() }
  }

  report(of: Pick<AnnotateReport, 'as' | 'found' | 'removed'>): AnnotateReport {
    const { looked, failed, failedFrames, seconds } = this.save()
    return {
      ...of,
      ...{ frames: looked, failed, seconds, failedCount: failedFrames.length },
      notes: this.notes.list(),
    }
  }

  get found(): number {
    return this.#facts.found
  }
}

/** Frames a second over the last few seconds. */
export class Rate {
  readonly #marks: { at: number; done: number }[] = []
  #done = 0

  /** A frame is done. @returns frames a second; null before anybody could tell */
  tick(now = performance.now()): number | null {
    this.#done += 1
    const last = this.#marks.at(-1)
    if (!last || now - last.at > 200) this.#marks.push({ at: now, done: this.#done })
    while (this.#marks.length > 2 && now - (this.#marks[0]?.at ?? now) > WINDOW_MS)
      this.#marks.shift()
    const first = this.#marks[0]
    if (!first || now - first.at < 500) return null
    return ((this.#done - first.done) * 1000) / (now - first.at)
  }
}

const WINDOW_MS = 5000

/** "120 of 3,000 frames, 38 a second" */
export function progressText(done: number, total: number, rate: number | null): string {
  const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} frames`
  if (rate === null) return count
  return `${count}, ${rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1)} a second`
}
