import type { AnnotationId, FrameIndex, RequestId } from '#shared/domain/ids.ts'
import type { Proposal } from '#shared/domain/prediction.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FrameRange, PredictionRun } from '../../ports.ts'
import type { AnnotateParams } from '../../usecases/functions/annotate-params.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import type { AnnotateProgress } from './annotate-progress.ts'
import { bridged, framesIn, toRanges } from './frame-ranges.ts'
import { removalsOn } from './removals.ts'

/** Rows read at one go. */
const PAGE = 2000
/** Somebody at work in the task may come in between; by then they are done. */
const ATTEMPTS = 5

export interface Making {
  readonly params: AnnotateParams
  readonly run: PredictionRun
  readonly progress: AnnotateProgress
  readonly requestId: RequestId
}

export interface Made {
  readonly added: number
  readonly removed: number
  /** Frames on which anything changed. */
  readonly frames: FrameIndex[]
}

/**
 * All that a run has staged becomes one undoable step; with `cleanup` what was on its frames goes in the same step. A request
 * that is carried out again after its commit changes nothing twice.
 * @throws CANCELLED, BULK_OVERTAKEN when somebody works on in the task while it is cleaned, again and again
 */
export async function makeAnnotations(
  deps: WorkDeps,
  making: Making,
  hooks: WorkHooks,
): Promise<Made> {
  if (!making.params.cleanup) return addAll(deps, making, hooks)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await replaceAll(deps, making, hooks)
    } catch (error) {
      const isOvertaken = error instanceof AppError && error.code === 'BULK_OVERTAKEN'
      if (!isOvertaken || attempt >= ATTEMPTS) throw error
    }
  }
}

async function addAll({ store }: WorkDeps, making: Making, hooks: WorkHooks): Promise<Made> {
  const { params, requestId } = making
  const frames = new Set<FrameIndex>()
  const batch = store.annotations.beginBatch(params.taskId, requestId)
  try {
    let added = 0
    for (const proposals of staged({ store }, making, hooks)) {
      batch.add(proposals)
      for (const { frame } of proposals) frames.add(frame)
      added += proposals.length
      await new Promise(setImmediate)
    }
    if (added === 0) batch.abort()
    else batch.commit('add', { key: 'annotate', label: params.functionName })
    return { added, removed: 0, frames: [...frames] }
  } catch (error) {
    batch.abort()
    throw error
  }
}

async function replaceAll({ store }: WorkDeps, making: Making, hooks: WorkHooks): Promise<Made> {
  const { params, requestId } = making
  const { taskId } = params
  const { revision, size } = store.tasks.get(taskId)
  const rewrite = store.annotations.beginRewrite(taskId, requestId, revision)
  const frames = new Set<FrameIndex>()
  const counts = { added: 0, removed: 0 }
  try {
    for (const proposals of staged({ store }, making, hooks)) {
      const id = 0 as AnnotationId
      rewrite.add(proposals.map((one) => ({ kind: 'create', after: { ...one, id } })))
      for (const { frame } of proposals) frames.add(frame)
      counts.added += proposals.length
      await new Promise(setImmediate)
    }
    const looked = lookedAt(making)
    const deleted = new Set(store.frames.marks(taskId).deleted)
    const spans = { shapes: looked, tracks: bridged(looked, deleted, size) }
    for (const operations of removalsOn(store, taskId, spans, size - 1)) {
      rewrite.add(operations)
      for (const one of operations) if (one.kind !== 'create') frames.add(one.before.frame)
      counts.removed += operations.length
      hooks.progress(1, 1, 'cleaning old annotations')
      await new Promise(setImmediate)
    }
    if (counts.added + counts.removed === 0) rewrite.abort()
    else {
      const title = { key: 'annotate', count: counts.added, label: params.functionName }
      const [first = 0] = frames
      rewrite.commit(title, first)
    }
    return { ...counts, frames: [...frames] }
  } catch (error) {
    rewrite.abort()
    throw error
  }
}

/** What could not be looked at keeps what it has. */
function lookedAt({ run, progress }: Making): FrameRange[] {
  const failed = new Set(progress.failedFrames)
  function* done(): Generator<FrameIndex> {
    for (const frame of framesIn(run.frames)) if (!failed.has(frame)) yield frame
  }
  return toRanges(done())
}

function* staged(
  { store }: Pick<WorkDeps, 'store'>,
  { run, progress }: Making,
  hooks: WorkHooks,
): Generator<Proposal[]> {
  let done = 0
  for (let after: number | null = 0; after !== null; ) {
    const page = store.predictions.staged(run, after, PAGE)
    if (page.proposals.length > 0) yield page.proposals
    done += page.proposals.length
    hooks.progress(done, progress.found, `${done.toLocaleString('en')} annotations stored`)
    after = page.next
  }
}
