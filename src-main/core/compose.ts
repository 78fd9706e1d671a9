/** The composition root: the one place where adapters meet the ports they implement. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { restoreReportSchema } from '#shared/domain/backup.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { createNuclio } from '../connectors/nuclio/index.ts'
import { createLabelIndex } from '../formats/common/label-index.ts'
import { createFormatRegistry } from '../formats/index.ts'
import { createFrameReader, createMediaScanner, createVideoIndexer } from '../media/index.ts'
import { createOpenCvFunctions } from '../models/opencv/opencv-functions.ts'
import { createQueue } from '../requests/queue.ts'
import { acquireDataDir } from '../store/data-dir-lock.ts'
import { openStore } from '../store/index.ts'
import { threadsEnded } from '../threads.ts'
import { createLocalClient } from './client.ts'
import { composeModels, withModelWork } from './compose-models.ts'
import type { Core } from './core.ts'
import { createDailyBackup } from './daily-backup.ts'
import { backupsDir, cacheDir, databasePath, secretsPath, uploadsDir } from './data-layout.ts'
import { createEventBus } from './event-bus.ts'
import { createFrameFunctions } from './functions/frame-functions.ts'
import { createFunctions } from './functions/registry.ts'
import { settleRestore } from './library/swap.ts'
import type {
  FunctionProvider,
  Functions,
  RequestQueue,
  RequestRunner,
  RunScript,
  Store,
  VideoStamp,
} from './ports.ts'
import { createSidecarKeeper, type SidecarKeeper } from './sidecar/keeper.ts'
import { sweepArrivals } from './sweep-arrivals.ts'
import { createPreviews, readFrameBytes, readStrip } from './usecases/frames/read-bytes.ts'
import { createUsecases } from './usecases/index.ts'
import { enqueueVideoIndex } from './usecases/tasks/index-video.ts'
import { createWorkerPool } from './worker-pool.ts'

const CONCURRENT_REQUESTS = 2

export interface ComposeOptions {
  readonly dataDir: string
  /** What this process is, for the sentence a second one gets: "the Fieldmark app", "fieldmark task create". */
  readonly what?: string
  /** Folder of the sample project; by default `resources/sample` of the checkout or the packed app. */
  readonly sampleDir?: string
  /** Functions in place of, or besides, the models, OpenCV's and those that are connected. */
  readonly providers?: readonly FunctionProvider[]
  /** How a script is run in a process of its own; with Node unless given. */
  readonly runScript?: RunScript
}

/**
 * Open a data directory and make the whole product, without a window.
 * @throws DATA_DIR_BUSY, DATA_DIR_READ_ONLY, DATABASE_FROM_FUTURE, DATABASE_CORRUPT, DISK_FULL
 */
export async function composeCore(options: ComposeOptions): Promise<Core> {
  const { dataDir } = options
  const lock = acquireDataDir(dataDir, { what: options.what ?? 'Fieldmark' })
  try {
    return await composeLocked(options, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function composeLocked(
  { dataDir, runScript, sampleDir = defaultSampleDir(), providers = [] }: ComposeOptions,
  lock: ReturnType<typeof acquireDataDir>,
): Promise<Core> {
  settleRestore(dataDir)
  const store = openStore(databasePath(dataDir))
  store.sweep()
  await sweepArrivals(store, dataDir)
  const events = createEventBus()
  const previews = createPreviews()
  const videos = {
    cacheDir: cacheDir(dataDir),
    findIndex: (stamp: VideoStamp) => store.videos.find(stamp),
  }
  const people = new SharedArrayBuffer(4)
  const reader = createFrameReader({ ...videos, people })
  const models = await composeModels({
    dataDir,
    version: packageJson.version,
    log: store.networkLog,
    runScript,
  })
  const opencv = createOpenCvFunctions()
  const nuclio = createNuclio({
    repository: store.connections,
    log: store.networkLog,
    secretsPath: secretsPath(dataDir),
    env: process.env,
    decoder: models.onnx.decoder,
  })
  const functions = createFunctions([...providers, models.onnx, opencv, nuclio.provider])
  const frameFunctions = createFrameFunctions({ functions, scissors: opencv, reader, store })
  const pool = createWorkerPool(
    { dataDir, people },
    (taskId, first, found) => {
      previews.set(taskId, first)
      events.publish({ type: 'preview', taskId, name: first.name, found })
    },
    () => frameFunctions,
  )
  const runner = indexAfterScan(withModelWork(pool, models.library, dataDir), (taskId) => {
    previews.forget(taskId)
    if (store.videos.ofTask(taskId)) enqueueVideoIndex({ store, queue }, taskId)
    else queue.enqueue('index', taskId, 'Reading headers', { taskId })
  })
  const queue: RequestQueue = createQueue({
    requests: store.requests,
    runner,
    events,
    concurrency: CONCURRENT_REQUESTS,
  })
  const formats = createFormatRegistry()
  const sidecars = createSidecarKeeper({ store, formats, createLabelIndex, queue, events })
  const deps = {
    version: packageJson.version,
    dataDir,
    store,
    events,
    queue,
    reader,
    scanner: createMediaScanner({ cacheDir: cacheDir(dataDir) }),
    indexer: createVideoIndexer(videos),
    formats,
    functions: frameFunctions,
    connections: nuclio.connections,
    models: models.library,
    sidecars,
    sampleDir,
  }
  events.subscribe((_id, event) => {
    const file = event.type === 'task' && event.task?.video ? store.videos.ofTask(event.id) : null
    if (file) reader.indexStored(file.path)
  })
  events.subscribe((_id, event) => {
    // What a run staged is annotations by now, or nobody wants it. A failed one may still be gone on with.
    if (event.type !== 'request' || event.request.kind !== 'annotate') return
    const { state, id } = event.request
    if (state !== 'finished' && state !== 'cancelled') return
    try {
      store.predictions.abandon(id)
    } catch {
      // A full disk: the next start does it.
    }
  })
  queue.resume()
  const backup = createDailyBackup(store, backupsDir(dataDir))
  return {
    client: createLocalClient(createUsecases(deps)),
    events,
    dataDir,
    frameBytes: (taskId, index, quality, signal) =>
      readFrameBytes(deps, taskId, index, quality, signal),
    stripBytes: (taskId, frames, signal) => readStrip(deps, taskId, frames, signal),
    cropBytes: (taskId, index, box, signal) =>
      reader.crop(store.frames.record(taskId, index), box, signal),
    relatedBytes: async (taskId, index, position) => {
      const location = store.frames.relatedLocation(taskId, index, position)
      return reader.readLocation(location, location.entry)
    },
    previewBytes: async (taskId) => {
      const location = previews.get(taskId)
      return reader.readLocation(location, location.name)
    },
    newUploadDir: () => newUploadDir(dataDir),
    announce(instance) {
      // Somebody will look at this instance for a while. A single command needs no thread that it would have to wait for.
      pool.warm()
      lock.publish(instance)
    },
    close: once(() => closeAll({ sidecars, queue, pool, functions, reader, backup, store, lock })),
  }
}

/** Listing, or restoring, comes first, so that a window has frames to show; headers, or a video's whole decode, follow by themselves. */
function indexAfterScan(runner: RequestRunner, then: (taskId: TaskId) => void): RequestRunner {
  return {
    ...runner,
    async run(request, params, hooks) {
      const result = await runner.run(request, params, hooks)
      if (request.kind === 'scan' && request.taskId !== null) then(request.taskId)
      if (request.kind === 'restore')
        for (const { id } of restoreReportSchema.parse(result).tasks) then(id)
      return result
    },
  }
}

async function newUploadDir(dataDir: string): Promise<string> {
  const stamp = new Date().toISOString().replace(/[^0-9]/g, '')
  const dir = join(uploadsDir(dataDir), stamp)
  await mkdir(dir, { recursive: true })
  return dir
}

interface Open {
  readonly sidecars: SidecarKeeper
  readonly queue: RequestQueue
  readonly pool: RequestRunner
  readonly functions: Functions
  readonly reader: { close(): void }
  readonly backup: { close(): Promise<void> }
  readonly store: Store
  readonly lock: { release(): void }
}

async function closeAll({
  sidecars,
  queue,
  pool,
  functions,
  reader,
  backup,
  store,
  lock,
}: Open): Promise<void> {
  await sidecars.close()
  await queue.close()
  await pool.close()
  await functions.close()
  reader.close()
  await threadsEnded()
  await backup.close()
  store.close()
  lock.release()
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
    return running
  }
}

/** Both `src-main/core/compose.ts` and `dist/main/*.js` lie two or three folders below the root that holds resources/. */
function defaultSampleDir(): string {
  return fileURLToPath(new URL('../../resources/sample', import.meta.url))
}
