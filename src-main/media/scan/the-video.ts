import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { isVideoName } from '#shared/media/video-names.ts'
import type { FoundVideo } from '../../core/ports.ts'
import { videoFile } from './video-file.ts'
import { walkFolder } from './walk-folder.ts'

interface Seen {
  /** Videos that were given by name. */
  readonly chosen: readonly string[]
  /** Videos in the folders that were given. */
  readonly below: readonly string[]
  /** The only thing given, when it is a file that nothing else claims. */
  readonly lone: readonly string[]
  readonly hasPictures: boolean
}

/**
 * The one video of a task; null where there is none.
 * @throws MEDIA_MIXED for two of them, or one given by name beside pictures; MEDIA_NOT_FOUND
 */
export async function theVideo({
  chosen,
  below,
  lone,
  hasPictures,
}: Seen): Promise<FoundVideo | null> {
  const videos = await filesOf([...new Set([...chosen, ...below])], true)
  const [first, second] = videos
  if (second) throw new AppError('MEDIA_MIXED', { path: second.path })
  if (first && hasPictures) throw new AppError('MEDIA_MIXED', { path: first.path })
  if (first) return first
  const [maybe] = await filesOf(lone, false)
  return maybe ?? null
}

/** See `MediaScanner.findVideos`. */
export async function findVideos(path: string, signal: AbortSignal): Promise<FoundVideo[]> {
  const root = resolve(path)
  const stats = await stat(root).catch((cause: unknown) => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  })
  if (!stats.isDirectory()) return filesOf([root], isVideoName(root))
  const { videos } = await walkFolder(root, { signal })
  return filesOf(
    videos.map((entry) => join(root, entry)),
    true,
  )
}

async function filesOf(paths: readonly string[], certain: boolean): Promise<FoundVideo[]> {
  const files = await Promise.all(paths.map((path) => videoFile(resolve(path), certain)))
  return files.filter((file) => file !== null)
}
