import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame } from 'node-av/lib'
import { describe, expect, test } from 'vitest'
import type { VideoIndex } from '#main/core/ports.ts'
import { folderOf, put } from '../testing/folder.ts'
import { type Clip, makeVideo } from '../testing/videos.ts'
import { checksumOf } from './checksum.ts'
import { decodeAllFrames } from './decode-all.ts'
import { readPacketIndex } from './packets.ts'
import { openVideoSession } from './session.ts'

const never = { cancelled: () => false }
const CLIP: Clip = {
  codec: 'libx264',
  bFrames: 2,
  options: { preset: 'ultrafast', bf: '2', 'x264-params': 'scenecut=0:keyint_min=1' },
}

function video(clip: Clip = CLIP, name = 'a.mp4') {
  const path = makeVideo(join(folderOf(), name), clip)
  const index = ended(decodeAllFrames(path))
  return { path, index, truth: [...index.checksums] }
}

describe('before anything is known', () => {
  test('frames are counted from the start, forwards and back', () => {
    const { path, truth } = video()
    const session = openVideoSession(path, null)
    for (const n of [0, 1, 2, 7, 3, 39]) expect(picture(session.decode(n, never))).toBe(truth[n])
    session.close()
  })

  test('a frame behind the end is refused', () => {
    const session = openVideoSession(video().path, null)
    expect(() => session.decode(40, never)).toThrow(
      expect.objectContaining({ code: 'VIDEO_FRAME_UNREADABLE' }),
    )
    session.close()
  })
})

test.each(['a.mp4', 'a.mkv', 'a.avi', 'a.ts', 'a.h264'])(
  'the packets of %s lead to the right frames',
  (name) => {
    const { path, truth } = video(CLIP, name)
    const index = ended(readPacketIndex(path))
    expect(index.pts).toHaveLength(40)
    const session = openVideoSession(path, index)
    for (const n of [30, 5, 31, 0, 17, 16, 39, 12])
      expect(picture(session.decode(n, never))).toBe(truth[n])
    session.close()
  },
)

test('a better index may come at any time', () => {
  const { path, index, truth } = video()
  const session = openVideoSession(path, null)
  session.decode(3, never)
  session.useIndex(ended(readPacketIndex(path)))
  expect(picture(session.decode(4, never))).toBe(truth[4])
  session.useIndex(index)
  expect(session.index.verified).toBe(true)
  for (const n of [5, 33, 4]) expect(picture(session.decode(n, never))).toBe(truth[n])
  session.close()
})

test('an index with keyframes that are none is not believed', () => {
  const { path, index, truth } = video({ ...CLIP, gop: 250 })
  const lying: VideoIndex = { ...index, keyframes: Uint32Array.of(0, 5, 10, 20, 30) }
  const session = openVideoSession(path, lying)
  for (const n of [35, 22, 11, 6, 39]) expect(picture(session.decode(n, never))).toBe(truth[n])
  session.close()
})

test('the frames on the way are seen in order, each one right', () => {
  const { path, index, truth } = video()
  const session = openVideoSession(path, index)
  const passed: [number, number][] = []
  session.decode(20, { ...never, onPassed: (n, frame) => passed.push([n, checksumOf(frame)]) })
  expect(passed).toEqual([12, 13, 14, 15, 16, 17, 18, 19].map((n) => [n, truth[n]]))
  session.close()
})

test.each(['a.mp4', 'a.avi', 'a.ts'])(
  'a frame of %s somebody waits for is decoded alone, and its neighbours after it',
  (name) => {
    const { path, index, truth } = video(CLIP, name)
    const session = openVideoSession(path, index)
    for (const n of [30, 31, 29, 5, 39, 0, 18]) {
      expect(picture(session.decode(n, { ...never, alone: true }))).toBe(truth[n])
      expect(picture(session.decode(n, never))).toBe(truth[n])
      if (n < 39) expect(picture(session.decode(n + 1, never))).toBe(truth[n + 1])
    }
    session.close()
  },
)

test('it ends between two packets when cancelled, and goes on afterwards', () => {
  const { path, index, truth } = video({ ...CLIP, gop: 250 })
  const session = openVideoSession(path, index)
  let asked = 0
  expect(session.decode(39, { cancelled: () => ++asked > 5 })).toBeNull()
  expect(asked).toBe(6)
  expect(picture(session.decode(38, never))).toBe(truth[38])
  session.close()
})

test('the same frame twice is not decoded twice', () => {
  const { path, index } = video()
  const session = openVideoSession(path, index)
  session.decode(9, never)
  let asked = 0
  const ask = { cancelled: () => ++asked > 0 }
  expect(session.decode(9, ask)).not.toBeNull()
  expect(asked).toBe(0)
  session.close()
})

test('a frame outside the video is refused', () => {
  const { path, index } = video()
  const session = openVideoSession(path, index)
  for (const n of [-1, 40]) expect(() => session.decode(n, never)).toThrow(/the last one is 39/)
  session.close()
})

test('pictures of another size midway are brought to the first one', () => {
  const root = folderOf()
  const small = readFileSync(makeVideo(join(root, 'a.h264'), { ...CLIP, frames: 10 }))
  const large = readFileSync(
    makeVideo(join(root, 'b.h264'), { ...CLIP, frames: 10, width: 128, height: 80 }),
  )
  const path = put(join(root, 'both.h264'), Buffer.concat([small, large]))
  const index = ended(decodeAllFrames(path))
  expect(index.pts).toHaveLength(20)
  const session = openVideoSession(path, index)
  for (const n of [15, 3, 19])
    expect(session.decode(n, never)).toMatchObject({ width: 64, height: 48 })
  session.close()
})

test('a mirrored video is mirrored back', () => {
  const root = folderOf()
  const one = 65_536
  const plain = openVideoSession(makeVideo(join(root, 'a.mp4'), CLIP), null)
  const mirrored = openVideoSession(
    makeVideo(join(root, 'b.mp4'), { ...CLIP, rotation: [-one, 0, 0, 0, one, 0, 0, 0, 1 << 30] }),
    null,
  )
  const [a, b] = [plain, mirrored].map((session) => [
    ...(session.decode(5, never)?.data?.[0]?.subarray(0, 64) ?? []),
  ])
  expect(b).toEqual(a?.toReversed())
  plain.close()
  mirrored.close()
})

function picture(frame: Frame | null): number {
  return frame ? checksumOf(frame) : -1
}

function ended<T>(steps: Generator<number, T>): T {
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
