import type { Connection } from './connection.ts'
import type { Migration } from './migrations/migration.ts'

export function schemaVersion(db: Connection): number {
  return db.pragma('user_version', { simple: true }) as number
}

/**
 * Run what is missing, each migration in a transaction of its own; the version is part of it, so a crash in between
 * leaves the database at the last whole one.
 * @param beforeFirst  called once if there is anything to do and the database is not new: the backup
 */
export function migrate(
  db: Connection,
  migrations: readonly Migration[],
  beforeFirst: () => void,
): void {
  const current = schemaVersion(db)
  const missing = migrations.filter(({ version }) => version > current)
  if (missing.length > 0 && current > 0) beforeFirst()
  for (const { version, sql } of missing) {
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${version}`)
    }).immediate()
  }
}

export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}
