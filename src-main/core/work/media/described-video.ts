import type { VideoFacts } from '#shared/domain/video.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { VideoDescription, VideoFile, VideoIndex } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'

/**
 * Take what a manifest says of a video: it must agree with the container about the size, and about the number of frames. Where the
 * container counts otherwise or not at all, its packets are counted. An index made from the keyframes is stored, so that seeking works
 * before anything is read; the packets, and then a whole decode, replace it.
 * @throws MANIFEST_MISMATCH, VIDEO_UNREADABLE, CANCELLED
 */
export async function takeDescription(
  { store, indexer }: Pick<WorkDeps, 'store' | 'indexer'>,
  description: VideoDescription,
  { file, facts }: { file: VideoFile; facts: VideoFacts },
  hooks: Pick<WorkHooks, 'signal' | 'progress'>,
): Promise<void> {
  requireSize(description, facts)
  let index = store.videos.find(file)
  if (!index && facts.claimedFrames !== description.length) {
    const message = (done: number) => `${done.toLocaleString('en')} frames found`
    index = await indexer.readPackets(file.path, {
      signal: hooks.signal,
      progress: (done, total) => hooks.progress(done, total, message(done)),
    })
    store.videos.save(file, index)
  }
  if (index) return requireFrames(description, index)
  const made = indexFrom(description, facts)
  if (made) store.videos.save(file, made)
}

/**
 * The frames of a video of one rate, from its keyframes alone; null when the keyframes' times do not lie on one rate, for the times
 * between them are then anybody's guess. Not verified: a file may have any times between two keyframes.
 */
export function indexFrom(
  { keyframes, length }: VideoDescription,
  facts: VideoFacts,
): VideoIndex | null {
  const step = stepBetween(keyframes) ?? stepOf(facts)
  const [first] = keyframes
  if (!first || step === null || !Number.isInteger(step) || step <= 0) return null
  if (first.number !== 0) return null
  if (keyframes.some(({ number, pts }) => pts !== first.pts + number * step)) return null
  return {
    facts,
    pts: Float64Array.from({ length }, (_, at) => first.pts + at * step),
    keyframes: Uint32Array.from(keyframes, ({ number }) => number),
    checksums: new Uint32Array(),
    verified: false,
    problems: [],
  }
}

function stepBetween([first, second]: VideoDescription['keyframes']): number | null {
  return first && second ? (second.pts - first.pts) / (second.number - first.number) : null
}

function stepOf({ frameRate, timeBase }: VideoFacts): number | null {
  return frameRate > 0 ? timeBase.den / (frameRate * timeBase.num) : null
}

/** A turned video may be described as it lies in the file, as older tools do. */
function requireSize(
  { path, width, height }: VideoDescription,
  { width: w, height: h, rotation }: VideoFacts,
): void {
  const lying = rotation % 180 === 90 && width === h && height === w
  if (lying || (width === w && height === h)) return
  const differences = `the video is ${w} × ${h} pixels and not ${width} × ${height}`
  throw new AppError('MANIFEST_MISMATCH', { path, differences })
}

function requireFrames({ path, length }: VideoDescription, { pts }: VideoIndex): void {
  if (pts.length === length) return
  const differences = `the video has ${pts.length} frames and not ${length}`
  throw new AppError('MANIFEST_MISMATCH', { path, differences })
}
