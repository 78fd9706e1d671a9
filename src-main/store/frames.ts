import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FrameRecord, FrameRepository, MediaSource } from '../core/ports.ts'
import type { Handle, Value } from './connection.ts'
import { relocateFrames, setAllFrames } from './frame-lists.ts'
import { createFrameMarks } from './frame-marks.ts'
import { type FrameRow, mediaSources, toFrame, toRecord } from './frame-row.ts'
import { createRelatedImages } from './related-images.ts'
import { fitVideo, relocateVideo, setVideoFrames } from './video-frames.ts'

/**
 * Hot ones have a test of their query plan (query-plans.test.ts). INDEXED BY, because without statistics SQLite takes the
 * primary key and reads every frame of the task to find the few that are pending or bad.
 */
export const FRAMES = {
  page: 'SELECT * FROM frame WHERE task_id = ? AND number >= ? AND number < ? ORDER BY number',
  one: `SELECT frame.*, media_source.kind, media_source.path FROM frame
    LEFT JOIN media_source ON media_source.task_id = frame.task_id AND media_source.position = frame.source
    WHERE frame.task_id = ? AND number = ?`,
  pending: `SELECT * FROM frame INDEXED BY frame_pending WHERE task_id = ? AND status = 'pending' ORDER BY number LIMIT ?`,
  problems:
    'SELECT * FROM frame INDEXED BY frame_problem WHERE task_id = ? AND problem IS NOT NULL ORDER BY number',
  find: `SELECT * FROM frame WHERE task_id = ? AND name LIKE ? ESCAPE '\\' ORDER BY number LIMIT ?`,
  named: `SELECT number FROM frame WHERE task_id = ? AND name LIKE ? ESCAPE '\\' ORDER BY number`,
  header: `UPDATE frame SET status = ?, width = ?, height = ?, orientation = ?, size_bytes = ?, mtime_ms = ?,
    fingerprint = ?, problem = ? WHERE task_id = ? AND number = ?`,
} as const

const NO_SOURCE: MediaSource = { kind: 'file', path: '' }

export function createFrames(handle: Handle): FrameRepository {
  const { sql, write } = handle
  const marks = createFrameMarks(handle)
  const related = createRelatedImages(handle)
  const rows = (text: string, ...values: Value[]) => sql<FrameRow>(text).all(...values)
  const withSources = (taskId: TaskId, found: FrameRow[]): FrameRecord[] => {
    if (found.length === 0) return []
    const byPosition = new Map(
      mediaSources(handle, taskId).map(({ position, kind, path }) => [position, { kind, path }]),
    )
    return found.map((row) => toRecord(row, byPosition.get(row.source) ?? NO_SOURCE))
  }
  return {
    setAll: (taskId, sources, frames, total) =>
      setAllFrames(handle, { taskId, sources, frames, total }),
    setVideo: (taskId, video) => setVideoFrames(handle, taskId, video),
    fitVideo: (taskId, frameCount) => fitVideo(handle, taskId, frameCount),
    relocateVideo: (taskId, file, facts) => relocateVideo(handle, taskId, file, facts),
    list: (taskId, from, count) => rows(FRAMES.page, taskId, from, from + count).map(toFrame),
    record(taskId, index) {
      const row = sql<FrameRow & MediaSource>(FRAMES.one).get(taskId, index)
      if (!row) throw new AppError('NOT_FOUND', { what: 'frame', id: `${index} of task ${taskId}` })
      return toRecord(row, row.path === null ? NO_SOURCE : { kind: row.kind, path: row.path })
    },
    records: (taskId, from, count) =>
      withSources(taskId, rows(FRAMES.page, taskId, from, from + count)),
    pending: (taskId, limit) => withSources(taskId, rows(FRAMES.pending, taskId, limit)),
    setHeaders: (taskId, headers) =>
      write(() => {
        for (const h of headers) {
          sql(FRAMES.header).run(
            ...[h.status, h.width, h.height, h.orientation, h.sizeBytes, h.mtimeMs],
            ...[h.fingerprint, problemOf(h), taskId, h.index],
          )
        }
      }),
    problems: (taskId) =>
      rows(FRAMES.problems, taskId).map(({ number, name, status, problem }) => ({
        frame: number,
        name,
        status,
        problem: problem ?? '',
      })),
    find: (taskId, text, limit) => rows(FRAMES.find, taskId, containing(text), limit).map(toFrame),
    indicesNamed: (taskId, text) =>
      rows(FRAMES.named, taskId, containing(text)).map(({ number }) => number),
    marks: (taskId) => marks.of(taskId),
    setMarks: (taskId, given) => write(() => marks.setAll(taskId, given)),
    hasRelated: (taskId) => related.hasAny(taskId),
    related: (taskId, from, count) => related.page(taskId, from, count),
    relatedLocation: (taskId, frame, position) => related.location(taskId, frame, position),
    relocate: (taskId, sources, moves) => relocateFrames(handle, taskId, sources, moves),
  }
}

/** A pattern for LIKE; its own signs in the text mean themselves. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** Counts and lists of problems go by this column alone, so a bad frame always has a clause. */
function problemOf({ status, problem }: { status: string; problem: string | null }): string | null {
  if (status === 'ok') return null
  return problem ?? (status === 'missing' ? 'the file is no longer there' : 'it cannot be decoded')
}
