import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RestoredTask, ScannedFrame, ScanResult } from '../../ports.ts'
import { countFrames } from '../media/scan-video.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import type { ArchivedMedia } from './media-kind.ts'

export interface Listed {
  readonly frameCount: number
}

interface Listing {
  readonly id: TaskId
  /** The folder the media were taken out to. */
  readonly root: string
  readonly task: RestoredTask
  readonly media: ArchivedMedia
  /** The archive, for messages. */
  readonly file: string
}

/** Make a task's frames of media that lie in its folder. */
export async function listMedia(
  deps: WorkDeps,
  listing: Listing,
  hooks: WorkHooks,
): Promise<Listed> {
  const { id, root, task, media } = listing
  if (task.isOwn && media.kind === 'pictures') {
    const frames = await ownFrames(listing)
    deps.store.frames.setAll(id, [{ kind: 'folder', path: root }], frames, frames.length)
    return { frameCount: frames.length }
  }
  const found = await deps.scanner.scan(media.paths(root), {
    signal: hooks.signal,
    useManifest: false,
  })
  if (found.video) return listVideo(deps, listing, found.video, hooks)
  const frames = selected(deps, listing, found)
  deps.store.frames.setAll(id, found.sources, frames, frames.length)
  return { frameCount: frames.length }
}

/** As they were, whatever their files are called. A lost picture is lost here, too: what stood in its place is not shown. */
async function ownFrames({ task, file }: Listing): Promise<ScannedFrame[]> {
  const there = new Map(task.data.map((one) => [one.path, one]))
  const place = { sourceIndex: 0, offset: null, mtimeMs: null }
  const frames: ScannedFrame[] = []
  for await (const { name, file: path, related, isMissing } of task.frames()) {
    const found = there.get(path)
    if (!found) {
      const problem = `the picture of "${name}" is not in the archive`
      throw new AppError('BACKUP_INVALID', { file, where: `data/${path}`, problem })
    }
    const context = related.flatMap((entry) => {
      const sizeBytes = there.get(entry)?.sizeBytes
      return sizeBytes === undefined ? [] : [{ entry, offset: null, sizeBytes }]
    })
    frames.push({
      ...place,
      name,
      entry: isMissing ? `${path}.lost` : path,
      sizeBytes: isMissing ? null : found.sizeBytes,
      ...(context.length > 0 ? { related: context } : {}),
    })
  }
  if (frames.length === 0)
    throw new AppError('BACKUP_INVALID', {
      file,
      where: 'fieldmark.jsonl',
      problem: 'it names no picture',
    })
  return frames
}

/** @throws BACKUP_INVALID for pictures that are named and not there */
function selected(
  { scanner }: WorkDeps,
  { id, task, file }: Listing,
  { frames }: ScanResult,
): ScannedFrame[] {
  const { sortingMethod, ...range } = task.media
  if (task.order === null) return scanner.select(frames, { ...range, sortingMethod, seed: id })
  const byName = new Map(frames.map((frame) => [frame.name, frame]))
  const ordered = task.order.map((name) => {
    const frame = byName.get(name)
    if (frame) return frame
    const problem = 'the order of the pictures names it, and it is not there'
    throw new AppError('BACKUP_INVALID', { file, where: `data/${name}`, problem })
  })
  return scanner.select(ordered, { ...range, sortingMethod: 'predefined', seed: id })
}

/**
 * A video has at least the frames its jobs are about: CVAT has decoded it. What a whole decode finds here has the last word.
 */
async function listVideo(
  deps: WorkDeps,
  { id, task, file: archive }: Listing,
  file: NonNullable<ScanResult['video']>,
  hooks: WorkHooks,
): Promise<Listed> {
  const facts = await deps.indexer.probe(file.path)
  const counted = await countFrames(deps, file, facts, hooks)
  const { startFrame, stopFrame, frameStep } = task.media
  const needed = startFrame + (framesOfJobs(task.jobs) - 1) * frameStep + 1
  if (needed > counted) await requirePackets(deps, file, needed, archive, hooks)
  const frameCount = Math.max(counted, needed)
  // Nothing lies between it and the end: it was never asked for to stop there.
  const isLast = stopFrame === null || stopFrame + frameStep >= frameCount
  const { overlap } = task
  deps.store.frames.setVideo(id, {
    file,
    facts,
    frameCount,
    stopFrame: isLast ? null : stopFrame,
    overlap,
  })
  const last = isLast ? frameCount - 1 : stopFrame
  return { frameCount: Math.floor((last - startFrame) / frameStep) + 1 }
}

/** How many frames the jobs are about. */
export function framesOfJobs(jobs: RestoredTask['jobs']): number {
  return jobs.reduce((most, { stopFrame }) => Math.max(most, stopFrame + 1), 0)
}

/** A packet holds a frame, two at the most. */
const FRAMES_A_PACKET = 2

/** The container may claim too few frames, but not a few for thousands. @throws BACKUP_INVALID */
async function requirePackets(
  { indexer, store }: WorkDeps,
  video: NonNullable<ScanResult['video']>,
  needed: number,
  file: string,
  hooks: WorkHooks,
): Promise<void> {
  const index = await indexer.readPackets(video.path, {
    signal: hooks.signal,
    progress: (done, total) => hooks.progress(done, total, 'frames found'),
  })
  store.videos.save(video, index)
  const { length } = index.pts
  if (needed <= length * FRAMES_A_PACKET) return
  const problem = `the jobs are about frames up to ${needed - 1}, and the video has ${length}`
  throw new AppError('BACKUP_INVALID', { file, where: 'data/', problem })
}
