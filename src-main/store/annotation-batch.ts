import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { StepTitle } from '#shared/operations/operation.ts'
import type { AnnotationBatch, NewAnnotation } from '../core/ports.ts'
import { type ChangeDeps, dropUndone } from './annotation-changes.ts'
import { checkAnnotation, createRules } from './annotation-rules.ts'
import { parseEffect } from './journal.ts'
import { publishLabels } from './label-drafts.ts'
import { purgeBatch } from './purge.ts'
import { reserveIds } from './sequence.ts'
import { advance, countersOf, type TaskRow, taskRow } from './task-row.ts'

/** Rows a transaction, keyframes counted: some 6 ms, which is what a person's edit may have to wait. */
const ROWS_A_WRITE = 1000

type Committed = ReturnType<AnnotationBatch['commit']>

/**
 * Annotations on their way in. They are stored as they come, in a batch that no reader sees, and shown by changing the
 * state of that one row. A request that is carried out again (a crash hit it after its commit) shows nothing twice.
 */
export function beginBatch(
  deps: ChangeDeps,
  taskId: TaskId,
  requestId: RequestId,
): AnnotationBatch {
  const { handle, table, batches } = deps
  const rules = createRules(handle.sql, taskId, taskRow(handle, taskId).size)
  const batchId = handle.write(() => {
    batches.abandonFilling(taskId, requestId)
    return batches.create(taskId, requestId, 'filling')
  })
  const frames = new Set<number>()
  let waiting: NewAnnotation[] = []
  let waitingRows = 0
  let added = 0

  function flush(): void {
    const rows = waiting
    if (rows.length === 0) return
    waiting = []
    waitingRows = 0
    handle.writeSlice(() => {
      const { first } = reserveIds(handle, rows.length)
      batches.extend(batchId, first, first + rows.length - 1)
      table.insertAll({ first, taskId, batchId }, rows)
    })
  }

  return {
    add(annotations) {
      for (const annotation of annotations) {
        added += 1
        checkAnnotation(rules, annotation, added)
        frames.add(annotation.frame)
        waiting.push(annotation)
        waitingRows += rowsOf(annotation)
        if (waitingRows >= ROWS_A_WRITE) flush()
      }
    },
    commit(mode, named, labels) {
      const title = typeof named === 'string' ? { key: 'import', label: named } : named
      flush()
      const clientStepId = `request:${requestId}`
      return handle.write(() => {
        const task = taskRow(handle, taskId)
        const repeated = deps.journal.byClientId(taskId, clientStepId)
        if (repeated) {
          batches.setState([batchId], 'dead')
          const { before, after } = parseEffect(repeated.effect ?? '')
          return {
            revision: repeated.revision,
            added,
            replaced: before.objectCount + added - after.objectCount,
          }
        }
        if (labels) publishLabels(handle, labels)
        return show(deps, task, { batchId, clientStepId, frames, added, mode, title })
      })
    },
    settle() {
      flush()
      return handle.write(() => {
        const task = taskRow(handle, taskId)
        batches.setState([batchId], 'live')
        const counters = { objectCount: added, annotatedFrameCount: frames.size }
        return { revision: advance(handle, task, counters), added }
      })
    },
    abort() {
      waiting = []
      handle.write(() => batches.setState([batchId], 'dead'))
      while (purgeBatch(handle, batchId));
    },
  }
}

function rowsOf(annotation: NewAnnotation): number {
  return 1 + (annotation.kind === 'track' ? annotation.keyframes.length : 0)
}

interface Filled {
  readonly batchId: number
  readonly clientStepId: string
  readonly frames: ReadonlySet<number>
  readonly added: number
  readonly mode: 'replace' | 'add'
  readonly title: Omit<StepTitle, 'count'>
}

function show(deps: ChangeDeps, task: TaskRow, filled: Filled): Committed {
  const { handle, batches, journal } = deps
  const { batchId, frames, added } = filled
  const taskId = task.id as TaskId
  dropUndone(deps, taskId)
  const hidden = filled.mode === 'replace' ? batches.live(taskId) : []
  const before = countersOf(task)
  const after = countersAfter(deps, task, filled)
  batches.setState(hidden, 'parked')
  batches.setState([batchId], 'live')
  const revision = advance(handle, task, after)
  journal.add({
    taskId,
    clientStepId: filled.clientStepId,
    title: { ...filled.title, count: added },
    frame: frames.values().next().value ?? 0,
    operations: [],
    batchIds: [],
    effect: { shown: [batchId], hidden, before, after },
    revision,
  })
  return { revision, added, replaced: filled.mode === 'replace' ? before.objectCount : 0 }
}

/** Before the batch is shown: a frame that is annotated already does not count again. */
function countersAfter({ table }: ChangeDeps, task: TaskRow, { frames, added, mode }: Filled) {
  if (mode === 'replace') return { objectCount: added, annotatedFrameCount: frames.size }
  const taskId = task.id as TaskId
  const fresh = [...frames].filter((frame) => !table.isAnnotated(taskId, frame)).length
  return {
    objectCount: task.object_count + added,
    annotatedFrameCount: task.annotated_frame_count + fresh,
  }
}
