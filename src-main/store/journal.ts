import type { TaskId } from '#shared/domain/ids.ts'
import type { HistoryEntry, StepTitle } from '#shared/operations/operation.ts'
import type { SentOperation } from '#shared/operations/track-edit.ts'
import type { Handle } from './connection.ts'
import type { Counters } from './task-row.ts'

export interface StepRow {
  readonly id: number
  readonly kind: 'edit' | 'import'
  readonly title: string
  readonly frame: number
  readonly operations: string
  readonly batch_ids: string
  readonly effect: string | null
  readonly revision: number
  readonly undone: number
  readonly created_date: string
}

/** What an import or a rewrite did: batches shown and hidden, the task's counters on either side. */
export interface ImportEffect {
  readonly shown: readonly number[]
  readonly hidden: readonly number[]
  readonly before: Counters
  readonly after: Counters
  /** A rewrite: annotations that were drawn one by one, each with the hidden batch its row was moved to. */
  readonly moved?: readonly (readonly [id: number, batchId: number])[]
}

export interface NewStep {
  readonly taskId: TaskId
  readonly clientStepId: string
  readonly title: StepTitle
  readonly frame: number
  readonly operations: readonly SentOperation[]
  /** Beside each operation the batch its row lies, or lay, in. */
  readonly batchIds: readonly number[]
  readonly effect: ImportEffect | null
  readonly revision: number
}

/** The step journal: linear, the undone ones at its end. */
export function createJournal({ sql, now }: Handle) {
  const one = (text: string, ...values: (string | number)[]): StepRow | null =>
    sql<StepRow>(text).get(...values) ?? null

  return {
    byClientId: (taskId: TaskId, clientStepId: string) =>
      one('SELECT * FROM step WHERE task_id = ? AND client_step_id = ?', taskId, clientStepId),
    lastDone: (taskId: TaskId) =>
      one('SELECT * FROM step WHERE task_id = ? AND undone = 0 ORDER BY id DESC LIMIT 1', taskId),
    firstUndone: (taskId: TaskId) =>
      one('SELECT * FROM step WHERE task_id = ? AND undone = 1 ORDER BY id LIMIT 1', taskId),

    add(step: NewStep): StepRow {
      const row = sql<StepRow>(`INSERT INTO step
        (task_id, client_step_id, kind, title, frame, operations, batch_ids, effect, revision, created_date)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`).get(
        step.taskId,
        step.clientStepId,
        step.effect ? 'import' : 'edit',
        JSON.stringify(step.title),
        step.frame,
        JSON.stringify(step.operations),
        JSON.stringify(step.batchIds),
        step.effect && JSON.stringify(step.effect),
        step.revision,
        now(),
      )
      if (!row) throw new Error('INSERT … RETURNING gave no row')
      return row
    },

    /** Where undone rewrites, once redone, expect rows to lie that redoing earlier steps makes anew: batch by id. */
    homes(taskId: TaskId): Map<number, number> {
      const rows = sql<{ effect: string }>(
        'SELECT effect FROM step WHERE task_id = ? AND undone = 1 AND effect IS NOT NULL',
      ).all(taskId)
      return new Map(rows.flatMap(({ effect }) => parseEffect(effect).moved ?? []))
    },

    setUndone(id: number, undone: boolean): void {
      sql('UPDATE step SET undone = ? WHERE id = ?').run(undone ? 1 : 0, id)
    },

    /** A new step is made: what had been undone is gone. @returns batches that nobody can bring back any more */
    dropUndone(taskId: TaskId): number[] {
      const rows = sql<{ effect: string | null }>(
        'DELETE FROM step WHERE task_id = ? AND undone = 1 RETURNING effect',
      ).all(taskId)
      return rows.flatMap(({ effect }) => (effect === null ? [] : parseEffect(effect).shown))
    },

    list: (taskId: TaskId, before: number, limit: number): HistoryEntry[] =>
      sql<StepRow>(
        `SELECT id, title, frame, undone, created_date FROM step INDEXED BY step_history
         WHERE task_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
      )
        .all(taskId, before, limit)
        .map(toEntry),
  }
}
export type Journal = ReturnType<typeof createJournal>

export function toEntry(row: StepRow): HistoryEntry {
  return {
    id: row.id,
    title: JSON.parse(row.title) as StepTitle,
    frame: row.frame,
    undone: row.undone === 1,
    createdAt: row.created_date,
  }
}

export const operationsOf = (row: StepRow) => JSON.parse(row.operations) as SentOperation[]
export const batchIdsOf = (row: StepRow) => JSON.parse(row.batch_ids) as number[]
export const parseEffect = (text: string) => JSON.parse(text) as ImportEffect
