import { basename } from 'node:path'
import { z } from 'zod'
import { requestIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import type { ImportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetTask, NewAnnotation, ReadTarget } from '../ports.ts'
import { datasetTask, frameRecords, toDatasetFrame } from './dataset-task.ts'
import { readPendingHeaders } from './index-headers.ts'
import type { Work, WorkDeps, WorkHooks } from './work.ts'

const importParams = z.object({
  taskId: taskIdSchema,
  format: z.string(),
  path: z.string(),
  mode: z.enum(['replace', 'add']),
})

/** The report names so many; the count is exact all the same. */
const NAMED = 1000

/**
 * Read a file through a format into a hidden batch and show it in one short transaction at the end: refused files,
 * cancelling and kill -9 all leave the task as it was.
 */
export const importDataset: Work = async (deps, params, hooks, requestId) => {
  const { taskId, format: name, path, mode } = importParams.parse(params)
  const format = deps.formats.get(name)
  await readPendingHeaders(deps, taskId, hooks)
  const input = await deps.formats.openInput(path)
  const batch = deps.store.annotations.beginBatch(taskId, requestIdSchema.parse(requestId))
  const report = createReport()
  try {
    const target = readTarget(deps, datasetTask(deps, taskId), report, hooks)
    for await (const annotations of format.read(input, target)) {
      report.saw(annotations)
      batch.add(annotations)
      hooks.progress(
        report.imported,
        null,
        `${report.imported.toLocaleString('en')} annotations read`,
      )
    }
    if (report.imported === 0 && report.unmatchedCount > 0) {
      throw matchesNothing(path, report.unmatched[0] ?? '')
    }
    batch.commit(mode, format.name)
  } catch (error) {
    batch.abort()
    throw error
  } finally {
    input.close()
  }
  const { revision } = deps.store.tasks.get(taskId)
  hooks.event({ type: 'annotations', taskId, revision, by: null })
  hooks.event({ type: 'task', id: taskId, task: deps.store.tasks.get(taskId) })
  return report.finish()
}

function matchesNothing(path: string, example: string): AppError {
  return new AppError('DATASET_MATCHES_NOTHING', { file: basename(path), what: 'images', example })
}

function createReport() {
  const frames = new Set<number>()
  const notes = new Map<string, number>()
  const report = {
    imported: 0,
    unmatchedCount: 0,
    unmatched: [] as string[],
    saw(annotations: readonly NewAnnotation[]) {
      report.imported += annotations.length
      for (const annotation of annotations) noteFrames(frames, annotation)
    },
    miss(name: string) {
      report.unmatchedCount += 1
      if (report.unmatched.length < NAMED) report.unmatched.push(name)
    },
    note(what: string, count: number) {
      notes.set(what, (notes.get(what) ?? 0) + count)
    },
    finish: (): ImportReport => ({
      imported: report.imported,
      matchedFrames: frames.size,
      unmatchedCount: report.unmatchedCount,
      unmatched: report.unmatched,
      notes: [...notes].map(([what, count]) => `${count} ${what}`),
    }),
  }
  return report
}

/** A track counts on the frames it has keyframes on. */
function noteFrames(frames: Set<number>, annotation: NewAnnotation): void {
  if (annotation.kind !== 'track') frames.add(annotation.frame)
  else for (const { frame } of annotation.keyframes) frames.add(frame)
}

function readTarget(
  deps: WorkDeps,
  dataset: DatasetTask,
  report: ReturnType<typeof createReport>,
  hooks: WorkHooks,
): ReadTarget {
  function* taskFrames() {
    for (const record of frameRecords(deps, dataset.task.id)) yield toDatasetFrame(dataset, record)
  }
  return {
    ...dataset,
    taskFrames,
    matcher: deps.createMatcher(taskFrames),
    signal: hooks.signal,
    progress: hooks.progress,
    unmatched: (name) => report.miss(name),
    note: (what, count = 1) => report.note(what, count),
    labelIndex: deps.createLabelIndex(dataset.labels),
    describe: () => undefined,
  }
}
