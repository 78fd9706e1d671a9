import { basename } from 'node:path'
import type { TaskId } from '#shared/domain/ids.ts'
import type { FrameRecord, ScannedFrame, ScanResult } from '../../ports.ts'
import { type Deps, publishTask } from '../../usecase.ts'
import { existingPaths } from './create.ts'

const PAGE = 5000
const NAMED = 1000

type Move = { index: number; sourceIndex: number; entry: string; offset: number | null }

/**
 * Find a task's frames again under `to`: by their name, else by the one file there with the same base name, else by
 * the one with the same size. Frames found nowhere keep their old place and are named.
 */
export async function relinkTask(deps: Deps, taskId: TaskId, to: string) {
  const [path] = await existingPaths([to])
  const found = await deps.scanner.scan([path ?? to], { signal: new AbortController().signal })
  const candidates = indexCandidates(found)
  const moves: Move[] = []
  const missing: string[] = []
  for (const frame of allRecords(deps, taskId)) {
    const candidate = candidates.find(frame)
    if (candidate) moves.push({ index: frame.index, ...candidate })
    else missing.push(frame.name)
  }
  if (moves.length > 0) {
    deps.store.frames.relocate(taskId, found.sources, moves)
    deps.queue.enqueue('index', taskId, `Reading headers`, { taskId })
    publishTask(deps, taskId)
  }
  return {
    found: moves.length,
    stillMissing: missing.slice(0, NAMED),
    stillMissingCount: missing.length,
  }
}

function* allRecords(deps: Deps, taskId: TaskId): Iterable<FrameRecord> {
  const { size } = deps.store.tasks.get(taskId)
  for (let from = 0; from < size; from += PAGE) yield* deps.store.frames.records(taskId, from, PAGE)
}

function indexCandidates(found: ScanResult) {
  const byName = new Map<string, ScannedFrame>()
  const byBase = new Map<string, ScannedFrame | null>()
  for (const frame of found.frames) {
    byName.set(frame.name, frame)
    const base = basename(frame.name)
    byBase.set(base, byBase.has(base) ? null : frame)
  }
  return {
    /** A file of the same base name but another size is another picture: it does not count. */
    find(frame: FrameRecord) {
      const hit = byName.get(frame.name) ?? byBase.get(basename(frame.name))
      if (!hit) return null
      const size = frame.location.sizeBytes
      if (size !== null && hit.sizeBytes !== null && size !== hit.sizeBytes) return null
      return { sourceIndex: hit.sourceIndex, entry: hit.entry, offset: hit.offset }
    },
  }
}
