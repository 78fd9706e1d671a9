import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaScanner, VideoIndexer } from '../core/ports.ts'
import { createArchiveShelf } from './archives/archive-shelf.ts'
import { readHeaders } from './headers/read-headers.ts'
import { isManifestPath } from './manifest/find-manifest.ts'
import { withManifest } from './manifest/with-manifest.ts'
import { scanMedia } from './scan/scan.ts'
import { findVideos } from './scan/the-video.ts'
import { selectFrames } from './select/select-frames.ts'
import { createVideoIndexer as createIndexer } from './video/indexer.ts'
import { createProxyVisits, type ProxyVisits } from './video/proxy/proxy-visits.ts'

export { manifestLines } from './manifest/manifest-lines.ts'
export { createFrameReader, type FrameReaderOptions } from './reader/frame-reader.ts'

/**
 * Lists media, orders them and reads their headers. `readHeaders` reads synchronously: use it on a worker thread.
 * @param options.cacheDir  where gzipped tars are unpacked to, best the frame reader's; by default the system's
 *   temporary folder
 */
export function createMediaScanner(options: { cacheDir?: string } = {}): MediaScanner {
  const shelf = createArchiveShelf(options.cacheDir ?? join(tmpdir(), 'fieldmark-cache'))
  return {
    async scan(paths, how) {
      const media = paths.filter((path) => !isManifestPath(path))
      // A manifest alone describes nothing that is there.
      if (media.length === 0 || how.useManifest === false) return scanMedia(paths, how, shelf)
      const found = await scanMedia(media, how, shelf)
      return withManifest(paths, found, { shelf, signal: how.signal })
    },
    findVideos,
    select: selectFrames,
    readHeaders: (frames, signal) => readHeaders(frames, signal, shelf),
  }
}

/** Finds out what the frames of a video are; makes its proxy on the way where that is asked for and of use. */
export function createVideoIndexer(options: ProxyVisits): VideoIndexer {
  return createIndexer({ visit: createProxyVisits(options) })
}
