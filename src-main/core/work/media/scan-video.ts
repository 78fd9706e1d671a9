import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TaskId } from '#shared/domain/ids.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { copiedMediaDir } from '../../data-layout.ts'
import type { FoundVideo, VideoFile } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { takeDescription } from './described-video.ts'
import { makeFolder } from './make-folder.ts'

export interface VideoScan {
  readonly taskId: TaskId
  readonly startFrame: number
  readonly stopFrame: number | null
  /** null = CVAT's default. */
  readonly overlap: number | null
  readonly copyData: boolean
}

/** FFmpeg reads these too, and they are text or still pictures. */
const NO_VIDEO = /_pipe$|^image2|^(tty|gif|apng|ico|bin|xbin|adf|idf|sbg|webp_anim)$/
const MIB = 1024 ** 2

/**
 * Make a task of one video: its frames are as many as the container says, or as there are packets where it does not say.
 * Either is right for nearly every file; the whole decode that follows (index-video.ts) has the last word.
 * @throws VIDEO_UNREADABLE, VIDEO_NO_PICTURES, MEDIA_NONE, MANIFEST_MISMATCH, INPUT_INVALID, DISK_FULL, CANCELLED
 */
export async function scanVideo(
  deps: WorkDeps,
  found: FoundVideo,
  scan: VideoScan,
  hooks: WorkHooks,
): Promise<void> {
  const facts = await probe(deps, found)
  hooks.preview(scan.taskId, firstFrame(found, scan.startFrame), facts.claimedFrames ?? 1)
  const file = scan.copyData ? await copyVideo(deps, scan.taskId, found, hooks) : found
  if (found.manifest) await takeDescription(deps, found.manifest, { file, facts }, hooks)
  const frameCount = await countFrames(deps, file, facts, hooks)
  const { stopFrame, overlap } = scan
  deps.store.frames.setVideo(scan.taskId, { file, facts, frameCount, stopFrame, overlap })
}

/** A lone file of an unknown kind that FFmpeg cannot read is no broken video: it is none. */
async function probe(deps: WorkDeps, { path, certain }: FoundVideo): Promise<VideoFacts> {
  const none = () => new AppError('MEDIA_NONE', { paths: path, sawFiles: 1 })
  const facts = await deps.indexer.probe(path).catch((error: unknown) => {
    const isNoVideo = error instanceof AppError && error.code.startsWith('VIDEO_')
    throw isNoVideo && !certain ? none() : error
  })
  if (!certain && facts.container.split(',').some((name) => NO_VIDEO.test(name))) throw none()
  return facts
}

function firstFrame({ path, sizeBytes }: VideoFile, offset: number) {
  return {
    source: { kind: 'video', path },
    entry: '',
    offset,
    sizeBytes,
    name: videoFrameName(offset),
  } as const
}

/** What a frame of a video is called; the number is its own in the video, whatever the task begins with. */
export const videoFrameName = (n: number) => `frame_${String(n).padStart(6, '0')}`

/** Frames of the whole video, as far as known by now: of a known file, as the container says, or its packets. */
export async function countFrames(
  { store, indexer }: WorkDeps,
  file: VideoFile,
  { claimedFrames, durationSec, frameRate }: VideoFacts,
  hooks: WorkHooks,
): Promise<number> {
  const known = store.videos.find(file)
  if (known) return known.pts.length
  // A frame takes a byte at least, and no file holds ten times what it plays: more is a damaged header.
  const most = Math.min(file.sizeBytes, 10 * (durationSec ?? 0) * frameRate || file.sizeBytes)
  if (claimedFrames !== null && claimedFrames > 0 && claimedFrames <= most) return claimedFrames
  const index = await indexer.readPackets(file.path, {
    signal: hooks.signal,
    progress: (done, total) =>
      hooks.progress(done, total, `${done.toLocaleString('en')} frames found`),
  })
  store.videos.save(file, index)
  return index.pts.length
}

/** "Copy data": whole or not at all. @throws DISK_FULL, CANCELLED, FRAME_MISSING */
async function copyVideo(
  { dataDir }: WorkDeps,
  taskId: TaskId,
  found: FoundVideo,
  { signal, progress }: WorkHooks,
): Promise<VideoFile> {
  const root = copiedMediaDir(dataDir, taskId)
  const path = join(root, basename(found.path))
  const total = found.sizeBytes
  let done = 0
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, next) {
      done += chunk.length
      try {
        progress(done, total, `${Math.round(done / MIB)} of ${Math.round(total / MIB)} MiB copied`)
        next(null, chunk)
      } catch (error) {
        next(error as Error)
      }
    },
  })
  try {
    await makeFolder(root)
    await pipeline(createReadStream(found.path), counted, createWriteStream(path), { signal })
  } catch (cause) {
    await rm(root, { recursive: true, force: true })
    throw copyError(cause, found.path, path)
  }
  const { size, mtimeMs } = await stat(path)
  return { path, sizeBytes: size, mtimeMs, fingerprint: found.fingerprint }
}

function copyError(cause: unknown, from: string, to: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('DISK_FULL', { path: to }, { cause })
  if (code === 'ABORT_ERR') return new AppError('CANCELLED', { what: 'Copying the video' })
  if (code === 'ENOENT') return new AppError('FRAME_MISSING', { path: from, frame: 0 }, { cause })
  return cause
}
