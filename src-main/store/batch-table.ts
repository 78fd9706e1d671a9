import type { TaskId } from '#shared/domain/ids.ts'
import type { Handle } from './connection.ts'

export type BatchState = 'filling' | 'live' | 'parked' | 'dead'

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
    /** Remember which ids the batch was filled with: purging walks them without an index of its own. */
    extend(id: number, first: number, last: number): void {
      sql(
        `UPDATE batch SET first_id = iif(last_id = 0, ?, first_id), last_id = ? WHERE id = ?`,
      ).run(first, last, id)
    },
    /** An earlier attempt of the same request that a crash cut short. */
    abandonFilling(requestId: number): void {
      sql(`UPDATE batch SET state = 'dead' WHERE request_id = ? AND state = 'filling'`).run(
        requestId,
      )
    },
    abandonAllFilling(): void {
      sql(`UPDATE batch SET state = 'dead' WHERE state = 'filling'`).run()
    },
  }
}
export type BatchTable = ReturnType<typeof createBatchTable>
