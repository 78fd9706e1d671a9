import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaScanner } from '../core/ports.ts'
import { createArchiveShelf } from './archives/archive-shelf.ts'
import { readHeaders } from './headers/read-headers.ts'
import { scanMedia } from './scan/scan.ts'
import { findVideos } from './scan/the-video.ts'
import { selectFrames } from './select/select-frames.ts'

export { createFrameReader, type FrameReaderOptions } from './reader/frame-reader.ts'
export { createVideoIndexer } from './video/indexer.ts'

/**
 * Lists media, orders them and reads their headers. `readHeaders` reads synchronously: use it on a worker thread.
 * @param options.cacheDir  where gzipped tars are unpacked to, best the frame reader's; by default the system's
 *   temporary folder
 */
export function createMediaScanner(options: { cacheDir?: string } = {}): MediaScanner {
  const shelf = createArchiveShelf(options.cacheDir ?? join(tmpdir(), 'fieldmark-cache'))
  return {
    scan: (paths, how) => scanMedia(paths, how, shelf),
    findVideos,
    select: selectFrames,
    readHeaders: (frames, signal) => readHeaders(frames, signal, shelf),
  }
}
