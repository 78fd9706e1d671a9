import { z } from 'zod'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { VideoFile, VideoIndex, VideoWork } from '../../ports.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'

const params = z.object({ taskId: taskIdSchema })

/**
 * Make certain which frames a video has: first from its packets (the disk's speed), then from a whole decode. Each time
 * the task gets as many frames as there really are. Tasks of the same file share the index, so the second one is done at
 * once. The task can be worked on all the time, and if this is cancelled, too.
 */
export const indexVideo: Work = async (deps, given, hooks) => {
  const { taskId } = params.parse(given)
  const file = await currentFile(deps, taskId, hooks.signal)
  let index = deps.store.videos.find(file)
  // One that is stored and not verified may have come out of a manifest.
  if (!index?.verified) index = await packetsOf(deps, taskId, file, hooks)
  if (!index.verified) {
    const decoding = workOf(hooks, 'frames decoded')
    // Only here: a frame that is far away may be waiting for the packets' times, which must not wait for it in turn.
    const work: VideoWork = {
      ...decoding,
      progress(done, total) {
        hooks.standBack()
        decoding.progress(done, total)
      },
    }
    const proxy = deps.store.settings.all().videoProxy !== false
    index = await deps.indexer.decodeAll(file.path, work, { proxy })
    settle(deps, hooks, taskId, index, file)
  } else settle(deps, hooks, taskId, index)
  const { problems, pts } = index
  return { frames: pts.length, problems: problems.slice(0, 1000) }
}

/** The packets alone, for a video whose turn to be decoded has not come. */
export async function readPackets(
  deps: WorkDeps,
  taskId: TaskId,
  hooks: WorkHooks,
): Promise<{ frames: number }> {
  const file = await currentFile(deps, taskId, hooks.signal)
  const index = deps.store.videos.find(file) ?? (await packetsOf(deps, taskId, file, hooks))
  return { frames: index.pts.length }
}

async function packetsOf(
  deps: WorkDeps,
  taskId: TaskId,
  file: VideoFile,
  hooks: WorkHooks,
): Promise<VideoIndex> {
  const index = await deps.indexer.readPackets(file.path, workOf(hooks, 'frames found'))
  // Meanwhile another task of the same file may have been decoded to its end, which is better.
  const known = deps.store.videos.find(file)
  if (known?.verified) return known
  settle(deps, hooks, taskId, index, file)
  return index
}

/**
 * The task's file as it is now. One that was changed since (another time or size) is another file to the store.
 * @throws FRAME_MISSING, INPUT_INVALID for a task of pictures
 */
async function currentFile(
  { store, indexer, scanner }: WorkDeps,
  taskId: TaskId,
  signal: AbortSignal,
): Promise<VideoFile> {
  const file = store.videos.ofTask(taskId)
  if (!file) {
    const problem = 'it is made of pictures'
    throw new AppError('INPUT_INVALID', { where: `task ${taskId}`, problem })
  }
  const [now] = await scanner.findVideos(file.path, signal).catch((cause: unknown) => {
    throw new AppError('FRAME_MISSING', { path: file.path, frame: 0 }, { cause })
  })
  if (!now || (now.sizeBytes === file.sizeBytes && now.mtimeMs === file.mtimeMs)) return file
  store.frames.relocateVideo(taskId, now, await indexer.probe(file.path))
  return now
}

/** "12,000 of 216,000 frames decoded". */
function workOf({ signal, progress }: WorkHooks, what: string): VideoWork {
  const shown = (count: number) => count.toLocaleString('en')
  return {
    signal,
    progress: (done, total) => {
      const share = total === null ? shown(done) : `${shown(done)} of ${shown(total)}`
      progress(done, total, `${share} ${what}`)
    },
  }
}

/**
 * Fitted before it is stored: other threads read the task meanwhile, and one that calls itself verified has as many frames as
 * there are.
 * @param found  the file, where its index is new
 */
function settle(
  { store }: WorkDeps,
  hooks: WorkHooks,
  taskId: TaskId,
  index: VideoIndex,
  found?: VideoFile,
): void {
  store.frames.fitVideo(taskId, index.pts.length)
  if (found) store.videos.save(found, index)
  hooks.event({ type: 'task', id: taskId, task: store.tasks.get(taskId) })
}
