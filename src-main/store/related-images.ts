import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FrameLocation, MediaSource, RelatedFile } from '../core/ports.ts'
import type { Handle } from './connection.ts'

/** Hot ones have a test of their query plan (query-plans.test.ts). */
export const RELATED = {
  page: 'SELECT frame, entry FROM related_image WHERE task_id = ? AND frame >= ? AND frame < ? ORDER BY frame, position',
  any: 'SELECT 1 FROM related_image WHERE task_id = ? LIMIT 1',
} as const

interface LocatedRow extends MediaSource {
  readonly entry: string
  readonly entry_offset: number | null
  readonly size_bytes: number | null
}

/** The context images of one frame, in place of those it had. */
export function replaceRelated(
  { sql }: Handle,
  taskId: TaskId,
  frame: FrameIndex,
  source: number,
  files: readonly RelatedFile[],
): void {
  sql('DELETE FROM related_image WHERE task_id = ? AND frame = ?').run(taskId, frame)
  for (const [position, { entry, offset, sizeBytes }] of files.entries()) {
    sql('INSERT INTO related_image VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      ...[taskId, frame, position, source, entry, offset, sizeBytes],
    )
  }
}

export function createRelatedImages({ sql }: Handle) {
  return {
    hasAny: (taskId: TaskId): boolean => sql(RELATED.any).get(taskId) !== undefined,

    page(taskId: TaskId, from: FrameIndex, count: number) {
      const rows = sql<{ frame: number; entry: string }>(RELATED.page).all(
        taskId,
        from,
        from + count,
      )
      const byFrame = Map.groupBy(rows, ({ frame }) => frame)
      return [...byFrame].map(([frame, files]) => ({
        frame,
        entries: files.map(({ entry }) => entry),
      }))
    },

    /** @throws NOT_FOUND */
    location(taskId: TaskId, frame: FrameIndex, position: number): FrameLocation {
      const row = sql<LocatedRow>(
        `SELECT entry, entry_offset, size_bytes, kind, path FROM related_image
         JOIN media_source ON media_source.task_id = related_image.task_id AND media_source.position = source
         WHERE related_image.task_id = ? AND frame = ? AND related_image.position = ?`,
      ).get(taskId, frame, position)
      const what = `context image of frame ${frame}`
      if (!row) throw new AppError('NOT_FOUND', { what, id: position })
      const { kind, path, entry, entry_offset: offset, size_bytes: sizeBytes } = row
      return { source: { kind, path }, entry, offset, sizeBytes }
    },
  }
}
