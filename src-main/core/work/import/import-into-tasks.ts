import type { TaskId } from '#shared/domain/ids.ts'
import type { ProjectImportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { createParts } from '../export/dataset-parts.ts'
import { projectStreams } from '../export/dataset-project.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { AlreadyHere } from './already-here.ts'
import { fillTasks } from './fill-tasks.ts'
import type { ProjectImport } from './import-project.ts'
import { ReportMaker } from './import-report.ts'
import { projectTarget } from './project-target.ts'

/**
 * A data set's annotations onto the pictures and videos that a project's tasks have. What is here already is passed over, so
 * that the same file twice changes nothing. All tasks change in one transaction.
 */
export async function importIntoTasks(
  deps: WorkDeps,
  { projectId, requestId, format, input }: ProjectImport,
  hooks: WorkHooks,
): Promise<ProjectImportReport> {
  if (projectId === null) throw new AppError('INTERNAL', { detail: 'no project to import into' })
  const { store } = deps
  const selection = { frames: 'all' as const, filter: '' }
  const parts = createParts(projectStreams(store, projectId, { subsets: null, selection }))
  for (const { task } of parts) await readPendingHeaders(deps, task.id, hooks)
  const labels = store.labels.ofProject(projectId)
  const report = new ReportMaker()
  const labelIndex = deps.createLabelIndex(labels)
  const target = projectTarget(deps, { parts, labels }, { report, hooks, labelIndex })
  const here = new Map(parts.map(({ task }) => [task.id, new AlreadyHere(store, task.id)]))
  const tasks = parts.map((part) => ({ ...part, id: part.task.id }))
  const { filled } = await fillTasks(
    deps,
    {
      ...{ requestId, format, input, target, parts: tasks, report },
      keep: (annotation, taskId) => here.get(taskId)?.has(annotation) !== true,
    },
    hooks,
  )
  const changed = filled.filter(({ count }) => count > 0)
  for (const one of filled) if (one.count === 0) one.batch.abort()
  try {
    store.together(() => {
      for (const { batch } of changed) batch.commit('add', format.name)
    })
  } catch (error) {
    for (const { batch } of changed) batch.abort()
    throw error
  }
  for (const { taskId } of changed) announce(deps, taskId, hooks)
  const counts = new Map(filled.map(({ taskId, count }) => [taskId, count]))
  const notes = report.notes()
  if (report.merged > 0) notes.push(`${report.merged} annotations were here already`)
  return {
    projectId,
    tasks: tasks.map(({ id, task, subset, frameCount }) => {
      return { id, name: task.name, subset, frames: frameCount, imported: counts.get(id) ?? 0 }
    }),
    labelsCreated: [],
    imported: report.imported,
    unmatchedCount: report.unmatchedCount,
    unmatched: report.unmatched,
    notes,
  }
}

function announce({ store }: WorkDeps, taskId: TaskId, hooks: WorkHooks): void {
  const task = store.tasks.get(taskId)
  hooks.event({ type: 'annotations', taskId, revision: task.revision, by: null })
  hooks.event({ type: 'task', id: taskId, task })
}
