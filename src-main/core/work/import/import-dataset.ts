import { basename } from 'node:path'
import {
  type AnnotationId,
  type FrameIndex,
  type RequestId,
  requestIdSchema,
} from '#shared/domain/ids.ts'
import type { ImportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetFormat, DatasetInput, LabelDraft, NewAnnotation } from '../../ports.ts'
import { datasetTask } from '../dataset-task.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { AlreadyHere } from './already-here.ts'
import { draftFromFile } from './draft-labels.ts'
import { type ImportParams, importParams } from './import-params.ts'
import { ReportMaker } from './import-report.ts'
import { taskTarget } from './import-target.ts'
import { JobPart } from './job-part.ts'
import { formatOf } from './read-format.ts'

/**
 * Read a file through a format into a hidden batch and show it in one short transaction at the end: refused files,
 * cancelling and kill -9 all leave the task, and its labels, as they were.
 */
export const importDataset: Work = async (deps, params, hooks, requestId) => {
  const wanted = importParams.parse(params)
  await readPendingHeaders(deps, wanted.taskId, hooks)
  const input = await deps.formats.openInput(wanted.path)
  let draft: LabelDraft | null = null
  try {
    const { format } = await formatOf(deps.formats, wanted.format, input)
    draft = await draftFromFile(deps, { wanted, format, input }, hooks)
    const id = requestIdSchema.parse(requestId)
    const report = await fillBatch(deps, { wanted, format, input, draft, id }, hooks)
    announce(deps, wanted, draft, hooks)
    return report
  } catch (error) {
    if (draft) deps.store.labels.dropDraft(draft)
    throw error
  } finally {
    input.close()
  }
}

interface Filling {
  readonly wanted: ImportParams
  readonly format: DatasetFormat
  readonly input: DatasetInput
  readonly draft: LabelDraft | null
  readonly id: RequestId
}

async function fillBatch(
  deps: WorkDeps,
  filling: Filling,
  hooks: WorkHooks,
): Promise<ImportReport> {
  const { wanted, format, draft, id } = filling
  const { taskId, mode } = wanted
  const part = jobPartOf(deps, wanted)
  if (part && mode === 'replace') return replaceInJob(deps, filling, part, hooks)
  const batch = deps.store.annotations.beginBatch(taskId, id)
  try {
    const report = await readInto(deps, filling, hooks, (annotations) => batch.add(annotations))
    if (mode === 'merge' && report.imported === 0 && draft === null) batch.abort()
    else batch.commit(mode === 'replace' ? 'replace' : 'add', format.name, draft ?? undefined)
    return report.finish()
  } catch (error) {
    batch.abort()
    throw error
  }
}

/**
 * What the job has goes, the file's annotations come. The rest of the task is not written anew: somebody may be at work in
 * another job meanwhile.
 * @throws BULK_OVERTAKEN when somebody was
 */
async function replaceInJob(
  { store, ...deps }: WorkDeps,
  filling: Filling,
  part: JobPart,
  hooks: WorkHooks,
): Promise<ImportReport> {
  const { wanted, format, draft, id } = filling
  const { taskId } = wanted
  const rewrite = store.annotations.beginRewrite(taskId, id, store.tasks.get(taskId).revision)
  let first: FrameIndex | null = null
  try {
    const report = await readInto({ store, ...deps }, filling, hooks, (annotations) => {
      first ??= annotations[0]?.frame ?? null
      rewrite.add(annotations.map((one) => ({ kind: 'create', after: { ...one, id: UNNUMBERED } })))
    })
    for (const operations of part.removals(store, taskId)) rewrite.add(operations)
    const title = { key: 'import', count: report.imported, label: format.name }
    store.together(() => {
      if (draft) store.labels.publishDraft(draft)
      rewrite.commit(title, first ?? 0)
    })
    return report.finish()
  } catch (error) {
    rewrite.abort()
    throw error
  }
}

/** What is created gets its id from the store. */
const UNNUMBERED = 0 as AnnotationId

/** Read the file, give what comes in to `keep`, and report on it. */
async function readInto(
  deps: WorkDeps,
  { wanted, format, input, draft }: Filling,
  hooks: WorkHooks,
  keep: (annotations: readonly NewAnnotation[]) => void,
): Promise<ReportMaker> {
  const { taskId, mode, path } = wanted
  const report = new ReportMaker()
  const own = datasetTask(deps, taskId)
  const dataset = draft ? { ...own, labels: draft.labels } : own
  const labelIndex = deps.createLabelIndex(dataset.labels, new Map(Object.entries(wanted.labels)))
  const target = taskTarget(deps, dataset, { report, hooks, labelIndex })
  const part = jobPartOf(deps, wanted)
  const here = mode === 'merge' ? new AlreadyHere(deps.store, taskId) : null
  for await (const read of format.read(input, target)) {
    const annotations = part ? partsOf(read, part, report) : read
    const fresh = here ? annotations.filter((one) => !here.has(one)) : annotations
    report.merged += annotations.length - fresh.length
    report.saw(fresh)
    keep(fresh)
    const count = (report.imported + report.merged).toLocaleString('en')
    hooks.progress(report.imported, null, `${count} annotations read`)
  }
  if (report.imported + report.merged === 0 && report.unmatchedCount > 0) {
    const [example = ''] = report.unmatched
    const file = basename(path)
    throw new AppError('DATASET_MATCHES_NOTHING', { file, what: 'images', example })
  }
  report.labelsCreated = namesOf(draft)
  return report
}

/** What of a batch lies in the job; the rest is counted. */
function partsOf(
  annotations: readonly NewAnnotation[],
  part: JobPart,
  report: Pick<ReportMaker, 'note'>,
): NewAnnotation[] {
  return annotations.flatMap((one) => {
    const inside = part.inside(one)
    if (inside === null) report.note('annotations lie outside of the job and were left out')
    return inside ?? []
  })
}

export function jobPartOf(
  { store }: WorkDeps,
  { taskId, jobId }: Pick<ImportParams, 'taskId' | 'jobId'>,
): JobPart | null {
  return jobId === null ? null : new JobPart(store.jobs.get(jobId), store.tasks.get(taskId).size)
}

/** Labels, without the joints of skeletons. */
function namesOf(draft: LabelDraft | null): string[] {
  if (!draft) return []
  const made = new Set(draft.labelIds)
  return draft.labels.filter(({ id }) => made.has(id)).map(({ name }) => name)
}

function announce(
  { store }: WorkDeps,
  { taskId }: ImportParams,
  draft: LabelDraft | null,
  hooks: WorkHooks,
): void {
  const task = store.tasks.get(taskId)
  hooks.event({ type: 'annotations', taskId, revision: task.revision, by: null })
  hooks.event({ type: 'task', id: taskId, task })
  if (draft && task.projectId !== null) hooks.event({ type: 'project', id: task.projectId })
}
