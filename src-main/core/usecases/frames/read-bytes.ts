import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type {
  FrameBytes,
  FrameHeader,
  FrameLocation,
  FrameQuality,
  FrameRecord,
  FrameStrip,
} from '../../ports.ts'
import { type Deps, publishTask } from '../../usecase.ts'

/** How many neighbours are read ahead of and behind the frame a person looks at. */
const AHEAD = 4
const BEHIND = 2

/**
 * A frame's picture, and a hint to have its neighbours ready. A file that turns out to be gone or broken is remembered
 * as such, so that the problems list names it.
 * @throws FRAME_MISSING, IMAGE_UNREADABLE, NOT_FOUND
 */
export async function readFrameBytes(
  deps: Deps,
  taskId: TaskId,
  index: number,
  quality: FrameQuality,
  signal?: AbortSignal,
): Promise<FrameBytes> {
  const record = deps.store.frames.record(taskId, index)
  try {
    const bytes = await deps.reader.read(record, quality, signal)
    forgetProblem(deps, taskId, record)
    // A video's reader knows by itself which way the person goes.
    if (quality === 'display' && !isVideo(record)) prefetchAround(deps, taskId, index)
    return bytes
  } catch (error) {
    rememberProblem(deps, taskId, record, error)
    throw error
  }
}

/** Small pictures of some frames side by side. @throws as `readFrameBytes`, of a video */
export function readStrip(
  deps: Deps,
  taskId: TaskId,
  frames: readonly number[],
  signal?: AbortSignal,
): Promise<FrameStrip> {
  const records = frames.map((index) => deps.store.frames.record(taskId, index))
  return deps.reader.strip(records, signal)
}

const isVideo = ({ location }: FrameRecord) => location.source.kind === 'video'

function prefetchAround(deps: Deps, taskId: TaskId, index: number): void {
  const ahead = deps.store.frames.records(taskId, index + 1, AHEAD)
  const from = Math.max(0, index - BEHIND)
  const behind = index > from ? deps.store.frames.records(taskId, from, index - from) : []
  deps.reader.prefetch([...ahead, ...behind.reverse()])
}

function rememberProblem(deps: Deps, taskId: TaskId, record: FrameRecord, error: unknown): void {
  if (!(error instanceof AppError)) return
  const status = PROBLEMS.get(error.code)
  if (!status) return
  const noted = status === 'missing' && isVideo(record) ? firstOf(deps, taskId, record) : record
  if (noted.status !== status) setStatus(deps, taskId, noted, status, clauseOf(error))
}

const PROBLEMS: ReadonlyMap<string, 'missing' | 'unreadable'> = new Map([
  ['FRAME_MISSING', 'missing'],
  ['IMAGE_UNREADABLE', 'unreadable'],
  ['VIDEO_FRAME_UNREADABLE', 'unreadable'],
])

/** A video that was put back is the same video: none of its frames misses it any more, and this one can be decoded. */
function forgetProblem(deps: Deps, taskId: TaskId, record: FrameRecord): void {
  if (!isVideo(record)) return
  const first = firstOf(deps, taskId, record)
  const well = new Set([
    ...(first.status === 'missing' ? [first] : []),
    ...(record.status === 'ok' ? [] : [record]),
  ])
  for (const frame of well) setStatus(deps, taskId, frame, 'ok', null)
}

/** A video's frames are in one file, which is missing once and not once for each frame asked for meanwhile: that is kept here. */
function firstOf({ store }: Deps, taskId: TaskId, record: FrameRecord): FrameRecord {
  return record.index === 0 ? record : store.frames.record(taskId, 0)
}

function setStatus(
  deps: Deps,
  taskId: TaskId,
  record: FrameRecord,
  status: FrameHeader['status'],
  problem: string | null,
): void {
  const { index, width, height, orientation, fingerprint } = record
  const { sizeBytes } = record.location
  const facts = { width, height, orientation, sizeBytes, mtimeMs: null, fingerprint }
  deps.store.frames.setHeaders(taskId, [{ index, status, problem, ...facts }])
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
