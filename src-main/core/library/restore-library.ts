import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { BackupFile, DatasetInput, FormatRegistry } from '../ports.ts'
import { takeOut } from '../work/backup/files-in.ts'
import { requireRoom } from '../work/backup/room.ts'
import { DATABASE, FOLDERS, MODELS, SNAPSHOT_SPEC, snapshotSpecSchema } from './layout.ts'
import { markReady, newLibraryDir, settleRestore } from './swap.ts'

export interface LibraryRestore {
  readonly dataDir: string
  /** A snapshot. */
  readonly file: string
  /** What is there is moved aside; without it a library that is there stays and the restore is refused. */
  readonly force: boolean
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): void
}

export interface LibraryReport {
  readonly dataDir: string
  readonly tasks: number
  readonly projects: number
  /** The folder with what was there before; null: nothing was. */
  readonly movedAside: string | null
}

/** The adapters it needs; compose-library.ts joins them. */
export interface LibraryDeps {
  openInput: FormatRegistry['openInput']
  lock(dataDir: string): { release(): void }
  /** Whether a database holds any task or project. */
  holdsAnything(path: string): boolean
  adopt(
    path: string,
    move: { from: string; to: string; now: string },
  ): { tasks: number; projects: number }
}

/**
 * Put a snapshot in the place of a library that nobody uses. It is taken out and checked beside what is there, which is
 * moved aside only then, and never deleted.
 * @throws DATA_DIR_BUSY, LIBRARY_NOT_EMPTY, BACKUP_INVALID, BACKUP_WRONG_KIND, DATABASE_FROM_FUTURE, DATABASE_CORRUPT, ARCHIVE_*,
 *   DISK_FULL, CANCELLED
 */
export async function restoreLibrary(
  deps: LibraryDeps,
  { dataDir, file, force, ...hooks }: LibraryRestore,
): Promise<LibraryReport> {
  const input = await deps.openInput(file)
  try {
    const spec = await readSpec(input)
    const lock = deps.lock(dataDir)
    try {
      settleRestore(dataDir)
      if (!force && (await isThere(deps, dataDir)))
        throw new AppError('LIBRARY_NOT_EMPTY', { dataDir })
      const counts = await stage(deps, input, { from: spec.dataDir, dataDir, file, hooks })
      const movedAside = markReady(dataDir)
      settleRestore(dataDir)
      return { dataDir, ...counts, movedAside }
    } finally {
      lock.release()
    }
  } finally {
    input.close()
  }
}

interface Staging {
  /** Where the library was. */
  readonly from: string
  readonly dataDir: string
  readonly file: string
  readonly hooks: Pick<LibraryRestore, 'signal' | 'progress'>
}

/** Beside what is there, whole and checked; nothing of it stays when anything is wrong. */
async function stage(
  deps: LibraryDeps,
  input: DatasetInput,
  { from, dataDir, file, hooks }: Staging,
): Promise<{ tasks: number; projects: number }> {
  const coming = newLibraryDir(dataDir)
  try {
    const files = filesOf(input)
    await requireRoom(dataDir, file, files)
    await mkdir(coming, { recursive: true })
    await takeOut(input, files, coming, hooks)
    const counts = deps.adopt(join(coming, DATABASE), { from, to: dataDir, now: coming })
    // A copy made before its schema was brought up to date: the snapshot itself is that.
    await rm(join(coming, 'backups'), { recursive: true, force: true })
    return counts
  } catch (error) {
    await rm(dirname(coming), { recursive: true, force: true })
    throw error
  }
}

async function readSpec(input: DatasetInput) {
  const has = (name: string) => input.entries.some((entry) => entry.name === name)
  const { file } = input
  for (const is of ['task', 'project'] as const)
    if (has(`${is}.json`)) throw new AppError('BACKUP_WRONG_KIND', { file, is })
  for (const name of [SNAPSHOT_SPEC, DATABASE])
    if (!has(name))
      throw new AppError('BACKUP_INVALID', { file, where: name, problem: 'it is missing' })
  try {
    const text = Buffer.from(await input.bytes(SNAPSHOT_SPEC)).toString()
    return snapshotSpecSchema.parse(JSON.parse(text))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const problem = 'it is not what this version of Fieldmark writes there'
    throw new AppError('BACKUP_INVALID', { file, where: SNAPSHOT_SPEC, problem }, { cause })
  }
}

function filesOf({ entries }: DatasetInput): BackupFile[] {
  const folders = [...FOLDERS, MODELS].map((folder) => `${folder}/`)
  return entries
    .filter(({ name }) => name === DATABASE || folders.some((folder) => name.startsWith(folder)))
    .map(({ name, sizeBytes }) => ({ entry: name, path: name, sizeBytes }))
}

async function isThere({ holdsAnything }: LibraryDeps, dataDir: string): Promise<boolean> {
  const names = await readdir(dataDir)
  if (names.includes(DATABASE) && holdsAnything(join(dataDir, DATABASE))) return true
  for (const folder of FOLDERS)
    if (names.includes(folder) && (await readdir(join(dataDir, folder))).length > 0) return true
  return false
}
