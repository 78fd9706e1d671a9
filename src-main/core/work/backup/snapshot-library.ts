import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { BackupReport } from '#shared/domain/backup.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { cacheDir } from '../../data-layout.ts'
import { DATABASE, FOLDERS, MODELS, SNAPSHOT_SPEC, snapshotSpec } from '../../library/layout.ts'
import type { DatasetOutput } from '../../ports.ts'
import { makeFolder } from '../media/make-folder.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { openPath } from './media-files.ts'
import { createNotes, named } from './notes.ts'

interface Wanted {
  readonly withModels: boolean
  readonly path: string
}

/**
 * The whole library in one file while it is in use: the database as SQLite copies it, and every file Fieldmark itself
 * holds. Media that lie elsewhere stay there; the database says where.
 * @throws DISK_FULL, EXPORT_NOT_WRITABLE, CANCELLED
 */
export async function snapshotLibrary(
  deps: WorkDeps,
  { withModels, path }: Wanted,
  hooks: WorkHooks,
): Promise<BackupReport> {
  const { store, dataDir } = deps
  await makeFolder(dirname(path))
  const copies = join(cacheDir(dataDir), 'snapshots')
  // What a killed process left of an earlier one.
  await rm(copies, { recursive: true, force: true })
  await mkdir(copies, { recursive: true })
  try {
    hooks.progress(0, null, 'copying the database')
    const database = await store.backup(copies, 1)
    const files = await listFiles(deps, withModels)
    const gone: string[] = []
    const { sizeBytes } = await deps.formats.writeZip(path, async (output) => {
      const spec = snapshotSpec({ schema: store.schemaVersion, dataDir, models: withModels })
      await output.text(SNAPSHOT_SPEC, [JSON.stringify(spec)])
      await writeDatabase(output, database)
      for (const [done, file] of files.entries()) {
        if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'The snapshot' })
        hooks.progress(done, files.length, `${done} of ${files.length} files`)
        if (!(await writeFile(output, dataDir, file))) gone.push(file)
      }
    })
    return { path, sizeBytes, ...countsOf(deps), picturesLeftOut: 0, notes: notesOf(deps, gone) }
  } finally {
    await rm(copies, { recursive: true, force: true })
  }
}

/** Paths from the data directory, in order. Media of tasks that are on their way in are theirs alone. */
async function listFiles({ dataDir, store }: WorkDeps, withModels: boolean): Promise<string[]> {
  const tasks = new Set(store.tasks.list().map(({ id }) => join('media', String(id))))
  const isOfTask = (file: string) =>
    !file.startsWith(`media${sep}`) || tasks.has(file.split(sep).slice(0, 2).join(sep))
  const folders = withModels ? [...FOLDERS, MODELS] : FOLDERS
  const lists = await Promise.all(folders.map((folder) => filesIn(dataDir, folder)))
  return lists.flat().filter(isOfTask).sort()
}

async function filesIn(dataDir: string, folder: string): Promise<string[]> {
  const root = join(dataDir, folder)
  const found = await readdir(root, { withFileTypes: true, recursive: true }).catch(() => [])
  return found
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => relative(dataDir, join(parentPath, name)))
}

async function writeDatabase(output: DatasetOutput, path: string): Promise<void> {
  const file = await openPath(path)
  await file.writeTo(output, DATABASE, true)
}

/** @returns false for one that was deleted meanwhile */
async function writeFile(output: DatasetOutput, dataDir: string, file: string): Promise<boolean> {
  const opened = await openPath(join(dataDir, file)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  await opened?.writeTo(output, file.split(sep).join('/'))
  return opened !== null
}

function countsOf({ store }: WorkDeps) {
  const tasks = store.tasks.list()
  return {
    tasks: tasks.length,
    frames: tasks.reduce((sum, { size }) => sum + size, 0),
    annotations: tasks.reduce((sum, { objectCount }) => sum + objectCount, 0),
  }
}

function notesOf({ store, dataDir }: WorkDeps, gone: readonly string[]): string[] {
  const notes = createNotes()
  const elsewhere = store.tasks
    .list()
    .filter(({ mediaPaths }) => mediaPaths.some((path) => !path.startsWith(dataDir + sep)))
  if (elsewhere.length > 0) {
    const are = elsewhere.length === 1 ? '1 task lie' : `${elsewhere.length} tasks lie`
    notes.say(
      `The media of ${are} outside the data directory and are not in the file: ${named(elsewhere.map(({ name }) => name))}. Back those tasks up, too, if you mean to move to another machine.`,
    )
  }
  if (gone.length > 0) notes.say(`Deleted meanwhile and not in the file: ${named(gone)}.`)
  return notes.list()
}
