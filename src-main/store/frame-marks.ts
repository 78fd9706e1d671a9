import type { TaskId } from '#shared/domain/ids.ts'
import type { FrameFacts } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FrameOperation } from '#shared/operations/operation.ts'
import type { Handle } from './connection.ts'

/** Hot ones have a test of their query plan (query-plans.test.ts). */
export const MARKS = {
  deleted:
    'SELECT number FROM frame INDEXED BY frame_deleted WHERE task_id = ? AND deleted = 1 ORDER BY number',
  checked:
    'SELECT number FROM frame INDEXED BY frame_checked WHERE task_id = ? AND checked = 1 ORDER BY number',
  one: 'SELECT deleted, checked FROM frame WHERE task_id = ? AND number = ?',
  delete: 'UPDATE frame SET deleted = 1 WHERE task_id = ? AND number = ?',
  check: 'UPDATE frame SET checked = 1 WHERE task_id = ? AND number = ?',
  set: 'UPDATE frame SET deleted = ?, checked = ? WHERE task_id = ? AND number = ?',
} as const

/** Deleted and checked: the facts of frames that operations change. */
export function createFrameMarks({ sql }: Handle) {
  const numbers = (text: string, taskId: TaskId) =>
    sql<{ number: number }>(text)
      .all(taskId)
      .map(({ number }) => number)

  function set(taskId: TaskId, { frame, after }: FrameOperation): void {
    sql(MARKS.set).run(after.deleted ? 1 : 0, after.checked ? 1 : 0, taskId, frame)
  }

  return {
    set,

    /** @throws NOT_FOUND, FRAME_CHANGED when the frame is not as the operation saw it */
    carryOut(taskId: TaskId, operation: FrameOperation): FrameOperation {
      const { frame, before } = operation
      const row = sql<{ deleted: number; checked: number }>(MARKS.one).get(taskId, frame)
      if (!row) throw new AppError('NOT_FOUND', { what: 'frame', id: `${frame} of task ${taskId}` })
      const now: FrameFacts = { deleted: row.deleted === 1, checked: row.checked === 1 }
      if (now.deleted !== before.deleted || now.checked !== before.checked)
        throw new AppError('FRAME_CHANGED', { taskId, frame })
      set(taskId, operation)
      return operation
    },

    setAll(
      taskId: TaskId,
      { deleted, checked }: { deleted: readonly number[]; checked: readonly number[] },
    ): void {
      for (const number of deleted) sql(MARKS.delete).run(taskId, number)
      for (const number of checked) sql(MARKS.check).run(taskId, number)
    },

    of: (taskId: TaskId) => ({
      deleted: numbers(MARKS.deleted, taskId),
      checked: numbers(MARKS.checked, taskId),
    }),
  }
}
export type FrameMarkTable = ReturnType<typeof createFrameMarks>
