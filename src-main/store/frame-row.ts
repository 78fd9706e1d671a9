import type { TaskId } from '#shared/domain/ids.ts'
import type { Frame, FrameStatus } from '#shared/domain/task.ts'
import type { FrameRecord, MediaSource } from '../core/ports.ts'
import type { Handle } from './connection.ts'

export interface FrameRow {
  readonly number: number
  readonly name: string
  readonly source: number
  readonly entry: string
  readonly entry_offset: number | null
  readonly size_bytes: number | null
  readonly width: number | null
  readonly height: number | null
  readonly orientation: number
  readonly status: FrameStatus
  readonly deleted: number
  readonly checked: number
  readonly fingerprint: string | null
  readonly problem: string | null
}

export interface SourceRow extends MediaSource {
  readonly position: number
}

export function mediaSources({ sql }: Handle, taskId: TaskId): SourceRow[] {
  return sql<SourceRow>(
    'SELECT position, kind, path FROM media_source WHERE task_id = ? ORDER BY position',
  ).all(taskId)
}

export function toFrame(row: FrameRow): Frame {
  const { number, name, width, height, status } = row
  const facts = { deleted: row.deleted === 1, checked: row.checked === 1 }
  return { index: number, name, width, height, status, ...facts }
}

export function toRecord(row: FrameRow, source: MediaSource): FrameRecord {
  return {
    ...toFrame(row),
    location: {
      source,
      entry: row.entry,
      offset: row.entry_offset,
      sizeBytes: row.size_bytes,
    },
    orientation: row.orientation,
    fingerprint: row.fingerprint,
    problem: row.problem,
  }
}
