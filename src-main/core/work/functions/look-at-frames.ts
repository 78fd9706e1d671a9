import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Proposal } from '#shared/domain/prediction.ts'
import { AppError, toErrorBody } from '#shared/errors/app-error.ts'
import type { ResolvedMapping } from '#shared/functions/mapping.ts'
import { toProposals } from '#shared/functions/proposals.ts'
import type { FrameRecord, PredictionRun } from '../../ports.ts'
import type { AnnotateParams } from '../../usecases/functions/annotate-params.ts'
import { frameRecords } from '../dataset-task.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { type AnnotateProgress, progressText, Rate } from './annotate-progress.ts'
import { announcePredictions } from './announce.ts'
import { countFrames } from './frame-ranges.ts'
import { type Answer, inFlight } from './in-flight.ts'

/** Frames on their way: one is looked at while the next ones are decoded, or sent. Each may be a large picture in memory. */
const IN_FLIGHT = 4
/** A detector that fails so often in a row will go on doing so. */
const MOST_FAILURES_IN_A_ROW = 5
/** What a crash may cost, and how soon a window sees what came. */
const FLUSH_MS = 500
const FLUSH_ROWS = 1000
/** Counting a large layer takes a while. */
const TELL_MS = 2000

/** What the picture is to blame for. */
const OF_THE_PICTURE = new Set([
  'FRAME_MISSING',
  'IMAGE_UNREADABLE',
  'VIDEO_UNREADABLE',
  'VIDEO_FRAME_UNREADABLE',
  'MEDIA_STALLED',
])

export interface Looking {
  readonly params: AnnotateParams
  readonly mapping: ResolvedMapping
  readonly run: PredictionRun
  readonly progress: AnnotateProgress
}

/**
 * Ask the detector about every frame that is left of a run, and store what it says as it comes. However it ends, what was
 * answered in order is stored, and the next time goes on behind it.
 * @throws CANCELLED; the detector's own error once it fails again and again, or never succeeds
 */
export async function lookAtFrames(
  deps: WorkDeps,
  looking: Looking,
  hooks: WorkHooks,
): Promise<void> {
  const { params, run } = looking
  const { functionId, parameters, region, tiles, taskId } = params
  const sink = new Sink(deps, looking, hooks)
  const ask = ({ index }: FrameRecord) =>
    deps.functions.detect(
      { taskId, frame: index },
      { functionId, parameters, region, tiles },
      { signal: hooks.signal, lane: 'batch' },
    )
  const answers = inFlight(recordsOf(deps, params, run), ask, {
    most: IN_FLIGHT,
    signal: hooks.signal,
  })
  try {
    for await (const answer of answers) {
      if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'The request' })
      sink.take(answer)
    }
    sink.end()
  } finally {
    sink.flush()
  }
}

function* recordsOf(
  deps: WorkDeps,
  { taskId }: AnnotateParams,
  { frames, doneThrough }: PredictionRun,
): Generator<FrameRecord> {
  for (const { start, stop } of frames)
    if (stop > doneThrough)
      yield* frameRecords(deps, taskId, { start: Math.max(start, doneThrough + 1), stop })
}

/** Takes answers in order and stores them in pieces, each with how far the run is then. */
class Sink {
  readonly #deps: WorkDeps
  readonly #looking: Looking
  readonly #hooks: WorkHooks
  readonly #rate = new Rate()
  readonly #total: number
  #done: number
  #waiting: { frame: FrameIndex; proposals: Proposal[] }[] = []
  #rows = 0
  #doneThrough: FrameIndex
  #flushed = performance.now()
  #told = performance.now()
  /** Failures since the last success: whether they are of their frames or of the detector will show. */
  #streak: { record: FrameRecord; error: unknown }[] = []

  constructor(deps: WorkDeps, looking: Looking, hooks: WorkHooks) {
    this.#deps = deps
    this.#looking = looking
    this.#hooks = hooks
    this.#total = countFrames(looking.run.frames)
    this.#done = countFrames(looking.run.frames, looking.run.doneThrough)
    this.#doneThrough = looking.run.doneThrough
  }

  take(answer: Answer<FrameRecord, Awaited<ReturnType<WorkDeps['functions']['detect']>>>): void {
    const { item: record } = answer
    if (answer.ok) {
      this.#settleStreak()
      this.#keep(record, answer.result)
    } else if (OF_THE_PICTURE.has(toErrorBody(answer.error).code)) {
      this.#settleStreak()
      this.#fail(record, answer.error)
    } else {
      this.#streak.push({ record, error: answer.error })
      if (this.#streak.length >= MOST_FAILURES_IN_A_ROW) throw answer.error
    }
    this.#done += 1
    const now = performance.now()
    if (this.#rows >= FLUSH_ROWS || now - this.#flushed > FLUSH_MS) this.flush()
    const text = progressText(this.#done, this.#total, this.#rate.tick(now))
    this.#hooks.progress(this.#done, this.#total, text)
  }

  #keep(
    { index, width, height }: FrameRecord,
    detections: Parameters<typeof toProposals>[0],
  ): void {
    const { params, mapping, progress } = this.#looking
    const size = width === null || height === null ? null : { width, height }
    const options = { mapping, frame: index, size, masksToPolygons: params.masksToPolygons }
    const proposals = toProposals(detections, options, progress.notes)
    progress.looked(proposals.length)
    this.#waiting.push({ frame: index, proposals })
    this.#rows += 1 + proposals.length
    this.#doneThrough = index
  }

  #fail({ index, name }: FrameRecord, error: unknown): void {
    this.#looking.progress.failed(index, name, error)
    this.#doneThrough = index
  }

  /** It works, so those were faults of their frames. */
  #settleStreak(): void {
    for (const { record, error } of this.#streak.splice(0)) this.#fail(record, error)
  }

  /** No more frames. @throws when the detector has answered none */
  end(): void {
    const [first] = this.#streak
    if (first && !this.#looking.progress.hasLooked) throw first.error
    this.#settleStreak()
  }

  flush(): void {
    const { run, progress, params } = this.#looking
    if (this.#doneThrough === run.doneThrough && this.#waiting.length === 0) return
    const checkpoint = { doneThrough: this.#doneThrough, facts: progress.save() }
    // What could not be stored waits on: a checkpoint behind it would leave its frames out for ever.
    this.#deps.store.predictions.put(run, this.#waiting, checkpoint)
    this.#waiting = []
    this.#rows = 0
    this.#flushed = performance.now()
    if (params.as !== 'predictions' || performance.now() - this.#told < TELL_MS) return
    announcePredictions(this.#deps, params.taskId, this.#hooks)
    this.#told = performance.now()
  }
}
