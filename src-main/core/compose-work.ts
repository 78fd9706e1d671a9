import { createFrameMatcher } from '../formats/frame-matcher.ts'
import { createFormatRegistry } from '../formats/index.ts'
import { createFrameReader, createMediaScanner } from '../media/index.ts'
import { openStore } from '../store/index.ts'
import { cacheDir, databasePath } from './data-layout.ts'
import type { WorkDeps } from './work/work.ts'

/** The composition root of a worker thread. Opened at the first request: a warm, idle worker costs no connection. */
export function composeWork(dataDir: string): () => WorkDeps {
  let deps: WorkDeps | undefined
  return () => {
    deps ??= {
      dataDir,
      store: openStore(databasePath(dataDir), { migrate: false }),
      scanner: createMediaScanner({ cacheDir: cacheDir(dataDir) }),
      reader: createFrameReader({ cacheDir: cacheDir(dataDir), maxCacheBytes: 0 }),
      formats: createFormatRegistry(),
      createMatcher: createFrameMatcher,
    }
    return deps
  }
}
