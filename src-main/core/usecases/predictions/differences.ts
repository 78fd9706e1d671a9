/**
 * Predictions beside what people drew, frame by frame. What was decided is not told again: an accepted prediction takes part, so
 * that its annotation counts as drawn and predicted, and no more is said of it, whatever became of the annotation; and what was
 * drawn where a prediction was rejected is no surprise either.
 */
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import { shapeTypes } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Difference } from '#shared/domain/prediction.ts'
import { compareFrame, type Labelled, type Match } from '#shared/quality/compare.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import type { DecidedPrediction, FrameRange, Store } from '../../ports.ts'

export interface DifferencesOptions {
  readonly iou: number
  readonly minScore: number
  readonly from: FrameIndex
  readonly limit: number
}

/** Frames compared at one go; in between everybody else has a turn. */
const FRAMES_AT_ONCE = 32
/** Less than this in common is no low overlap, but two things. */
const LEAST = 0.1

/** Whole frames from `from` on, until there are `limit` differences; of frames alone that a function has looked at. */
export async function differencesOf(
  store: Store,
  taskId: TaskId,
  { iou, minScore, from, limit }: DifferencesOptions,
): Promise<{ differences: Difference[]; next: FrameIndex | null }> {
  const labels = new Map(store.labels.ofTask(taskId).map(({ id, name }) => [id, name]))
  const { deleted } = store.frames.marks(taskId)
  const frames = new FrameReading(store, taskId, minScore)
  const skipped = new Set(deleted)
  const differences: Difference[] = []
  for (const span of spans(store.predictions.covered(taskId), from)) {
    const { predicted, drawn } = frames.read(span)
    for (let frame = span.start; frame <= span.stop; frame += 1) {
      if (skipped.has(frame)) continue
      const here = predicted.get(frame) ?? []
      const there = drawn(frame)
      const label = (annotation: Tag | Shape): Labelled => ({
        annotation,
        label: labels.get(annotation.labelId) ?? '',
      })
      differences.push(...differencesOn(frame, here, there.map(label), { iou, label }))
      if (differences.length >= limit) return { differences, next: frame + 1 }
    }
    await new Promise(setImmediate)
  }
  return { differences, next: null }
}

function* spans(covered: readonly FrameRange[], from: FrameIndex): Generator<FrameRange> {
  for (const { start, stop } of covered) {
    for (let first = Math.max(start, from); first <= stop; first += FRAMES_AT_ONCE)
      yield { start: first, stop: Math.min(stop, first + FRAMES_AT_ONCE - 1) }
  }
}

class FrameReading {
  readonly #store: Store
  readonly #taskId: TaskId
  readonly #minScore: number
  readonly #weaver: TrackWeaver

  constructor(store: Store, taskId: TaskId, minScore: number) {
    this.#store = store
    this.#taskId = taskId
    this.#minScore = minScore
    this.#weaver = new TrackWeaver(store.annotations.tracks(taskId))
  }

  read(span: FrameRange) {
    const minScore = this.#minScore > 0 ? this.#minScore : null
    const predicted = this.#store.predictions.between(this.#taskId, span, minScore)
    const labelIds = this.#store.labels.ofTask(this.#taskId).map(({ id }) => id)
    const own = this.#store.annotations.candidates(
      this.#taskId,
      { first: span.start, last: span.stop },
      { labelIds, kinds: ['tag', ...shapeTypes], exact: true },
    )
    const byFrame = Map.groupBy(own, ({ frame }) => frame)
    return {
      predicted: Map.groupBy(predicted, ({ prediction }) => prediction.proposal.frame),
      drawn: (frame: FrameIndex): (Tag | Shape)[] => {
        const here = (byFrame.get(frame) ?? []).filter((one) => one.kind !== 'track')
        return [...this.#weaver.weave(here, frame)]
      },
    }
  }
}

function differencesOn(
  frame: FrameIndex,
  predicted: readonly DecidedPrediction[],
  drawn: readonly Labelled[],
  { iou, label }: { iou: number; label: (annotation: Tag | Shape) => Labelled },
): Difference[] {
  const sides = predicted.map((one) => ({
    one,
    side: label({ ...one.prediction.proposal, id: 0 as AnnotationId }),
  }))
  const ofSide = new Map(sides.map(({ one, side }) => [side, one]))
  const tell = new Teller(frame, ofSide)
  const [rejected, counted] = parted(sides, ({ one }) => one.decision === 'rejected')
  const { matches, onlyA, onlyB } = compareFrame(counted, drawn, iou)
  for (const match of matches) if (match.a.label !== match.b.label) tell.pair('other-label', match)
  const loose = looseMatches(onlyA, onlyB)
  for (const match of loose) tell.pair('low-overlap', match)
  const paired = new Set(loose.flatMap(({ a, b }) => [a, b]))
  for (const side of onlyA) if (!paired.has(side)) tell.missed(side)
  const extra = onlyB.filter((side) => !paired.has(side))
  for (const side of compareFrame(rejected, extra, LEAST).onlyB) tell.extra(side)
  return tell.list
}

function parted(
  sides: readonly { readonly one: DecidedPrediction; readonly side: Labelled }[],
  test: (one: (typeof sides)[number]) => boolean,
): [Labelled[], Labelled[]] {
  const sidesOf = (wanted: boolean) => sides.filter((one) => test(one) === wanted)
  return [sidesOf(true).map(({ side }) => side), sidesOf(false).map(({ side }) => side)]
}

/** Of one label, and less alike than asked for. */
function looseMatches(a: readonly Labelled[], b: readonly Labelled[]): Match[] {
  const others = Map.groupBy(b, ({ label }) => label)
  return [...Map.groupBy(a, ({ label }) => label)].flatMap(([label, sides]) => [
    ...compareFrame(sides, others.get(label) ?? [], LEAST).matches,
  ])
}

class Teller {
  readonly list: Difference[] = []
  readonly #frame: FrameIndex
  readonly #ofSide: ReadonlyMap<Labelled, DecidedPrediction>

  constructor(frame: FrameIndex, ofSide: ReadonlyMap<Labelled, DecidedPrediction>) {
    this.#frame = frame
    this.#ofSide = ofSide
  }

  pair(kind: 'other-label' | 'low-overlap', { a, b, overlap }: Match): void {
    if (this.#isOpen(a)) this.#tell(kind, a, b, overlap)
  }

  missed(side: Labelled): void {
    if (this.#isOpen(side)) this.#tell('missed', side, null, null)
  }

  extra(side: Labelled): void {
    this.#tell('extra', null, side, null)
  }

  #isOpen(side: Labelled): boolean {
    return this.#ofSide.get(side)?.decision === 'open'
  }

  #tell(kind: Difference['kind'], a: Labelled | null, b: Labelled | null, iou: number | null) {
    const prediction = a && this.#ofSide.get(a)?.prediction
    const one = (a ?? b)?.annotation
    if (!one) return
    this.list.push({
      ...{ kind, frame: this.#frame, labelId: one.labelId, iou },
      predictionId: prediction?.id ?? null,
      annotationId: b ? b.annotation.id : null,
      score: prediction?.score ?? null,
    })
  }
}
