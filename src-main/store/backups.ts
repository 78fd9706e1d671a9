import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Connection } from './connection.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NAME = /^fieldmark-.*\.db$/

export const backupsBeside = (path: string) => join(dirname(path), 'backups')

/** Names carry their time, so their order is their age. */
function backupsIn(dir: string): string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => join(dir, name))
}

export function newestBackup(path: string): string | null {
  return backupsIn(backupsBeside(path)).at(-1) ?? null
}

export function newestIsOld(dir: string): boolean {
  const newest = backupsIn(dir).at(-1)
  return newest === undefined || Date.now() - statSync(newest).mtimeMs > DAY_MS
}

/** SQLite's online copy, under its final name only when it is whole; then all but the newest `keep` go. */
export async function backUp(db: Connection, dir: string, keep: number): Promise<string> {
  const target = newTarget(dir, '')
  try {
    await db.backup(`${target}.part`)
    renameSync(`${target}.part`, target)
  } finally {
    rmSync(`${target}.part`, { force: true })
  }
  for (const old of backupsIn(dir).slice(0, -keep)) rmSync(old, { force: true })
  return target
}

/** The copy made before a migration: synchronous, because nothing may happen in between. */
export function backUpNow(db: Connection, dir: string, version: number): string {
  const target = newTarget(dir, `-schema-${version}`)
  db.prepare('VACUUM INTO ?').run(`${target}.part`)
  renameSync(`${target}.part`, target)
  return target
}

function newTarget(dir: string, suffix: string): string {
  mkdirSync(dir, { recursive: true })
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  return join(dir, `fieldmark-${stamp}${suffix}.db`)
}
