import Database from 'better-sqlite3'
import { breathe, writeTransaction } from './write-lock.ts'

export type Connection = Database.Database
export type Statement<P extends unknown[], R> = Database.Statement<P, R>
/** What a parameter may be; booleans are written as 0 and 1. */
export type Value = string | number | bigint | Uint8Array | null

const BUSY_TIMEOUT_MS = 5000

/** A connection as every part of the store uses it. `synchronous = FULL`: docs/adr/0006. */
export function connect(path: string, { readonly = false } = {}): Connection {
  const db = new Database(path, { readonly, fileMustExist: readonly, timeout: BUSY_TIMEOUT_MS })
  try {
    db.pragma('foreign_keys = ON')
    if (!readonly) {
      db.pragma('journal_mode = WAL')
      db.pragma('synchronous = FULL')
      // A long export holds its snapshot; without a limit the journal would keep the size it reached meanwhile.
      db.pragma('journal_size_limit = 67108864')
    }
    db.pragma('cache_size = -65536')
    db.pragma('temp_store = MEMORY')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Statements by their text, prepared at first use: opening a store costs no more than the tables it touches. */
export function createStatements(db: Connection) {
  const known = new Map<string, Statement<Value[], unknown>>()
  return function sql<R>(text: string): Statement<Value[], R> {
    const found = known.get(text) ?? db.prepare<Value[], unknown>(text)
    known.set(text, found)
    return found as Statement<Value[], R>
  }
}
export type Sql = ReturnType<typeof createStatements>

/** What each repository is given: one connection, its statements, one way to write. */
export interface Handle {
  readonly db: Connection
  readonly path: string
  readonly sql: Sql
  /** BEGIN IMMEDIATE … COMMIT: waits for another writer at the start, where nothing is lost by waiting. */
  write<T>(body: () => T): T
  /** A slice of bulk work: a write, then a breath in which others get theirs in. */
  writeSlice<T>(body: () => T): T
  readonly now: () => string
}

export function createHandle(db: Connection, path: string): Handle {
  const write = <T>(body: () => T): T => (db.inTransaction ? body() : writeTransaction(db, body))
  return {
    db,
    path,
    sql: createStatements(db),
    write,
    writeSlice(body) {
      const result = write(body)
      breathe()
      return result
    },
    now: () => new Date().toISOString(),
  }
}
