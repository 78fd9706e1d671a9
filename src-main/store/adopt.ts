import { statSync } from 'node:fs'
import { join, win32 } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { type Connection, connect } from './connection.ts'
import { openStore } from './index.ts'
import { behindDoor } from './sqlite-errors.ts'

/** How a library comes to another place. All absolute. */
export interface Move {
  /** The data directory it was in, perhaps on another machine. */
  readonly from: string
  /** The data directory it will be in. */
  readonly to: string
  /** Where its files lie for now. */
  readonly now: string
}

/**
 * Make a database at home that came out of a snapshot: brought up to date, looked over, and its paths into the old data directory
 * changed to the new one. What was under way when it was made is over, but for the listing of media.
 * @param path  of the database, which nobody else uses
 * @returns how many tasks and projects it has
 * @throws DATABASE_FROM_FUTURE, DATABASE_CORRUPT
 */
export function adoptDatabase(path: string, move: Move): { tasks: number; projects: number } {
  const store = openStore(path)
  const counts = { tasks: store.tasks.list().length, projects: store.projects.list().length }
  const detail = store.check()
  store.close()
  if (detail !== null) throw new AppError('DATABASE_CORRUPT', { path, detail, backup: null })
  behindDoor(path, () => {
    const db = connect(path)
    try {
      db.transaction(() => relocate(db, move)).immediate()
    } finally {
      db.close()
    }
  })
  return counts
}

function relocate(db: Connection, { from, to, now }: Move): void {
  const below = belowFolder(from)
  const moved = (path: string): string => {
    const inside = below(path)
    return inside === null ? path : join(to, inside)
  }
  for (const { id, media_paths } of rows<{ id: number; media_paths: string }>(
    db,
    'SELECT id, media_paths FROM task',
  )) {
    const paths = (JSON.parse(media_paths) as string[]).map(moved)
    db.prepare('UPDATE task SET media_paths = ? WHERE id = ?').run(JSON.stringify(paths), id)
  }
  for (const { task_id, position, path } of rows<{
    task_id: number
    position: number
    path: string
  }>(db, 'SELECT task_id, position, path FROM media_source'))
    db.prepare('UPDATE media_source SET path = ? WHERE task_id = ? AND position = ?').run(
      moved(path),
      task_id,
      position,
    )
  for (const { id, path } of rows<{ id: number; path: string }>(db, 'SELECT id, path FROM video')) {
    const inside = below(path)
    if (inside === null) continue
    // A copied file is as old as its copy, and a file of another age is another file to the store.
    const stats = statSync(join(now, inside), { throwIfNoEntry: false })
    db.prepare('UPDATE video SET path = ?, mtime_ms = coalesce(?, mtime_ms) WHERE id = ?').run(
      join(to, inside),
      stats?.mtimeMs ?? null,
      id,
    )
  }
  db.prepare(
    `UPDATE request SET state = 'cancelled', finished_date = ?
     WHERE state IN ('queued', 'started') AND kind NOT IN ('scan', 'index', 'index-video')`,
  ).run(new Date().toISOString())
}

function rows<R>(db: Connection, sql: string): R[] {
  return db.prepare<[], R>(sql).all()
}

/** What of a path lies below a folder, in this system's spelling; null for one elsewhere. A library may come from Windows. */
function belowFolder(folder: string): (path: string) => string | null {
  const isWindows = /^[a-z]:[\\/]|^\\\\/i.test(folder)
  const separator = isWindows ? win32.sep : '/'
  const root = folder.endsWith(separator) ? folder : folder + separator
  return (path) => {
    if (path === folder) return ''
    if (!path.startsWith(root)) return null
    const inside = path.slice(root.length)
    return isWindows ? join(...inside.split(/[\\/]/)) : inside
  }
}
