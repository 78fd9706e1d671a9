/** Boxes of consecutive frames become tracks, by their looks (re-identification). Nothing is written before all is compared. */
import { isDeepStrictEqual } from 'node:util'
import type { LinkReport } from '#shared/domain/annotate-report.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { type FrameIndex, type RequestId, requestIdSchema } from '#shared/domain/ids.ts'
import { AppError, toErrorBody } from '#shared/errors/app-error.ts'
import { shapeBounds } from '#shared/geometry/shape-bounds.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { FrameRecord } from '../../ports.ts'
import { type LinkParams, linkParamsSchema } from '../../usecases/functions/link-params.ts'
import { frameRecords } from '../dataset-task.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { announceAnnotated } from './announce.ts'
import { type LinkPath, type MatchBoxes, PathLinker } from './link-paths.ts'
import { pathToTrack } from './path-to-track.ts'

/** Things a report names. */
const NAMED = 1000
const MOST_FAILURES_IN_A_ROW = 5

export const link: Work = async (deps, given, hooks, id): Promise<LinkReport> => {
  const params = linkParamsSchema.parse(given)
  await deps.functions.get(params.functionId, 'reid')
  const failures = new Failures()
  const paths = await findPaths(deps, params, failures, hooks)
  failures.end()
  const report = reportOf(paths, params, failures)
  if (params.preview) return report
  const written = writeTracks(deps, params, paths, requestIdSchema.parse(id))
  if (written.length > 0) announceAnnotated(deps, params.taskId, written, hooks)
  return report
}

async function findPaths(
  deps: WorkDeps,
  params: LinkParams,
  failures: Failures,
  hooks: WorkHooks,
): Promise<LinkPath[]> {
  const { taskId, range, maxGap } = params
  const total = range.stop - range.start + 1
  const names = new Map<FrameIndex, string>()
  const linker = new PathLinker(maxGap, matcher(deps, params, { failures, names }, hooks))
  let at = 0
  for (const record of frameRecords(deps, taskId, range)) {
    const done = record.index - range.start + 1
    hooks.progress(
      done,
      total,
      `${done.toLocaleString('en')} of ${total.toLocaleString('en')} frames`,
    )
    if (record.deleted) continue
    names.set(record.index, record.name)
    await linker.add({ frame: record.index, at, boxes: boxesOn(deps, params, record) })
    at += 1
  }
  return linker.finish()
}

function boxesOn({ store }: WorkDeps, { taskId }: LinkParams, { index }: FrameRecord): Shape[] {
  return store.annotations
    .ofFrame(taskId, index, 'omit')
    .flatMap((one) => (one.kind === 'shape' && one.type === 'rectangle' ? [one] : []))
}

function matcher(
  { functions }: WorkDeps,
  { taskId, functionId, threshold, maxDistance }: LinkParams,
  { failures, names }: { failures: Failures; names: ReadonlyMap<FrameIndex, string> },
  hooks: WorkHooks,
): MatchBoxes {
  const frame = (index: FrameIndex) => ({ taskId, frame: index })
  return async (from, to) => {
    try {
      const question = { boxes0: from.boxes.map(asBox), boxes1: to.boxes.map(asBox) }
      const answer = await orCancelled(
        functions.match(
          [frame(from.frame), frame(to.frame)],
          functionId,
          { ...question, threshold, maxDistance },
          { signal: hooks.signal, lane: 'batch' },
        ),
        hooks.signal,
      )
      failures.worked()
      return answer
    } catch (error) {
      if (hooks.signal.aborted) throw error
      failures.add({ frame: to.frame, name: names.get(to.frame) ?? '' }, error)
      return []
    }
  }
}

/** The upright box around it: models look at pixels in rows. */
function asBox(shape: Shape): { labelId: number; points: number[] } {
  const box = shapeBounds(shape)
  const points = box ? [box.left, box.top, box.right, box.bottom] : shape.points
  return { labelId: shape.labelId, points }
}

function orCancelled<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new AppError('CANCELLED', { what: 'The request' }))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Pairs of frames that could not be compared. One that follows on too many others ends the work. */
class Failures {
  readonly named: LinkReport['failed'] = []
  count = 0
  #inARow = 0
  #first: unknown
  #hasWorked = false

  worked(): void {
    this.#inARow = 0
    this.#hasWorked = true
  }

  /** No more frames. @throws when not one pair could be compared: nothing is known then, so nothing is changed */
  end(): void {
    if (this.count > 0 && !this.#hasWorked) throw this.#first
  }

  add(where: { frame: FrameIndex; name: string }, error: unknown): void {
    this.#first ??= error
    this.count += 1
    this.#inARow += 1
    if (this.#inARow >= MOST_FAILURES_IN_A_ROW) throw error
    if (this.named.length < NAMED)
      this.named.push({ ...where, problem: toErrorBody(error).message })
  }
}

function reportOf(
  paths: readonly LinkPath[],
  { preview }: LinkParams,
  { named, count }: Failures,
): LinkReport {
  const linked = paths.filter(({ boxes }) => boxes.length > 1)
  const boxes = paths.reduce((sum, path) => sum + path.boxes.length, 0)
  const longest = linked.toSorted((a, b) => b.boxes.length - a.boxes.length).slice(0, NAMED)
  return {
    ...{ preview, boxes, tracks: linked.length, singles: paths.length - linked.length },
    linked: boxes - (paths.length - linked.length),
    ...{ failedCount: count, failed: named },
    paths: longest.map((path) => ({
      labelId: path.boxes[0]?.labelId ?? 0,
      first: path.boxes[0]?.frame ?? 0,
      last: path.boxes.at(-1)?.frame ?? 0,
      boxes: path.boxes.slice(0, NAMED).map((box) => box.id),
    })),
  }
}

/**
 * One step. Boxes that somebody has changed or removed since they were looked at are left out of it.
 * @returns frames on which anything changed
 */
function writeTracks(
  { store }: WorkDeps,
  { taskId, keepSingles }: LinkParams,
  paths: readonly LinkPath[],
  requestId: RequestId,
): FrameIndex[] {
  const { revision, size } = store.tasks.get(taskId)
  const labels = new Map(store.labels.ofTask(taskId).map((label) => [label.id, label]))
  const rewrite = store.annotations.beginRewrite(taskId, requestId, revision)
  const frames = new Set<FrameIndex>()
  let tracks = 0
  try {
    for (const path of paths) {
      const ids = path.boxes.map(({ id }) => id)
      const now = new Map(store.annotations.byIds(taskId, ids).map((one) => [one.id, one]))
      const boxes = path.boxes.filter((box) => isDeepStrictEqual(now.get(box.id), box))
      if (boxes.length < 2 && keepSingles) continue
      const after = pathToTrack(boxes, labels.get(boxes[0]?.labelId as never), size - 1)
      if (!after) continue
      const gone = boxes.map((before): AnnotationOperation => ({ kind: 'delete', before }))
      rewrite.add([...gone, { kind: 'create', after }])
      tracks += 1
      for (const { frame } of boxes) frames.add(frame)
    }
    const [first = 0] = frames
    if (tracks === 0) rewrite.abort()
    else rewrite.commit({ key: 'link-boxes', count: tracks }, first)
    return [...frames]
  } catch (error) {
    rewrite.abort()
    throw error
  }
}
