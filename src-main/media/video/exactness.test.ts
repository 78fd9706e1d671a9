/** Every frame by random access equals the sequential decode, whatever the container, codec and the lies of the flags. */
import { join } from 'node:path'
import { AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUVJ420P } from 'node-av/constants'
import { describe, expect, test } from 'vitest'
import type { VideoIndex } from '#main/core/ports.ts'
import { folderOf } from '../testing/folder.ts'
import { type Clip, cut, damage, makeVideo } from '../testing/videos.ts'
import { checksumOf } from './checksum.ts'
import { decodeAllFrames } from './decode-all.ts'
import { FrameStream } from './frame-stream.ts'
import { openVideoSession } from './session.ts'

const X264 = 'libx264'
const QUICK = { preset: 'veryfast', 'x264-params': 'scenecut=0:keyint_min=1' }
const never = { cancelled: () => false }

interface Case {
  readonly name: string
  readonly file: string
  readonly clip: Clip
  /** What happens to the file afterwards. */
  readonly after?: (path: string) => unknown
  /** Frames that come out; all 40 by default, null where the damage decides. */
  readonly frames?: number | null
}

const h264 = (more: Partial<Clip> = {}): Clip => ({
  codec: X264,
  bFrames: 2,
  options: QUICK,
  ...more,
})

const CASES: readonly Case[] = [
  { name: 'H.264, a keyframe each', file: 'a.mp4', clip: h264({ gop: 1, bFrames: 0 }) },
  { name: 'H.264 with B-frames in MP4', file: 'a.mp4', clip: h264() },
  { name: 'H.264 with B-frames in Matroska', file: 'a.mkv', clip: h264() },
  { name: 'H.264 with B-frames in MOV', file: 'a.mov', clip: h264() },
  { name: 'H.264 with B-frames in AVI, which knows no times', file: 'a.avi', clip: h264() },
  { name: 'H.264 with B-frames in a transport stream', file: 'a.ts', clip: h264() },
  { name: 'H.264 without a container', file: 'a.h264', clip: h264() },
  { name: 'H.264, one keyframe only', file: 'a.mp4', clip: h264({ gop: 250 }) },
  { name: 'H.264, one keyframe only, in AVI', file: 'a.avi', clip: h264({ gop: 250 }) },
  {
    name: 'H.264, open GOPs',
    file: 'a.mp4',
    clip: h264({ options: { 'x264-params': 'open-gop=1:scenecut=0:keyint=10:bframes=3' } }),
  },
  {
    name: 'H.264, open GOPs in a transport stream',
    file: 'a.ts',
    clip: h264({ options: { 'x264-params': 'open-gop=1:scenecut=0:keyint=10:bframes=3' } }),
  },
  {
    name: 'H.264, open GOPs in AVI',
    file: 'a.avi',
    clip: h264({ options: { 'x264-params': 'open-gop=1:scenecut=0:keyint=10:bframes=3' } }),
  },
  {
    name: 'H.264, refreshed bit by bit, no keyframe but the first',
    file: 'a.mp4',
    clip: h264({ bFrames: 0, options: { 'x264-params': 'intra-refresh=1:keyint=12' } }),
  },
  {
    name: 'H.264, fields',
    file: 'a.mp4',
    clip: h264({ options: { flags: '+ildct+ilme', 'x264-params': 'tff=1:keyint=8:scenecut=0' } }),
  },
  { name: 'every packet flagged', file: 'a.mp4', clip: h264({ gop: 250, flag: () => true }) },
  { name: 'every packet flagged, Matroska', file: 'a.mkv', clip: h264({ flag: () => true }) },
  { name: 'no packet flagged', file: 'a.mkv', clip: h264({ flag: () => false }) },
  { name: 'only the first packet flagged', file: 'a.mp4', clip: h264({ flag: (at) => at === 0 }) },
  {
    name: 'the wrong packets flagged',
    file: 'a.mp4',
    clip: h264({ flag: (at) => at % 7 === 0 }),
  },
  {
    name: 'the wrong packets flagged, MPEG-4 in AVI',
    file: 'a.avi',
    clip: { codec: 'mpeg4', flag: (at) => at % 5 === 0 },
  },
  {
    name: 'a variable frame rate',
    file: 'a.mp4',
    clip: h264({ time: (n) => n * 3000 + (n % 3) * 700 + (n > 20 ? 90_000 : 0) }),
  },
  { name: 'an odd start', file: 'a.mkv', clip: h264({ time: (n) => 123_457 + n * 3003 }) },
  { name: 'an odd start, MP4', file: 'a.mp4', clip: h264({ time: (n) => 123_457 + n * 3003 }) },
  {
    name: 'a start before zero, cut by an edit list',
    file: 'a.mp4',
    clip: h264({ time: (n) => (n - 5) * 3000, container: { use_editlist: '1' } }),
    frames: null,
  },
  {
    name: 'H.264 fragmented',
    file: 'a.mp4',
    clip: h264({ container: { movflags: 'frag_keyframe+empty_moov' } }),
  },
  {
    name: 'HEVC, open GOPs',
    file: 'a.mp4',
    clip: {
      codec: 'libx265',
      options: { 'x265-params': 'log-level=none:keyint=10:open-gop=1:bframes=3' },
    },
  },
  {
    name: 'HEVC in Matroska',
    file: 'a.mkv',
    clip: {
      codec: 'libx265',
      options: { 'x265-params': 'log-level=none:keyint=10:open-gop=0:bframes=3' },
    },
  },
  {
    name: 'VP9 with hidden frames',
    file: 'a.webm',
    clip: {
      codec: 'libvpx-vp9',
      options: {
        deadline: 'realtime',
        'cpu-used': '8',
        'auto-alt-ref': '1',
        'lag-in-frames': '10',
      },
    },
  },
  {
    name: 'VP8 with hidden frames',
    file: 'a.webm',
    clip: {
      codec: 'libvpx',
      options: {
        deadline: 'realtime',
        'cpu-used': '8',
        'auto-alt-ref': '1',
        'lag-in-frames': '10',
      },
    },
  },
  {
    name: 'AV1',
    file: 'a.mkv',
    clip: { codec: 'libsvtav1', options: { preset: '12', 'svtav1-params': 'lp=1' } },
  },
  {
    name: 'AV1 in MP4',
    file: 'a.mp4',
    clip: { codec: 'libsvtav1', options: { preset: '12', 'svtav1-params': 'lp=1' } },
  },
  { name: 'MPEG-4 with B-frames in AVI', file: 'a.avi', clip: { codec: 'mpeg4', bFrames: 2 } },
  { name: 'MPEG-4 in MP4', file: 'a.mp4', clip: { codec: 'mpeg4', bFrames: 2 } },
  { name: 'MPEG-2 in a transport stream', file: 'a.ts', clip: { codec: 'mpeg2video', bFrames: 2 } },
  {
    name: 'MJPEG in AVI',
    file: 'a.avi',
    clip: { codec: 'mjpeg', pixelFormat: AV_PIX_FMT_YUVJ420P },
  },
  {
    name: 'ProRes',
    file: 'a.mov',
    clip: { codec: 'prores_ks', pixelFormat: AV_PIX_FMT_YUV422P10LE },
  },
  { name: 'FFV1', file: 'a.mkv', clip: { codec: 'ffv1', gop: 8 } },
  {
    name: 'FFV1, damaged in its middle',
    file: 'a.mkv',
    clip: { codec: 'ffv1', gop: 8, options: { level: '3', slices: '4', slicecrc: '1' } },
    after: (path) => damage(path, { share: 0.5, count: 40 }),
    frames: null,
  },
  {
    name: 'cut at the end, Matroska',
    file: 'a.mkv',
    clip: h264(),
    after: (path) => cut(path, 0.6),
    frames: null,
  },
  {
    name: 'cut at the start, a transport stream',
    file: 'a.ts',
    clip: h264(),
    after: (path) => cut(path, -0.7),
    frames: null,
  },
  {
    name: 'bits flipped, Matroska',
    file: 'a.mkv',
    clip: h264(),
    after: (path) => damage(path, { share: 0.4, count: 120 }),
    frames: null,
  },
  {
    name: 'bits flipped, a transport stream',
    file: 'a.ts',
    clip: h264(),
    after: (path) => damage(path, { share: 0.4, count: 600 }),
    frames: null,
  },
  {
    name: 'bits flipped, MPEG-4',
    file: 'a.avi',
    clip: { codec: 'mpeg4' },
    after: (path) => damage(path, { share: 0.5, count: 40 }),
    frames: null,
  },
]

describe.each(CASES)('$name ($file)', ({ file, clip, after, frames = 40 }) => {
  test('any frame is the one a sequential decode gives', () => {
    const path = makeVideo(join(folderOf(), file), clip)
    after?.(path)
    const truth = sequential(path, after ? 1 : 0)
    if (frames !== null) expect(truth).toHaveLength(frames)
    expect(truth.length).toBeGreaterThan(0)

    const index = ended(decodeAllFrames(path))
    expect([...index.checksums]).toEqual(truth)
    expectAscending(index)
    expect(pictures(path, index, shuffled(truth.length))).toEqual(truth)
    expect(pictures(path, index, backwards(truth.length))).toEqual(truth)
    expect(pictures(path, index, shuffled(truth.length), true)).toEqual(truth)
  })
})

/**
 * Checksums of what a plain loop over packets and frames gives: nothing of the index or the session is in it.
 * @param threads  1 for damaged files, of which several threads make something else each time; 0 for all there are
 */
function sequential(path: string, threads: 0 | 1): number[] {
  const stream = new FrameStream(path, threads)
  const all: number[] = []
  while (stream.pull(() => false) === 'frame') all.push(checksumOf(stream.decoder.frame))
  stream.close()
  return all
}

function pictures(path: string, index: VideoIndex, order: readonly number[], alone = false) {
  const session = openVideoSession(path, index)
  const found: number[] = []
  for (const n of order) {
    const frame = session.decode(n, { ...never, alone })
    found[n] = frame ? checksumOf(frame) : -1
  }
  session.close()
  return found
}

function expectAscending({ pts, keyframes }: VideoIndex): void {
  expect([...pts]).toEqual([...new Set(pts)].sort((a, b) => a - b))
  expect(keyframes[0]).toBe(0)
}

function ended<T>(steps: Generator<number, T>): T {
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const backwards = (count: number) => Array.from({ length: count }, (_, n) => count - 1 - n)

/** Each number once, in an order that jumps about and is the same every time. */
function shuffled(count: number): number[] {
  const order = backwards(count)
  for (let at = count - 1, seed = 7; at > 0; at -= 1) {
    seed = (seed * 48_271) % 2_147_483_647
    const other = seed % (at + 1)
    const [a = 0, b = 0] = [order[at], order[other]]
    order[at] = b
    order[other] = a
  }
  return order
}
