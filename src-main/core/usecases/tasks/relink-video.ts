import { posix, resolve, sep } from 'node:path'
import type { TaskId } from '#shared/domain/ids.ts'
import type { FoundVideo, VideoFile } from '../../ports.ts'
import { type Deps, publishTask } from '../../usecase.ts'
import { enqueueVideoIndex } from './index-video.ts'

/**
 * Find a task's video again at or under `to`: the same bytes (size and fingerprint) under any name, else the file of the
 * same name, else the one file that was pointed at. What is another file gets an index of its own.
 * @throws MEDIA_NOT_FOUND, VIDEO_UNREADABLE, VIDEO_NO_PICTURES
 */
export async function relinkVideo(deps: Deps, taskId: TaskId, file: VideoFile, to: string) {
  const found = await deps.scanner.findVideos(to, new AbortController().signal)
  const video = bestOf(found, file, to)
  const { size } = deps.store.tasks.get(taskId)
  if (!video) return { found: 0, stillMissing: [baseOf(file.path)], stillMissingCount: size }
  deps.store.frames.relocateVideo(taskId, video, await deps.indexer.probe(video.path))
  enqueueVideoIndex(deps, taskId)
  publishTask(deps, taskId)
  return { found: size, stillMissing: [], stillMissingCount: 0 }
}

function bestOf(found: readonly FoundVideo[], file: VideoFile, to: string): FoundVideo | undefined {
  const same = found.filter((one) => one.fingerprint === file.fingerprint)
  const named = found.filter((one) => baseOf(one.path) === baseOf(file.path))
  const pointedAt = found.find((one) => one.path === resolve(to))
  return same.find((one) => named.includes(one)) ?? same[0] ?? named[0] ?? pointedAt
}

const baseOf = (path: string) => posix.basename(path.replaceAll(sep, '/'))
