import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Frame } from 'node-av/lib'
import { AppError } from '#shared/errors/app-error.ts'
import type { VideoIndex } from '../../core/ports.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { decodeAllFrames, type OnFrame } from '../video/decode-all.ts'
import { keyframeLine, videoHeadLines } from './lines.ts'
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
 * Decode a video once from its start: the number of every keyframe is then certain. Listed are those whose packet alone gives the
 * same picture, since others are of no use to whoever reads the manifest.
 * @throws VIDEO_UNREADABLE, VIDEO_NO_PICTURES, MANIFEST_FEW_KEYFRAMES, CANCELLED
 */
export async function createVideoManifest(path: string, work: VideoManifestWork) {
  const { index, sums } = await walk(path, work)
  const { facts, pts, keyframes } = index
  const { width, height } = facts
  const listed = [...keyframes].filter((number) => sums.has(number) && !Number.isNaN(pts[number]))
  if (!work.force) requireKeyframes(path, listed.length, pts.length)
  const lines = listed.map((number) =>
    keyframeLine({ number, pts: pts[number] ?? 0, checksum: sums.get(number) ?? null }),
  )
  return {
    head: videoHeadLines({ name: basename(path), width, height, length: pts.length }),
    items: inTurn(lines),
    problems: problemsOf(index, sums.size - listed.length),
  }
}

async function* inTurn(lines: readonly string[]) {
  yield* lines
}

/** The whole decode's index, and the checksum of every frame that the decoder calls a keyframe. */
async function walk(path: string, work: VideoManifestWork) {
  const checksum = createRgbChecksum()
  const sums = new Map<number, string>()
  const onFrame: OnFrame = (n: number, frame: Frame) => {
    if (frame.keyFrame !== 1) return
    sums.set(n, checksum.of(frame))
    if (!work.force) requireKeyframes(path, sums.size, n + 1)
  }
  const decoding = decodeAllFrames(path, onFrame)
  try {
    return { index: await finished(decoding, work), sums }
  } finally {
    decoding.return(undefined as never)
    checksum.close()
  }
}

async function finished(
  decoding: ReturnType<typeof decodeAllFrames>,
  { signal, progress }: VideoManifestWork,
): Promise<VideoIndex> {
  let turn = performance.now()
  for (;;) {
    const step = decoding.next()
    if (step.done) return step.value
    if (performance.now() - turn < TURN_MS) continue
    progress(step.value, null, `decoded up to frame ${step.value.toLocaleString('en')}`)
    await nextTurn()
    throwIfCancelled(signal, 'The manifest')
    turn = performance.now()
  }
}

function requireKeyframes(path: string, keyframes: number, frames: number): void {
  if (keyframes > 0 && Math.floor(frames / keyframes) < FRAMES_A_KEYFRAME) return
  throw new AppError('MANIFEST_FEW_KEYFRAMES', { path, keyframes, frames })
}

function problemsOf({ facts, pts, problems }: VideoIndex, leftOut: number): string[] {
  const { claimedFrames } = facts
  const told = [...problems]
  if (claimedFrames !== null && claimedFrames !== pts.length)
    told.push(`its container claims ${claimedFrames} frames, and ${pts.length} can be decoded`)
  if (leftOut > 0) told.push(`${leftOut} of its keyframes need earlier pictures and are not listed`)
  return told
}
