import Database from 'better-sqlite3'

const PATIENCE_MS = 5000
const POLL_MS = 0.5
const BREATH_MS = 1

/**
 * Run `body` in a write transaction. SQLite's own waiting sleeps up to 100 ms between two looks, so a person's edit beside
 * an import waited for half a second (measured: max 532 ms); looking twice a millisecond it waits for one slice of it.
 */
export function writeTransaction<T>(db: Database.Database, body: () => T): T {
  begin(db)
  try {
    const result = body()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite has rolled back by itself already where the disk is full.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function begin(db: Database.Database): void {
  const deadline = performance.now() + PATIENCE_MS
  db.pragma('busy_timeout = 0')
  try {
    for (;;) {
      try {
        db.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error
        sleep(POLL_MS)
      }
    }
  } finally {
    db.pragma(`busy_timeout = ${PATIENCE_MS}`)
  }
}

/** Between two slices of bulk work: long enough for whoever waits to get in. */
export const breathe = () => sleep(BREATH_MS)

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

const cell = new Int32Array(new SharedArrayBuffer(4))
function sleep(durationMs: number): void {
  Atomics.wait(cell, 0, 0, durationMs)
}
