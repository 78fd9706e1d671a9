/**
 * Headers of many frames, 500 at a time. Files are read synchronously, a head each (see bytes.ts); on a slow disk the
 * heads to come are asked for ahead and in parallel, so that the synchronous read finds them in memory.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FrameHeader, FrameRecord } from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { filePath } from '../file-path.ts'
import { readArchivedHeaders } from './archived-header.ts'
import { withFile } from './bytes.ts'
import { failedHeader, finishSlowly, headerOf, type Slow } from './header.ts'
import { warmUp } from './warm-up.ts'

const BATCH = 500
/** Above this an open, a read and a close are not served from memory. */
const SLOW_FILE_MS = 1.5
const SLICE = 16
const SLOW_AT_ONCE = 4

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
  for (const run of runs(frames)) {
    throwIfCancelled(signal, 'Reading headers')
    const inArchive = archivePath(run[0]) !== null
    const found = inArchive
      ? await readArchivedHeaders(run, signal, shelf)
      : await readFileHeaders(run)
    headers.push(...(await finishAll(found, signal, shelf)))
  }
  return headers
}

/** Frames of one archive next to each other are read together, so that it is looked up once; files likewise. */
function runs(frames: readonly FrameRecord[]): FrameRecord[][] {
  const found: FrameRecord[][] = []
  for (const frame of frames) {
    const run = found.at(-1)
    if (run && archivePath(run[0]) === archivePath(frame)) run.push(frame)
    else found.push([frame])
  }
  return found
}

function archivePath(frame: FrameRecord | undefined): string | null {
  const source = frame?.location.source
  return source?.kind === 'zip' || source?.kind === 'tar' ? source.path : null
}

async function readFileHeaders(frames: readonly FrameRecord[]): Promise<(FrameHeader | Slow)[]> {
  const found: (FrameHeader | Slow)[] = []
  let slowDisk = false
  for (let from = 0; from < frames.length; from += SLICE) {
    const slice = frames.slice(from, from + SLICE)
    if (slowDisk) await warmUp(slice.map(({ location }) => filePath(location)))
    const began = performance.now()
    for (const frame of slice) found.push(readFileHeader(frame))
    slowDisk ||= performance.now() - began > SLICE * SLOW_FILE_MS
  }
  return found
}

function readFileHeader(frame: FrameRecord): FrameHeader | Slow {
  try {
    return withFile(filePath(frame.location) ?? '', (bytes, mtimeMs) =>
      headerOf(frame, bytes, mtimeMs),
    )
  } catch (error) {
    return failedHeader(frame, error)
  }
}

/** Those that must be read whole are, a few at a time: each may be large. */
async function finishAll(
  found: readonly (FrameHeader | Slow)[],
  signal: AbortSignal,
  shelf: ArchiveShelf,
): Promise<FrameHeader[]> {
  const headers: FrameHeader[] = []
  for (let from = 0; from < found.length; from += SLOW_AT_ONCE) {
    const some = found.slice(from, from + SLOW_AT_ONCE)
    if (!some.some((header) => 'slow' in header)) headers.push(...(some as FrameHeader[]))
    else {
      throwIfCancelled(signal, 'Reading headers')
      headers.push(
        ...(await Promise.all(
          some.map((one) => ('slow' in one ? finishSlowly(one, signal, shelf) : one)),
        )),
      )
    }
  }
  return headers
}
