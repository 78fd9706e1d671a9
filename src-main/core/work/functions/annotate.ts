/**
 * Automatic annotation of many frames. What is found is stored at once, beside the annotations: as a layer of predictions, or
 * hidden, until at the end all of it becomes one step. So a run that is paused, cancelled or killed has changed no annotation,
 * and one that goes on does not look at a frame twice.
 */
import type { AnnotateReport } from '#shared/domain/annotate-report.ts'
import { type RequestId, requestIdSchema } from '#shared/domain/ids.ts'
import { resolveMapping } from '#shared/functions/mapping.ts'
import type { PredictionRun } from '../../ports.ts'
import {
  type AnnotateParams,
  annotateParamsSchema,
} from '../../usecases/functions/annotate-params.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import type { Work, WorkDeps } from '../work.ts'
import { framesToAnnotate } from './annotate-frames.ts'
import { AnnotateProgress } from './annotate-progress.ts'
import { announceAnnotated, announcePredictions } from './announce.ts'
import { lookAtFrames } from './look-at-frames.ts'
import { makeAnnotations } from './make-annotations.ts'

export const annotate: Work = async (deps, given, hooks, id): Promise<AnnotateReport> => {
  const params = annotateParamsSchema.parse(given)
  const requestId = requestIdSchema.parse(id)
  const { taskId, functionId, as } = params
  const { labels } = await deps.functions.get(functionId, 'detector')
  const mapping = resolveMapping(params.mapping, labels, deps.store.labels.ofTask(taskId))
  await readPendingHeaders(deps, taskId, hooks)
  const run = await runOf(deps, params, requestId)
  const progress = new AnnotateProgress(run.facts)
  await lookAtFrames(deps, { params, mapping, run, progress }, hooks)
  if (as === 'predictions') {
    announcePredictions(deps, taskId, hooks)
    return progress.report({ as, found: progress.found, removed: 0 })
  }
  const made = await makeAnnotations(deps, { params, run, progress, requestId }, hooks)
  announceAnnotated(deps, taskId, made.frames, hooks)
  return progress.report({ as, found: made.added, removed: made.removed })
}

/** Where this request stopped, or its beginning. */
async function runOf(
  { store }: WorkDeps,
  params: AnnotateParams,
  requestId: RequestId,
): Promise<PredictionRun> {
  const known = store.predictions.runOf(requestId)
  if (known) return known
  const { taskId, functionId, as } = params
  const frames = await framesToAnnotate(store, params)
  // What failed and was never run again would lie in the store for ever.
  store.predictions.abandonFailed(taskId)
  const kind = as === 'predictions' ? 'open' : 'staged'
  return store.predictions.begin({ taskId, requestId, functionId, kind, frames })
}
