/**
 * Headers of many frames, 500 at a time. Files are read synchronously, a head each (see bytes.ts); on a slow disk the
 * heads to come are asked for ahead and in parallel, so that the synchronous read finds them in memory.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FrameHeader, FrameRecord } from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { filePath } from '../file-path.ts'
import { readArchivedHeader } from './archived-header.ts'
import { withFile } from './bytes.ts'
import { failedHeader, finishSlowly, headerOf, type Slow } from './header.ts'
import { warmUp } from './warm-up.ts'

const BATCH = 500
/** Above this an open, a read and a close are not served from memory. */
const SLOW_FILE_MS = 1.5
const SLICE = 16

/** See `MediaScanner.readHeaders`. */
export async function* readHeaders(
  frames: readonly FrameRecord[],
  signal: AbortSignal,
  shelf: ArchiveShelf,
): AsyncIterable<FrameHeader[]> {
  for (let from = 0; from < frames.length; from += BATCH) {
    throwIfCancelled(signal, 'Reading headers')
    yield await readBatch(frames.slice(from, from + BATCH), signal, shelf)
    await nextTurn()
  }
}

async function readBatch(
  frames: readonly FrameRecord[],
  signal: AbortSignal,
  shelf: ArchiveShelf,
): Promise<FrameHeader[]> {
  const headers: FrameHeader[] = []
  let slowDisk = false
  for (let from = 0; from < frames.length; from += SLICE) {
    const slice = frames.slice(from, from + SLICE)
    if (slowDisk) await warmUp(slice.map(({ location }) => filePath(location)))
    const began = performance.now()
    const found = slice.map((frame) => readFileHeader(frame))
    slowDisk ||= performance.now() - began > SLICE * SLOW_FILE_MS
    for (const [at, frame] of slice.entries()) {
      const header = found[at] ?? (await readArchivedHeader(frame, signal, shelf))
      headers.push('slow' in header ? await finishSlowly(header, signal, shelf) : header)
    }
  }
  return headers
}

/** Null for a frame inside an archive. */
function readFileHeader(frame: FrameRecord): FrameHeader | Slow | null {
  const path = filePath(frame.location)
  if (path === null) return null
  try {
    return withFile(path, (bytes, mtimeMs) => headerOf(frame, bytes, mtimeMs))
  } catch (error) {
    return failedHeader(frame, error)
  }
}
