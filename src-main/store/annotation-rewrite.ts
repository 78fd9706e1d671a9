/**
 * Very many changes as one step (docs/adr/0007). What they create is stored, a slice at a time, in a batch that no reader
 * sees. What they replace or delete is moved, a slice at a time, into batches that are as live as those it came from, so
 * that nobody sees a difference either. Committing shows the one and hides the others: a few rows, however many there are.
 */
import type { Annotation } from '#shared/domain/annotation.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { AnnotationRewrite } from '../core/ports.ts'
import { type ChangeDeps, dropUndone } from './annotation-changes.ts'
import { checkAnnotation, createRules } from './annotation-rules.ts'
import { LIVE } from './annotation-table.ts'
import { purgeBatch } from './purge.ts'
import { reserveIds } from './sequence.ts'
import { advance, countersOf, taskRow } from './task-row.ts'

/** Rows a transaction: what a person's edit may have to wait for. */
const ROWS_A_WRITE = 1000

export const REWRITES = {
  place: `SELECT batch_id, revision FROM annotation WHERE id = ? AND task_id = ? AND ${LIVE}`,
  move: 'UPDATE annotation SET batch_id = ? WHERE id = ?',
  frames: `SELECT count(*) AS count FROM (SELECT DISTINCT frame FROM annotation
    WHERE task_id = ? AND batch_id IN (SELECT value FROM json_each(?)))`,
} as const

/** @param baseRevision the task's when its annotations began to be read */
export function beginRewrite(
  deps: ChangeDeps,
  options: { taskId: TaskId; requestId: RequestId; baseRevision: number },
): AnnotationRewrite {
  const { handle, batches } = deps
  const { taskId, requestId } = options
  const batchId = handle.write(() => {
    batches.abandonFilling(taskId, requestId)
    return batches.create(taskId, requestId, 'filling')
  })
  const filling = new Rewrite(deps, options, batchId)
  return {
    add: (operations) => filling.add(operations),
    commit: (title, frame) => filling.commit(title, frame),
    abort() {
      handle.write(() => batches.setState([batchId], 'dead'))
      while (purgeBatch(handle, batchId));
    },
  }
}

class Rewrite {
  readonly #deps: ChangeDeps
  readonly #taskId: TaskId
  readonly #requestId: RequestId
  readonly #baseRevision: number
  readonly #batchId: number
  readonly #rules: ReturnType<typeof createRules>
  /** Where rows of a batch are moved to. */
  readonly #childOf = new Map<number, number>()
  readonly #moved: [id: number, batchId: number][] = []
  #waiting: AnnotationOperation[] = []
  #added = 0
  #hidden = 0

  constructor(
    deps: ChangeDeps,
    options: { taskId: TaskId; requestId: RequestId; baseRevision: number },
    batchId: number,
  ) {
    this.#deps = deps
    this.#taskId = options.taskId
    this.#requestId = options.requestId
    this.#baseRevision = options.baseRevision
    this.#batchId = batchId
    this.#rules = createRules(
      deps.handle.sql,
      options.taskId,
      taskRow(deps.handle, options.taskId).size,
    )
  }

  add(operations: readonly AnnotationOperation[]): void {
    for (const operation of operations) {
      if (operation.kind !== 'delete')
        checkAnnotation(this.#rules, operation.after, operation.after.id)
      this.#waiting.push(operation)
      if (this.#waiting.length >= ROWS_A_WRITE) this.#flush()
    }
  }

  #flush(): void {
    const operations = this.#waiting
    if (operations.length === 0) return
    this.#waiting = []
    const added = operations.flatMap((one) => (one.kind === 'delete' ? [] : [one.after]))
    const gone = operations.flatMap((one) => (one.kind === 'create' ? [] : [one.before.id]))
    this.#deps.handle.writeSlice(() => {
      this.#insert(added)
      for (const id of gone) this.#move(id)
    })
    this.#added += added.length
    this.#hidden += gone.length
  }

  #insert(added: readonly Annotation[]): void {
    if (added.length === 0) return
    const { handle, table, batches } = this.#deps
    const { first } = reserveIds(handle, added.length)
    batches.extend(this.#batchId, first, first + added.length - 1)
    for (const [index, annotation] of added.entries()) {
      const row = { id: first + index, taskId: this.#taskId, batchId: this.#batchId, revision: 0 }
      table.insert(row, annotation)
    }
  }

  #move(id: number): void {
    const { sql } = this.#deps.handle
    const row = sql<{ batch_id: number; revision: number }>(REWRITES.place).get(
      id,
      this.#taskId,
      this.#taskId,
    )
    if (!row) throw this.#overtaken()
    const child = this.#childOf.get(row.batch_id) ?? this.#createChild(row.batch_id)
    sql(REWRITES.move).run(child, id)
    this.#deps.batches.widen(child, id)
    // Rows that came in bulk have revision 0; only a drawn one can be made again by a redo.
    if (row.revision > 0) this.#moved.push([id, child])
  }

  #createChild(parentId: number): number {
    const child = this.#deps.batches.createChild(this.#taskId, parentId)
    this.#childOf.set(parentId, child)
    return child
  }

  commit(title: { key: string; count: number }, frame: number): { revision: number } {
    this.#flush()
    const { handle, batches, journal } = this.#deps
    const clientStepId = `request:${this.#requestId}`
    const hidden = [...this.#childOf.values()]
    const annotatedFrameCount = this.#framesAfter(hidden)
    return handle.write(() => {
      const task = taskRow(handle, this.#taskId)
      const repeated = journal.byClientId(this.#taskId, clientStepId)
      if (repeated) return { revision: repeated.revision }
      if (task.revision !== this.#baseRevision) throw this.#overtaken()
      dropUndone(this.#deps, this.#taskId)
      const before = countersOf(task)
      const objectCount = before.objectCount + this.#added - this.#hidden
      const after = { objectCount, annotatedFrameCount }
      batches.setState(hidden, 'parked')
      batches.setState([this.#batchId], 'live')
      const revision = advance(handle, task, after)
      journal.add({
        taskId: this.#taskId,
        clientStepId,
        title,
        frame,
        operations: [],
        batchIds: [],
        effect: { shown: [this.#batchId], hidden, before, after, moved: this.#moved },
        revision,
      })
      return { revision }
    })
  }

  /** Asked before the write lock is taken: with the revision unchanged, it is true then, too. */
  #framesAfter(hidden: readonly number[]): number {
    const { handle, batches } = this.#deps
    const shown = batches.live(this.#taskId).filter((id) => !hidden.includes(id))
    const row = handle
      .sql<{ count: number }>(REWRITES.frames)
      .get(this.#taskId, JSON.stringify([...shown, this.#batchId]))
    return row?.count ?? 0
  }

  #overtaken(): AppError {
    return new AppError('BULK_OVERTAKEN', { taskId: this.#taskId })
  }
}
