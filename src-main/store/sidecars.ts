import type { TaskId } from '#shared/domain/ids.ts'
import { sidecarFormatSchema } from '#shared/domain/sidecar.ts'
import type { SidecarFile, SidecarRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'

interface FileRow {
  readonly frame: number
  readonly path: string
  readonly size_bytes: number
  readonly mtime_ms: number
  readonly checked_ms: number
  readonly hash: string
  readonly rendered: string
  readonly pending: string | null
  readonly lossy: number
  readonly problem: string | null
}

export function createSidecars({ sql, write }: Handle): SidecarRepository {
  const formatOf = (taskId: TaskId) =>
    sql<{ format: string; synced: string | null }>(
      'SELECT format, synced FROM task_sidecar WHERE task_id = ?',
    ).get(taskId)
  return {
    get(taskId) {
      const row = formatOf(taskId)
      return row ? { format: sidecarFormatSchema.parse(row.format), synced: row.synced } : null
    },
    tasks: () =>
      sql<{ task_id: TaskId }>('SELECT task_id FROM task_sidecar ORDER BY task_id')
        .all()
        .map((row) => row.task_id),
    set: (taskId, format) =>
      write(() => {
        if (formatOf(taskId)?.format === format) return
        sql('DELETE FROM task_sidecar WHERE task_id = ?').run(taskId)
        if (format === null) return
        sql('INSERT INTO task_sidecar (task_id, format) VALUES (?, ?)').run(taskId, format)
      }),
    setSynced: (taskId, synced) =>
      void write(() =>
        sql('UPDATE task_sidecar SET synced = ? WHERE task_id = ?').run(synced, taskId),
      ),
    file(taskId, frame) {
      const row = sql<FileRow>('SELECT * FROM sidecar_file WHERE task_id = ? AND frame = ?').get(
        taskId,
        frame,
      )
      return row ? parse(row) : null
    },
    put: (taskId, file) =>
      void write(() => {
        // Switched off meanwhile: then nothing is to be remembered.
        if (!formatOf(taskId)) return
        sql('INSERT OR REPLACE INTO sidecar_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          ...[taskId, file.frame, file.path, file.sizeBytes, file.mtimeMs, file.checkedMs],
          ...[file.hash, file.rendered, file.pending, file.isLossy ? 1 : 0, file.problem],
        )
      }),
    forget: (taskId, frame) =>
      void write(() =>
        sql('DELETE FROM sidecar_file WHERE task_id = ? AND frame = ?').run(taskId, frame),
      ),
    state(taskId, limit) {
      const counted = sql<{ files: number; problems: number }>(
        `SELECT count(*) - count(problem) AS files, count(problem) AS problems
         FROM sidecar_file WHERE task_id = ?`,
      ).get(taskId)
      const problems = sql<{ frame: number; name: string; file: string; problem: string }>(
        `SELECT sidecar_file.frame, frame.name, sidecar_file.path AS file, sidecar_file.problem
         FROM sidecar_file INDEXED BY sidecar_problem JOIN frame
           ON frame.task_id = sidecar_file.task_id AND frame.number = sidecar_file.frame
         WHERE sidecar_file.task_id = ? AND sidecar_file.problem IS NOT NULL
         ORDER BY sidecar_file.frame LIMIT ?`,
      ).all(taskId, limit)
      return { files: counted?.files ?? 0, problemCount: counted?.problems ?? 0, problems }
    },
  }
}

function parse(row: FileRow): SidecarFile {
  const { frame, path, hash, rendered, pending, problem } = row
  return {
    ...{ frame, path, hash, rendered, pending, problem },
    sizeBytes: row.size_bytes,
    mtimeMs: row.mtime_ms,
    checkedMs: row.checked_ms,
    isLossy: row.lossy === 1,
  }
}
