/**
 * One process owns a data directory. The lock is a transaction held open on a tiny SQLite file: the system drops it
 * with the process however that ends, so `kill -9` leaves nothing behind that would lock people out, and no process id
 * has to be trusted. `instance.json` only says who holds it and where a second process can attach.
 */

import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '#shared/errors/app-error.ts'

const instanceSchema = z.object({
  pid: z.int(),
  what: z.string(),
  url: z.string().nullable(),
  token: z.string().nullable(),
})
export type Instance = z.infer<typeof instanceSchema>

export interface DataDirLock {
  /** Let others in. Harmless when done twice. */
  release(): void
  /** Say where a second process can attach. Readable by this user alone: the token opens everything. */
  publish(address: { url: string; token: string }): void
}

/**
 * Held connections stay reachable from here: one that only a forgotten lock object knew would be collected, and the lock
 * with it, while the process still works on the directory.
 */
const holding = new Set<Database.Database>()

const lockPath = (dir: string) => join(dir, 'lock.db')
const instancePath = (dir: string) => join(dir, 'instance.json')

/**
 * Take a data directory, making it where there is none.
 * @param info.what  who this is, for the sentence a second process gets: "fieldmark serve"
 * @throws DATA_DIR_BUSY, DATA_DIR_READ_ONLY
 */
export function acquireDataDir(dir: string, info: { what: string }): DataDirLock {
  makeWritable(dir)
  const held = hold(dir)
  if (!held) throw new AppError('DATA_DIR_BUSY', { dataDir: dir, holder: describeHolder(dir) })
  const self = { pid: process.pid, what: info.what }
  holding.add(held)
  writeInstance(dir, { ...self, url: null, token: null })
  let released = false
  return {
    publish: ({ url, token }) => writeInstance(dir, { ...self, url, token }),
    release() {
      if (released) return
      released = true
      rmSync(instancePath(dir), { force: true })
      holding.delete(held)
      held.close()
    },
  }
}

/** Who holds `dir` now; null when nobody does, even if a killed process left its file. */
export function readInstance(dir: string): Instance | null {
  const instance = parseInstance(dir)
  return instance && isHeld(dir) ? instance : null
}

function parseInstance(dir: string): Instance | null {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(instancePath(dir), 'utf8')))
  } catch {
    // Not there, or half of a write of an older version: both mean that nothing is known.
    return null
  }
}

function isHeld(dir: string): boolean {
  try {
    const taken = hold(dir)
    taken?.close()
    return taken === null
  } catch {
    return false
  }
}

/** The open transaction, or null when another process has it. */
function hold(dir: string): Database.Database | null {
  const db = new Database(lockPath(dir), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw readOnly(dir, error)
  }
}

function makeWritable(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw readOnly(dir, error)
  }
}

function readOnly(dir: string, cause: unknown): AppError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new AppError('DATA_DIR_READ_ONLY', { dataDir: dir, detail }, { cause })
}

/** Written whole or not at all: a second process may read at any moment. */
function writeInstance(dir: string, instance: Instance): void {
  const part = `${instancePath(dir)}.${process.pid}`
  writeFileSync(part, JSON.stringify(instance), { mode: 0o600 })
  renameSync(part, instancePath(dir))
}

function describeHolder(dir: string): string {
  const instance = parseInstance(dir)
  return instance ? `${instance.what} (process ${instance.pid})` : 'another Fieldmark'
}
