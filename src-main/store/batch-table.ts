import type { TaskId } from '#shared/domain/ids.ts'
import type { Handle } from './connection.ts'

export type BatchState = 'filling' | 'live' | 'parked' | 'dead'

const SET_DESCENDANTS = `WITH RECURSIVE one(id) AS (
    VALUES (?) UNION SELECT batch.id FROM batch JOIN one ON batch.parent_id = one.id
  ) UPDATE batch SET state = ? WHERE id IN one`

/** Rows of `batch`: which annotations exist for a reader. Each call is one row, however many annotations lie in it. */
export function createBatchTable({ sql }: Handle) {
  const create = (taskId: TaskId, requestId: number | null, state: BatchState): number =>
    Number(
      sql(
        `INSERT INTO batch (task_id, request_id, state, first_id, last_id) VALUES (?, ?, ?, 1, 0)`,
      ).run(taskId, requestId, state).lastInsertRowid,
    )

  const live = (taskId: TaskId): number[] =>
    sql<{ id: number }>(`SELECT id FROM batch WHERE task_id = ? AND state = 'live' ORDER BY id`)
      .all(taskId)
      .map(({ id }) => id)

  return {
    create,
    live,
    /** Where a new annotation goes. Any live batch would do: history is linear, so none is parked while it lies there. */
    newestLive: (taskId: TaskId): number => live(taskId).at(-1) ?? create(taskId, null, 'live'),
    setState(ids: readonly number[], state: BatchState): void {
      for (const id of ids) sql('UPDATE batch SET state = ? WHERE id = ?').run(state, id)
    },
    /** With all that was moved out of them by rewrites, and is there again: what came with a batch goes with it. */
    setStateOfAll(ids: readonly number[], state: BatchState): void {
      for (const id of ids) sql(SET_DESCENDANTS).run(id, state)
    },
    /** A live batch for rows that are moved out of another. */
    createChild(taskId: TaskId, parentId: number): number {
      const id = create(taskId, null, 'live')
      sql('UPDATE batch SET parent_id = ? WHERE id = ?').run(parentId, id)
      return id
    },
    /** A row that was moved here: the range of ids that a purge walks holds it. */
    widen(id: number, rowId: number): void {
      sql(
        `UPDATE batch SET first_id = iif(last_id = 0, ?, min(first_id, ?)), last_id = max(last_id, ?) WHERE id = ?`,
      ).run(rowId, rowId, rowId, id)
    },
    /** Remember which ids the batch was filled with: purging walks them without an index of its own. */
    extend(id: number, first: number, last: number): void {
      sql(
        `UPDATE batch SET first_id = iif(last_id = 0, ?, first_id), last_id = ? WHERE id = ?`,
      ).run(first, last, id)
    },
    /** An earlier attempt of the same request that a crash cut short. */
    abandonFilling(taskId: TaskId, requestId: number): void {
      sql(
        `UPDATE batch SET state = 'dead' WHERE task_id = ? AND request_id = ? AND state = 'filling'`,
      ).run(taskId, requestId)
    },
    abandonAllFilling(): void {
      sql(`UPDATE batch SET state = 'dead' WHERE state = 'filling'`).run()
    },
  }
}
export type BatchTable = ReturnType<typeof createBatchTable>
