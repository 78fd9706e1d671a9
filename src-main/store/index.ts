import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { Store } from '../core/ports.ts'
import { createAnnotations } from './annotations.ts'
import { createArrivals } from './arrivals.ts'
import { backUp, backUpNow, backupsBeside, newestBackup, newestIsOld } from './backups.ts'
import { createBatchTable } from './batch-table.ts'
import { type Connection, connect, createHandle, type Handle } from './connection.ts'
import { createConnections } from './connections.ts'
import { createFrames } from './frames.ts'
import { createJobs } from './jobs.ts'
import { dropLeftLabels } from './label-drafts.ts'
import { createLabels } from './labels.ts'
import { latestVersion, migrate, schemaVersion } from './migrate.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { createNetworkLog } from './network-log.ts'
import { abandonEndedRuns } from './prediction-runs.ts'
import { createPredictions } from './predictions.ts'
import { createProjects } from './projects.ts'
import { createPurger, type Purger } from './purge.ts'
import { createRequests } from './requests.ts'
import { createSettings } from './settings.ts'
import { createSidecars } from './sidecars.ts'
import { behindDoor, translateError, withDoor } from './sqlite-errors.ts'
import { createTasks } from './tasks.ts'
import { createVideos, forgetUnusedVideos } from './videos.ts'

export interface StoreOptions {
  readonly readonly?: boolean
  /** False in worker threads: the schema is the owning process's business, and so is cleaning up. */
  readonly migrate?: boolean
  /** For tests of migrating itself. */
  readonly migrations?: readonly Migration[]
}

/**
 * Open the project store, making the file and its folder where there is none.
 * @param path  `fieldmark.db` of a data directory
 * @throws DATABASE_FROM_FUTURE (the file is not touched), DATABASE_CORRUPT, DATA_DIR_READ_ONLY, DISK_FULL
 */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const { readonly = false, migrate: isOwner = true, migrations = allMigrations } = options
  return behindDoor(path, () => {
    refuseEmptied(path)
    refuseFuture(path, latestVersion(migrations))
    if (!readonly) mkdirSync(dirname(path), { recursive: true })
    const db = connect(path, { readonly })
    try {
      if (isOwner && !readonly) {
        migrate(db, migrations, () => backUpNow(db, backupsBeside(path), schemaVersion(db)))
      }
      return createStore(createHandle(db, path), isOwner && !readonly)
    } catch (error) {
      db.close()
      throw error
    }
  })
}

/** To SQLite an empty file is a new database; where there were backups of it, it is one that was lost. */
function refuseEmptied(path: string): void {
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? null
  const backup = newestBackup(path)
  if (sizeOf(path) !== 0 || backup === null || (sizeOf(`${path}-wal`) ?? 0) > 0) return
  throw new AppError('DATABASE_CORRUPT', { path, detail: 'it is empty (0 bytes)', backup })
}

/** Looked at through a read-only connection: opening it for writing would already change the file. */
function refuseFuture(path: string, known: number): void {
  if (!existsSync(path)) return
  const db = connect(path, { readonly: true })
  try {
    const found = schemaVersion(db)
    if (found > known) throw new AppError('DATABASE_FROM_FUTURE', { path, found, known })
  } finally {
    db.close()
  }
}

function createStore(handle: Handle, isOwner: boolean): Store {
  const { db, path } = handle
  const purger = createPurger(handle)
  const onGarbage = () => {
    if (isOwner) purger.wake()
  }
  const door = <T extends object>(repository: T): T => withDoor(path, repository)
  return {
    schemaVersion: schemaVersion(db),
    projects: door(createProjects(handle, onGarbage)),
    labels: door(createLabels(handle)),
    tasks: door(createTasks(handle, onGarbage)),
    jobs: door(createJobs(handle)),
    frames: door(createFrames(handle)),
    annotations: door(createAnnotations(handle, onGarbage)),
    predictions: door(createPredictions(handle, onGarbage)),
    requests: door(createRequests(handle)),
    settings: door(createSettings(handle)),
    videos: door(createVideos(handle)),
    arrivals: door(createArrivals(handle, onGarbage)),
    sidecars: door(createSidecars(handle)),
    connections: door(createConnections(handle)),
    networkLog: door(createNetworkLog(handle)),
    ...createUpkeep(handle, purger),
  }
}

type Upkeep = Pick<
  Store,
  'inOneSnapshot' | 'together' | 'sweep' | 'backup' | 'worthBackingUp' | 'check' | 'close'
>

function createUpkeep(handle: Handle, purger: Purger): Upkeep {
  const { db, path } = handle
  return withDoor<Upkeep>(path, {
    async inOneSnapshot(body) {
      db.exec('BEGIN')
      try {
        // A transaction sees the database as it was at its first read.
        schemaVersion(db)
        handle.sql('SELECT count(*) FROM setting').get()
        return await body()
      } finally {
        db.exec('COMMIT')
      }
    },
    together: (body) => handle.write(body),
    sweep() {
      handle.write(() => {
        createBatchTable(handle).abandonAllFilling()
        dropLeftLabels(handle)
        abandonEndedRuns(handle)
        forgetUnusedVideos(handle)
      })
      purger.wake()
    },
    backup: (dir, keep) =>
      backUp(db, dir, keep).catch((error: unknown) => {
        throw translateError(error, path)
      }),
    worthBackingUp: (dir = backupsBeside(path)) => holdsAnything(handle) && newestIsOld(dir),
    check: () => quickCheck(db),
    close() {
      purger.stop()
      db.close()
    },
  })
}

function holdsAnything({ sql }: Handle): boolean {
  return sql('SELECT 1 FROM task UNION ALL SELECT 1 FROM project LIMIT 1').get() !== undefined
}

function quickCheck(db: Connection): string | null {
  try {
    const said = db.pragma('quick_check(1)', { simple: true })
    return said === 'ok' ? null : String(said)
  } catch (error) {
    // So damaged that the check itself cannot run: that is its answer.
    return error instanceof Error ? error.message : String(error)
  }
}
