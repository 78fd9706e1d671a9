/**
 * Deleting a million rows takes seconds, and the thread that answers the UI has milliseconds. So what is deleted is
 * only marked (at once, in the transaction that means it), and its rows go here, a slice at a time.
 */

import type { Handle } from './connection.ts'
import { purgeRuns } from './prediction-runs.ts'

const ROWS_A_SLICE = 2000

/** Delete a slice of one dead batch. @returns whether there is more */
export function purgeBatch({ sql, write }: Handle, batchId: number): boolean {
  return write(() => {
    const batch = sql<{ first_id: number; last_id: number }>(
      `SELECT first_id, last_id FROM batch WHERE id = ? AND state = 'dead'`,
    ).get(batchId)
    if (!batch) return false
    const next = batch.first_id + ROWS_A_SLICE
    sql('DELETE FROM annotation WHERE id >= ? AND id < ? AND batch_id = ?').run(
      batch.first_id,
      Math.min(next, batch.last_id + 1),
      batchId,
    )
    if (next > batch.last_id) sql('DELETE FROM batch WHERE id = ?').run(batchId)
    else sql('UPDATE batch SET first_id = ? WHERE id = ?').run(next, batchId)
    return next <= batch.last_id
  })
}

/** What belongs to a task in great numbers, in the order foreign keys want. */
const SLICES = [
  'DELETE FROM prediction WHERE id IN (SELECT id FROM prediction WHERE task_id = ? LIMIT ?)',
  'DELETE FROM annotation WHERE id IN (SELECT id FROM annotation WHERE task_id = ? LIMIT ?)',
  'DELETE FROM step WHERE id IN (SELECT id FROM step WHERE task_id = ? LIMIT ?)',
  `DELETE FROM related_image WHERE (task_id, frame, position) IN
    (SELECT task_id, frame, position FROM related_image WHERE task_id = ? LIMIT ?)`,
  `DELETE FROM frame WHERE (task_id, number) IN
    (SELECT task_id, number FROM frame WHERE task_id = ? LIMIT ?)`,
]

function purgeTask({ sql, write }: Handle, taskId: number): void {
  write(() => {
    for (const slice of SLICES) if (sql(slice).run(taskId, ROWS_A_SLICE).changes > 0) return
    sql('DELETE FROM task WHERE id = ?').run(taskId)
  })
}

/** Delete one slice of whatever waits for it. @returns whether there may be more */
export function purgeSlice(handle: Handle): boolean {
  const { sql, write } = handle
  const batch = sql<{ id: number }>(`SELECT id FROM batch WHERE state = 'dead' LIMIT 1`).get()
  if (batch) {
    purgeBatch(handle, batch.id)
    return true
  }
  if (purgeRuns(handle, ROWS_A_SLICE)) return true
  const task = sql<{ id: number }>('SELECT id FROM task WHERE deleted = 1 LIMIT 1').get()
  if (task) {
    purgeTask(handle, task.id)
    return true
  }
  const project = sql('SELECT 1 FROM project WHERE deleted = 1 LIMIT 1').get()
  if (project) write(() => sql('DELETE FROM project WHERE deleted = 1').run())
  return project !== undefined
}

export interface Purger {
  /** Something was marked: begin soon. */
  wake(): void
  stop(): void
}

const PAUSE_MS = 30

/** A slice, a pause, a slice: the loop it runs on stays free. Never keeps a process alive. */
export function createPurger(handle: Handle): Purger {
  let timer: NodeJS.Timeout | null = null
  const run = () => {
    timer = null
    try {
      if (purgeSlice(handle)) wake()
    } catch {
      // Another writer, a full disk: what is marked stays marked and goes at the next start.
    }
  }
  const wake = () => {
    timer ??= setTimeout(run, PAUSE_MS).unref()
  }
  return {
    wake,
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
