import { createLabelIndex } from '../formats/common/label-index.ts'
import { cvatBackup } from '../formats/cvat-backup/index.ts'
import { createFrameMatcher } from '../formats/frame-matcher.ts'
import { createFormatRegistry } from '../formats/index.ts'
import {
  createFrameReader,
  createMediaScanner,
  createVideoIndexer,
  manifestLines,
} from '../media/index.ts'
import { openStore } from '../store/index.ts'
import { cacheDir, databasePath } from './data-layout.ts'
import type { CalledFunctions } from './functions/called-functions.ts'
import type { VideoStamp } from './ports.ts'
import type { WorkDeps } from './work/work.ts'
import type { WorkerSettings } from './worker-protocol.ts'

/** The composition root of a worker thread. Opened at the first request: a warm, idle worker costs no connection. */
export function composeWork(
  { dataDir, people }: WorkerSettings,
  functions: CalledFunctions,
): () => WorkDeps {
  let deps: WorkDeps | undefined
  return () => {
    deps ??= compose(dataDir, people, functions)
    return deps
  }
}

function compose(dataDir: string, people: SharedArrayBuffer, functions: CalledFunctions): WorkDeps {
  const store = openStore(databasePath(dataDir), { migrate: false })
  const videos = {
    cacheDir: cacheDir(dataDir),
    findIndex: (stamp: VideoStamp) => store.videos.find(stamp),
  }
  return {
    dataDir,
    store,
    functions,
    scanner: createMediaScanner({ cacheDir: cacheDir(dataDir) }),
    indexer: createVideoIndexer(videos),
    reader: createFrameReader({ ...videos, people, maxCacheBytes: 0 }),
    formats: createFormatRegistry(),
    backups: cvatBackup,
    manifestLines,
    createMatcher: createFrameMatcher,
    createLabelIndex,
  }
}
