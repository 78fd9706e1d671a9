import { randomUUID } from 'node:crypto'
import type { Bulk, BulkKind, BulkScope } from '#shared/domain/bulk.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Deps, Usecases } from '../../../usecase.ts'
import { runBulk } from './run.ts'

type Started = Awaited<ReturnType<Usecases['annotations']['run']>>

/** Changes that are made while the caller waits: some 50 ms. */
const MOST_AT_ONCE = 1000

const TITLES: Readonly<Record<BulkKind, string>> = {
  remove: 'Remove annotations',
  propagate: 'Propagate annotations',
  convert: 'Convert shapes',
  'change-label': 'Change labels',
  'change-attribute': 'Change attributes',
}

/** @throws FILTER_INVALID, INPUT_INVALID, NOT_FOUND, REVISION_CONFLICT */
export async function startBulk(deps: Deps, taskId: TaskId, bulk: Bulk): Promise<Started> {
  const { store, events, queue } = deps
  const task = store.tasks.get(taskId)
  const problem = problemOf(bulk, task.size)
  if (problem) throw new AppError('INPUT_INVALID', { where: problem.where, problem: problem.what })
  if (!isSmall(bulk)) {
    const title = `${TITLES[bulk.action.kind]} of ${task.name}`
    const request = queue.enqueue('bulk-edit', taskId, title, { taskId, bulk })
    return { report: null, requestId: request.id }
  }
  const report = await runBulk(store, {
    taskId,
    bulk,
    clientStepId: `bulk:${randomUUID()}`,
    requestId: null,
    progress: () => undefined,
  })
  if (report.revision > task.revision) {
    events.publish({ type: 'annotations', taskId, revision: report.revision, by: null })
  }
  return { report, requestId: null }
}

/** What is wrong, before anything is stored. @throws FILTER_INVALID */
function problemOf({ action, scope }: Bulk, size: number): { where: string; what: string } | null {
  if (scope.kind === 'frames' && scope.filter.trim() !== '') requireFilter(scope.filter)
  if (scope.kind === 'frames' && scope.last < scope.first)
    return { where: 'scope.last', what: 'it is before the first frame' }
  if (action.kind !== 'propagate') return null
  if (action.last < action.first)
    return { where: 'action.last', what: 'it is before the first frame' }
  return action.last >= size
    ? { where: 'action.last', what: `the task has ${size} frames, counted from 0` }
    : null
}

function isSmall({ action, scope }: Bulk): boolean {
  const count = atMost(scope)
  if (action.kind === 'propagate') return count * (action.last - action.first) <= MOST_AT_ONCE
  return count <= MOST_AT_ONCE
}

/** How many annotations can be meant, as far as the scope tells. */
function atMost(scope: BulkScope): number {
  return scope.kind === 'ids' ? scope.ids.length : Number.POSITIVE_INFINITY
}
