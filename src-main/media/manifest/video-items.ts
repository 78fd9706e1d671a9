import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { FrameStream } from '../video/frame-stream.ts'
import { keyframeLine, videoHeadLines } from './lines.ts'
import type { ManifestKeyframe } from './manifest.ts'
import { createRgbChecksum } from './rgb-checksum.ts'

/**
 * CVAT's measure of a video that a server can show quickly: fewer than this many frames a keyframe, three of its chunks of 36
 * and one more.
 */
const FRAMES_A_KEYFRAME = 3 * 36 + 1

/** The loop lets others run (a person who cancels) after so much work. */
const TURN_MS = 50

export interface VideoManifestWork {
  readonly force: boolean
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): void
}

/**
 * Decode a video once from its start: the number of every keyframe is then certain. Listed are those that a seek really leads
 * to, with the same picture, since others are of no use to whoever reads the manifest.
 * @throws VIDEO_UNREADABLE, VIDEO_NO_PICTURES, MANIFEST_FEW_KEYFRAMES, CANCELLED
 */
export async function createVideoManifest(path: string, work: VideoManifestWork) {
  const stream = new FrameStream(path)
  // A seek empties the decoder; one thread then has its first frame soonest.
  const check = new FrameStream(path, 1)
  const checksum = createRgbChecksum()
  try {
    const { facts } = stream.input
    const found = await walk({ path, stream, check, checksum, work })
    const { keyframes, length } = found
    const { width, height } = facts
    return {
      head: videoHeadLines({ name: basename(path), width, height, length }),
      items: linesOf(keyframes),
      problems: problemsOf(found, facts.claimedFrames),
    }
  } finally {
    checksum.close()
    check.close()
    stream.close()
  }
}

async function* linesOf(keyframes: readonly ManifestKeyframe[]) {
  for (const keyframe of keyframes) yield keyframeLine(keyframe)
}

interface Walked {
  readonly keyframes: ManifestKeyframe[]
  readonly length: number
  /** Keyframes that a seek does not lead to. */
  readonly leftOut: number
}

interface Walk {
  readonly path: string
  readonly stream: FrameStream
  readonly check: FrameStream
  readonly checksum: ReturnType<typeof createRgbChecksum>
  readonly work: VideoManifestWork
}

async function walk({ path, stream, check, checksum, work }: Walk): Promise<Walked> {
  const keyframes: ManifestKeyframe[] = []
  const { decoder, input } = stream
  const cancelled = () => work.signal.aborted
  let marked = 0
  let length = 0
  let turn = performance.now()
  for (; stream.pull(cancelled) === 'frame'; length += 1) {
    if (decoder.frame.keyFrame === 1) {
      marked += 1
      if (!work.force) requireKeyframes(path, marked, length + 1)
      const keyframe = { number: length, pts: timeOf(stream), checksum: checksum.of(decoder.frame) }
      if (leadsTo(check, keyframe, checksum)) keyframes.push(keyframe)
    }
    if (performance.now() - turn < TURN_MS) continue
    work.progress(
      length,
      input.facts.claimedFrames,
      `${length.toLocaleString('en')} frames decoded`,
    )
    await nextTurn()
    turn = performance.now()
  }
  throwIfCancelled(work.signal, 'The manifest')
  if (length === 0)
    throw new AppError('VIDEO_NO_PICTURES', { path, detail: 'not a single frame can be decoded' })
  if (!work.force) requireKeyframes(path, keyframes.length, length)
  return { keyframes, length, leftOut: marked - keyframes.length }
}

function requireKeyframes(path: string, keyframes: number, frames: number): void {
  if (keyframes > 0 && Math.floor(frames / keyframes) < FRAMES_A_KEYFRAME) return
  throw new AppError('MANIFEST_FEW_KEYFRAMES', { path, keyframes, frames })
}

/** Where a container has no presentation time (AVI) its decoding time is the only one. */
function timeOf({ decoder }: FrameStream): number {
  const { pts, dts } = decoder.mark() ?? { pts: Number.NaN, dts: Number.NaN }
  return Number.isNaN(pts) ? dts : pts
}

/** Whether the first frame after a seek to this time is that frame. */
function leadsTo(
  check: FrameStream,
  { pts, checksum }: ManifestKeyframe,
  checksums: Walk['checksum'],
): boolean {
  if (Number.isNaN(pts) || !check.seek(pts) || check.pull(() => false) !== 'frame') return false
  return timeOf(check) === pts && checksums.of(check.decoder.frame) === checksum
}

function problemsOf({ length, leftOut }: Walked, claimed: number | null): string[] {
  const problems: string[] = []
  if (claimed !== null && claimed !== length)
    problems.push(`its container claims ${claimed} frames, and ${length} can be decoded`)
  if (leftOut > 0)
    problems.push(`${leftOut} of its keyframes cannot be reached by seeking and are not listed`)
  return problems
}
