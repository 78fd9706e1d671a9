/**
 * The moment at which a restored library takes the place of what was there. Everything that comes lies in `.restoring/new`
 * first, whole and checked; then `.restoring/ready.json` says so; then names are changed, one after the other. A process
 * that is killed before the file is there leaves what was, one that is killed after it leaves the rest of the renames to the
 * next start, which does them first of all.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DATABASE, FOLDERS, MODELS } from './layout.ts'

const STAGE = '.restoring'
export const newLibraryDir = (dataDir: string) => join(dataDir, STAGE, 'new')
const readyPath = (dataDir: string) => join(dataDir, STAGE, 'ready.json')

const readySchema = z.object({
  /** The folder in the data directory that takes what was there; null: nothing was. */
  aside: z.string().nullable(),
  /** What is moved there. */
  old: z.array(z.string()),
})

/** From here on there is no way back. @returns where what was there goes, null where there was nothing */
export function markReady(dataDir: string): string | null {
  const coming = new Set(readdirSync(newLibraryDir(dataDir)))
  const names = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, ...FOLDERS]
  const models = coming.has(MODELS) ? [MODELS] : []
  const old = [...names, ...models].filter((name) => existsSync(join(dataDir, name)))
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const aside = old.length === 0 ? null : `before-restore-${stamp}`
  const path = readyPath(dataDir)
  writeFileSync(
    `${path}.part`,
    JSON.stringify({ aside, old } satisfies z.infer<typeof readySchema>),
  )
  const handle = openSync(`${path}.part`, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(`${path}.part`, path)
  return aside === null ? null : join(dataDir, aside)
}

/** Finish a restore that is ready, and clear one away that never was. First of all, by who holds the data directory. */
export function settleRestore(dataDir: string): void {
  if (!existsSync(join(dataDir, STAGE))) return
  const path = readyPath(dataDir)
  if (existsSync(path)) {
    const { aside, old } = readySchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    if (aside !== null) moveAll(dataDir, join(dataDir, aside), old)
    const coming = newLibraryDir(dataDir)
    for (const name of readdirSync(coming)) renameSync(join(coming, name), join(dataDir, name))
    // Pictures of another library, by the same numbers.
    rmSync(join(dataDir, 'cache'), { recursive: true, force: true })
  }
  rmSync(join(dataDir, STAGE), { recursive: true, force: true })
}

/** What is there already was moved before a crash; what has its name now has come since. */
function moveAll(from: string, to: string, names: readonly string[]): void {
  mkdirSync(to, { recursive: true })
  for (const name of names) {
    if (existsSync(join(from, name)) && !existsSync(join(to, name)))
      renameSync(join(from, name), join(to, name))
  }
}
