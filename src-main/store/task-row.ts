import type { TaskId } from '#shared/domain/ids.ts'
import type { SortingMethod, Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Handle } from './connection.ts'

export interface TaskRow {
  readonly id: number
  readonly project_id: number | null
  readonly name: string
  readonly mode: Task['mode']
  readonly dimension: Task['dimension']
  readonly size: number
  readonly subset: string
  readonly bug_tracker: string
  readonly segment_size: number
  readonly overlap: number
  readonly start_frame: number
  readonly stop_frame: number
  readonly frame_step: number
  readonly sorting_method: SortingMethod
  readonly media_state: Task['mediaState']
  readonly media_paths: string
  readonly video_id: number | null
  readonly stop_wanted: number | null
  readonly revision: number
  readonly object_count: number
  readonly annotated_frame_count: number
  readonly created_date: string
  readonly updated_date: string
}

/** What `deleted` says of a task or project that is not there yet (arrivals.ts); 1: it is to be purged. */
export const ARRIVING = 2

/** @throws NOT_FOUND also for a deleted one that is still being purged; one that is on its way in is found */
export function taskRow({ sql }: Handle, id: TaskId): TaskRow {
  const row = sql<TaskRow>('SELECT * FROM task WHERE id = ? AND deleted <> 1').get(id)
  if (!row) throw new AppError('NOT_FOUND', { what: 'task', id })
  return row
}

export interface Counters {
  readonly objectCount: number
  readonly annotatedFrameCount: number
}

export const countersOf = (row: TaskRow): Counters => ({
  objectCount: row.object_count,
  annotatedFrameCount: row.annotated_frame_count,
})

/** Every change of a task's annotations ends here. @returns the new revision */
export function advance({ sql, now }: Handle, row: TaskRow, counters: Counters): number {
  const revision = row.revision + 1
  sql(
    `UPDATE task SET revision = ?, object_count = ?, annotated_frame_count = ?, updated_date = ? WHERE id = ?`,
  ).run(revision, counters.objectCount, counters.annotatedFrameCount, now(), row.id)
  return revision
}
