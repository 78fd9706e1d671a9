import { join, posix, resolve, sep } from 'node:path'
import type { TaskId } from '#shared/domain/ids.ts'
import type { FrameRecord, ScannedFrame, ScanResult } from '../../ports.ts'
import { type Deps, publishTask } from '../../usecase.ts'
import { existingPaths } from './create.ts'
import { relinkVideo } from './relink-video.ts'

const PAGE = 5000
const NAMED = 1000

/**
 * Find a task's frames again under `to`: by their name, else by the one file there with the same base name, else (a
 * renamed file) by the fingerprint its header was indexed with. Frames found nowhere keep their old place and are named.
 * @param from  only frames whose file was in this folder or archive, or is this file; by default all
 * @throws MEDIA_NOT_FOUND, MEDIA_NONE
 */
export async function relinkTask(deps: Deps, taskId: TaskId, to: string, from?: string) {
  const [path] = await existingPaths([to])
  const video = deps.store.videos.ofTask(taskId)
  if (video) return relinkVideo(deps, taskId, video, path ?? to)
  const { signal } = new AbortController()
  const found = await deps.scanner.scan([path ?? to], { signal, useManifest: false })
  const frames = [...allRecords(deps, taskId)].filter((frame) => wasUnder(frame, from))
  const matches = await matchFrames(deps, frames, found)
  const moves = matches.flatMap(({ frame, file }) =>
    file ? [{ index: frame.index, ...locationOf(file) }] : [],
  )
  const missing = matches.flatMap(({ frame, file }) => (file ? [] : [frame.name]))
  if (moves.length > 0) {
    deps.store.frames.relocate(taskId, found.sources, moves)
    deps.queue.enqueue('index', taskId, 'Reading headers', { taskId })
    publishTask(deps, taskId)
  }
  return {
    found: moves.length,
    stillMissing: missing.slice(0, NAMED),
    stillMissingCount: missing.length,
  }
}

function wasUnder({ location: { source, entry } }: FrameRecord, from: string | undefined): boolean {
  if (from === undefined) return true
  const place = source.kind === 'folder' ? join(source.path, entry) : source.path
  const root = resolve(from)
  return place === root || place.startsWith(root.endsWith(sep) ? root : root + sep)
}

interface Match {
  readonly frame: FrameRecord
  readonly file: ScannedFrame | null
}

async function matchFrames(
  deps: Deps,
  frames: readonly FrameRecord[],
  found: ScanResult,
): Promise<Match[]> {
  const byName = new Map(found.frames.map((file) => [file.name, file]))
  const byBase = uniqueBy(found.frames, (file) => posix.basename(file.name))
  const named = frames.map((frame) => ({
    frame,
    file:
      byName.get(frame.name) ??
      byName.get(frame.location.entry) ??
      byBase.get(posix.basename(frame.name)) ??
      null,
  }))
  if (named.every(({ file }) => file)) return named
  const taken = new Set(named.map(({ file }) => file))
  const rest = found.frames.filter((file) => !taken.has(file))
  const byFingerprint = await fingerprints(deps, rest, found)
  return named.map(({ frame, file }) => ({
    frame,
    file: file ?? byFingerprint.get(frame.fingerprint ?? '') ?? null,
  }))
}

/** Files by a key that only one of them has: what could be either of two is neither. */
function uniqueBy(files: readonly ScannedFrame[], key: (file: ScannedFrame) => string) {
  const unique = new Map<string, ScannedFrame | null>()
  for (const file of files) unique.set(key(file), unique.has(key(file)) ? null : file)
  return unique
}

/** Reads the headers of files nobody claimed by name, as if they were frames. */
async function fingerprints(deps: Deps, files: readonly ScannedFrame[], { sources }: ScanResult) {
  const records = files.flatMap((file, index): FrameRecord[] => {
    const source = sources[file.sourceIndex]
    const blank = {
      deleted: false,
      checked: false,
      fingerprint: null,
      problem: null,
      orientation: 1,
    } as const
    const size = { width: null, height: null, status: 'pending' } as const
    return source
      ? [{ ...blank, ...size, index, name: file.name, location: { ...file, source } }]
      : []
  })
  const known = new Map<string, ScannedFrame | null>()
  for await (const headers of deps.scanner.readHeaders(records, new AbortController().signal)) {
    for (const { index, fingerprint } of headers) {
      const file = files[index]
      if (file && fingerprint) known.set(fingerprint, known.has(fingerprint) ? null : file)
    }
  }
  return known
}

function* allRecords(deps: Deps, taskId: TaskId): Iterable<FrameRecord> {
  const { size } = deps.store.tasks.get(taskId)
  for (let from = 0; from < size; from += PAGE) yield* deps.store.frames.records(taskId, from, PAGE)
}

const locationOf = ({ sourceIndex, entry, offset, related = [] }: ScannedFrame) => ({
  sourceIndex,
  entry,
  offset,
  related,
})
