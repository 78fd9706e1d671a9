import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FrameBytes, FrameLocation, FrameRecord } from '../../ports.ts'
import { type Deps, publishTask } from '../../usecase.ts'

/** How many neighbours are read ahead of and behind the frame a person looks at. */
const AHEAD = 4
const BEHIND = 2

type Quality = 'original' | 'upright' | 'display' | 'thumbnail' | 'deep'

/**
 * A frame's picture, and a hint to have its neighbours ready. A file that turns out to be gone or broken is remembered
 * as such, so that the problems list names it.
 * @throws FRAME_MISSING, IMAGE_UNREADABLE, NOT_FOUND
 */
export async function readFrameBytes(
  deps: Deps,
  taskId: TaskId,
  index: number,
  quality: Quality,
  signal?: AbortSignal,
): Promise<FrameBytes> {
  const record = deps.store.frames.record(taskId, index)
  try {
    const bytes = await deps.reader.read(record, quality, signal)
    if (quality === 'display') prefetchAround(deps, taskId, index)
    return bytes
  } catch (error) {
    rememberProblem(deps, taskId, record, error)
    throw error
  }
}

function prefetchAround(deps: Deps, taskId: TaskId, index: number): void {
  const ahead = deps.store.frames.records(taskId, index + 1, AHEAD)
  const from = Math.max(0, index - BEHIND)
  const behind = index > from ? deps.store.frames.records(taskId, from, index - from) : []
  deps.reader.prefetch([...ahead, ...behind.reverse()])
}

function rememberProblem(deps: Deps, taskId: TaskId, record: FrameRecord, error: unknown): void {
  if (!(error instanceof AppError)) return
  const status = { FRAME_MISSING: 'missing', IMAGE_UNREADABLE: 'unreadable' }[
    error.code as 'FRAME_MISSING' | 'IMAGE_UNREADABLE'
  ] as 'missing' | 'unreadable' | undefined
  if (!status || record.status === status) return
  deps.store.frames.setHeaders(taskId, [
    {
      index: record.index,
      status,
      width: record.width,
      height: record.height,
      orientation: record.orientation,
      sizeBytes: record.location.sizeBytes,
      mtimeMs: null,
      fingerprint: record.fingerprint,
      problem: clauseOf(error),
    },
  ])
  publishTask(deps, taskId)
}

/** Why, as a clause: the catalogue's sentences say the name, which the list shows beside it anyway. */
function clauseOf(error: AppError): string {
  const { detail } = error.params as { detail?: string }
  return detail ?? 'the file is gone'
}

/** First pictures of scans that are still running, told by the workers. */
export function createPreviews() {
  const locations = new Map<TaskId, FrameLocation & { name: string }>()
  return {
    set: (taskId: TaskId, location: FrameLocation & { name: string }) =>
      locations.set(taskId, location),
    forget: (taskId: TaskId) => locations.delete(taskId),
    /** @throws NOT_FOUND */
    get(taskId: TaskId) {
      const location = locations.get(taskId)
      if (!location) throw new AppError('NOT_FOUND', { what: 'preview of task', id: taskId })
      return location
    },
  }
}
