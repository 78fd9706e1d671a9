import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#shared/errors/app-error.ts'
import { newestBackup } from './backups.ts'

/** What SQLite or the file system threw, in the product's words; anything else as it is. */
export function translateError(error: unknown, path: string): unknown {
  const code = errorCode(error)
  const detail = error instanceof Error ? error.message : String(error)
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('DISK_FULL', { path }, { cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    const backup = newestBackup(path)
    return new AppError('DATABASE_CORRUPT', { path, detail, backup }, { cause: error })
  }
  if (READ_ONLY.test(code)) {
    return new AppError('DATA_DIR_READ_ONLY', { dataDir: dirname(path), detail }, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const holder = 'another program that is writing to it'
    return new AppError('DATA_DIR_BUSY', { dataDir: dirname(path), holder }, { cause: error })
  }
  return error
}

const READ_ONLY = /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES$|EPERM$|EROFS$|ENOTDIR$)/

function errorCode(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}

export function behindDoor<T>(path: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw translateError(error, path)
  }
}

/** The one door: every function of a repository, its errors translated. */
export function withDoor<T extends object>(path: string, repository: T): T {
  const guarded = Object.entries(repository).map(([name, method]) => [
    name,
    typeof method === 'function'
      ? (...parameters: unknown[]) => behindDoor(path, () => method(...parameters))
      : method,
  ])
  return Object.fromEntries(guarded) as T
}
