import { randomUUID } from 'node:crypto'
import type { Bulk, BulkKind, BulkScope } from '#shared/domain/bulk.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Store } from '../../../ports.ts'
import type { Deps, Usecases } from '../../../usecase.ts'
import { runBulk } from './run.ts'

type Started = Awaited<ReturnType<Usecases['annotations']['run']>>

/** Changes that are made while the caller waits: some 50 ms. */
const MOST_AT_ONCE = 1000
/** A mask or a polygon of many points takes longer. */
const MOST_CONVERTED = 100
const MOST_COUNTED = 1000

const TITLES: Readonly<Record<BulkKind, string>> = {
  remove: 'Remove annotations',
  propagate: 'Propagate annotations',
  convert: 'Convert shapes',
  'change-label': 'Change labels',
  'change-attribute': 'Change attributes',
  'tracks-to-shapes': 'Convert tracks to shapes',
  'link-shapes': 'Link shapes to tracks',
  'join-tracks': 'Join tracks across jobs',
}

/** @throws FILTER_INVALID, INPUT_INVALID, NOT_FOUND, REVISION_CONFLICT */
export async function startBulk(deps: Deps, taskId: TaskId, bulk: Bulk): Promise<Started> {
  const { store, events, queue } = deps
  const task = store.tasks.get(taskId)
  const problem = problemOf(bulk, task.size)
  if (problem) throw new AppError('INPUT_INVALID', { where: problem.where, problem: problem.what })
  if (!isSmall(store, taskId, bulk)) {
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
function problemOf(
  { action, scope, frame }: Bulk,
  size: number,
): { where: string; what: string } | null {
  const beyond = `the task has ${size} frames, counted from 0`
  if (frame >= size) return { where: 'frame', what: beyond }
  if (scope.kind === 'frames' && scope.filter.trim() !== '') requireFilter(scope.filter)
  if (scope.kind === 'frames' && scope.last < scope.first)
    return { where: 'scope.last', what: 'it is before the first frame' }
  if (action.kind !== 'propagate' && action.kind !== 'tracks-to-shapes') return null
  if (action.last < action.first)
    return { where: 'action.last', what: 'it is before the first frame' }
  return action.last >= size ? { where: 'action.last', what: beyond } : null
}

function isSmall(store: Store, taskId: TaskId, { action, scope }: Bulk): boolean {
  const count = atMost(store, taskId, scope)
  if (action.kind === 'propagate' || action.kind === 'tracks-to-shapes')
    return count * (action.last - action.first + 1) <= MOST_AT_ONCE
  return count <= (action.kind === 'convert' ? MOST_CONVERTED : MOST_AT_ONCE)
}

/** How many annotations can be meant. Only so many frames are counted for it: reading an index, a millisecond. */
function atMost(store: Store, taskId: TaskId, scope: BulkScope): number {
  if (scope.kind === 'ids') return scope.ids.length
  const frames = scope.last - scope.first + 1
  if (frames > MOST_COUNTED) return Number.POSITIVE_INFINITY
  return store.annotations
    .countByFrame(taskId, scope.first, frames)
    .reduce((sum, count) => sum + count, 0)
}
