import { createFrameMatcher } from '../formats/frame-matcher.ts'
import { createFormatRegistry } from '../formats/index.ts'
import { createFrameReader, createMediaScanner, createVideoIndexer } from '../media/index.ts'
import { openStore } from '../store/index.ts'
import { cacheDir, databasePath } from './data-layout.ts'
import type { VideoStamp } from './ports.ts'
import type { WorkDeps } from './work/work.ts'

/** The composition root of a worker thread. Opened at the first request: a warm, idle worker costs no connection. */
export function composeWork(dataDir: string): () => WorkDeps {
  let deps: WorkDeps | undefined
  return () => {
    deps ??= compose(dataDir)
    return deps
  }
}

function compose(dataDir: string): WorkDeps {
  const store = openStore(databasePath(dataDir), { migrate: false })
  const videos = {
    cacheDir: cacheDir(dataDir),
    findIndex: (stamp: VideoStamp) => store.videos.find(stamp),
  }
  return {
    dataDir,
    store,
    scanner: createMediaScanner({ cacheDir: cacheDir(dataDir) }),
    indexer: createVideoIndexer(videos),
    reader: createFrameReader({ ...videos, maxCacheBytes: 0 }),
    formats: createFormatRegistry(),
    createMatcher: createFrameMatcher,
  }
}
