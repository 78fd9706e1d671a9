import type { VideoFacts } from '#shared/domain/video.ts'
import type { VideoFile, VideoIndex, VideoRepository, VideoStamp } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { blobOf, factsOf, float64Of, uint32Of } from './video-row.ts'

interface IndexRow {
  readonly facts: string
  readonly verified: number
  readonly problems: string
  readonly keyframes: Uint8Array
  readonly checksums: Uint8Array
  readonly pts: Uint8Array
}

interface FileRow {
  readonly path: string
  readonly size_bytes: number
  readonly mtime_ms: number
  readonly fingerprint: string | null
}

const SAVE = `INSERT INTO video (path, size_bytes, mtime_ms, facts, verified, problems, keyframes, checksums, pts)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (path, size_bytes, mtime_ms) DO UPDATE SET facts = excluded.facts, verified = excluded.verified,
    problems = excluded.problems, keyframes = excluded.keyframes, checksums = excluded.checksums, pts = excluded.pts
  WHERE video.verified = 0 OR excluded.verified = 1`

/** Indices of videos: see the port. */
export function createVideos({ sql, write }: Handle): VideoRepository {
  return {
    find(stamp) {
      const row = sql<IndexRow>(
        `SELECT facts, verified, problems, keyframes, checksums, pts FROM video
         WHERE path = ? AND size_bytes = ? AND mtime_ms = ? AND pts IS NOT NULL`,
      ).get(...keyOf(stamp))
      return row ? indexOf(row) : null
    },
    save(stamp, { facts, pts, keyframes, checksums, verified, problems }) {
      write(() =>
        sql(SAVE).run(
          ...keyOf(stamp),
          JSON.stringify(facts),
          verified ? 1 : 0,
          JSON.stringify(problems),
          blobOf(keyframes),
          blobOf(checksums),
          blobOf(pts),
        ),
      )
    },
    ofTask(taskId) {
      const row = sql<FileRow>(
        `SELECT path, size_bytes, mtime_ms, fingerprint FROM video
         WHERE id = (SELECT video_id FROM task WHERE id = ? AND deleted = 0)`,
      ).get(taskId)
      if (!row) return null
      const { path, size_bytes: sizeBytes, mtime_ms: mtimeMs, fingerprint } = row
      return { path, sizeBytes, mtimeMs, fingerprint }
    },
  }
}

/** The row of a file, made with what its container says where there is none. @returns its id */
export function videoRow({ sql }: Handle, file: VideoFile, facts: VideoFacts): number {
  sql(
    `INSERT INTO video (path, size_bytes, mtime_ms, fingerprint, facts) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (path, size_bytes, mtime_ms) DO UPDATE SET fingerprint = coalesce(excluded.fingerprint, fingerprint)`,
  ).run(...keyOf(file), file.fingerprint, JSON.stringify(facts))
  const row = sql<{ id: number }>(
    'SELECT id FROM video WHERE path = ? AND size_bytes = ? AND mtime_ms = ?',
  ).get(...keyOf(file))
  return row?.id ?? 0
}

/** The same bytes at another place have the same frames: what was read of `from` need not be read again for `to`. */
export function inheritIndex({ sql }: Handle, from: number, to: number): void {
  sql(
    `UPDATE video SET (facts, verified, problems, keyframes, checksums, pts) =
       (SELECT facts, verified, problems, keyframes, checksums, pts FROM video WHERE id = ?)
     WHERE id = ? AND pts IS NULL AND fingerprint = (SELECT fingerprint FROM video WHERE id = ? AND pts IS NOT NULL)`,
  ).run(from, to, from)
}

/** Videos of tasks that are gone, and of files that have changed since. */
export function forgetUnusedVideos({ sql }: Handle): void {
  sql(
    'DELETE FROM video WHERE id NOT IN (SELECT video_id FROM task WHERE video_id IS NOT NULL)',
  ).run()
}

const keyOf = ({ path, sizeBytes, mtimeMs }: VideoStamp) => [path, sizeBytes, mtimeMs] as const

function indexOf(row: IndexRow): VideoIndex {
  return {
    facts: factsOf(row.facts),
    pts: float64Of(row.pts),
    keyframes: uint32Of(row.keyframes),
    checksums: uint32Of(row.checksums),
    verified: row.verified === 1,
    problems: JSON.parse(row.problems) as string[],
  }
}
