/** Frames of real, tiny videos through the reader the core uses, threads and all. */
import { renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RAW_FRAME_TYPE, readRawFrame } from '#shared/media/raw-frame.ts'
import type { FrameBytes, FrameReader, VideoIndex } from '../../core/ports.ts'
import { loadSharp } from '../decode/sharp.ts'
import { createFrameReader, createVideoIndexer } from '../index.ts'
import { folderOf, going, put } from '../testing/folder.ts'
import { videoFrame } from '../testing/video-frames.ts'
import { CLIP_HEIGHT, CLIP_WIDTH, type Clip, makeVideo } from '../testing/videos.ts'
import { toRaw, toRgb } from '../video/convert.ts'
import { proxiesDir, proxyName } from '../video/proxy/proxies-dir.ts'
import { writeProxy } from '../video/proxy/write-proxy.ts'
import { openVideoSession } from '../video/session.ts'
import type { FrameReaderOptions } from './frame-reader.ts'

const CLIP: Clip = {
  codec: 'libx264',
  frames: 40,
  gop: 20,
  bFrames: 2,
  options: { preset: 'ultrafast', 'x264-params': 'scenecut=0' },
}
const never = { cancelled: () => false }

/** A clip, its index and a reader of it. */
async function opened(clip: Clip = CLIP, options: Partial<FrameReaderOptions> = {}) {
  const root = folderOf()
  const path = makeVideo(join(root, 'a.mp4'), clip)
  const index = await indexOf(path)
  const cacheDir = join(root, 'cache')
  const reader = createFrameReader({ cacheDir, findIndex: () => index, ...options })
  onTestFinished(() => reader.close())
  const frame = (n: number, number = n) => videoFrame(path, n, number)
  return { root, path, index, cacheDir, reader, frame }
}

function indexOf(path: string): Promise<VideoIndex> {
  const indexer = createVideoIndexer({ cacheDir: '', findIndex: () => null })
  return indexer.decodeAll(path, { signal: going, progress: () => {} })
}

/** What a sequential decode puts out, in both forms. */
function sequential(path: string, index: VideoIndex) {
  const session = openVideoSession(path, index)
  const frames = Array.from(index.pts, (_, n) => {
    const frame = session.decode(n, never)
    if (!frame) throw new Error('cancelled by nobody')
    const { rotation } = index.facts
    return {
      planes: Uint8Array.from(toRaw(frame, rotation).bytes.subarray(64)),
      rgb: Uint8Array.from(toRgb(frame, rotation).rgb),
    }
  })
  session.close()
  return frames
}

const rawOf = ({ body }: FrameBytes) => readRawFrame(body.buffer as ArrayBuffer)

async function pixelsOf({ body }: FrameBytes) {
  const sharp = await loadSharp()
  const { data, info } = await sharp(body).raw().toBuffer({ resolveWithObject: true })
  return { rgb: new Uint8Array(data), width: info.width, height: info.height }
}

describe('every frame is that of the sequential decode', () => {
  const back = Array.from({ length: 40 }, (_, k) => 39 - k)
  const about = Array.from({ length: 40 }, (_, k) => (k * 17) % 40)
  test.each([
    ['one after the other', [...back].reverse()],
    ['backwards', back],
    ['here and there', about],
  ])('%s', async (_name, order) => {
    const { reader, path, index, frame } = await opened()
    const right = sequential(path, index)
    for (const n of order) {
      const bytes = await reader.read(frame(n), 'display')
      expect(bytes.contentType).toBe(RAW_FRAME_TYPE)
      expect(rawOf(bytes).header).toMatchObject({ exact: true, frame: n, width: CLIP_WIDTH })
      expect(Buffer.compare(rawOf(bytes).planes, right[n]?.planes ?? new Uint8Array())).toBe(0)
    }
  })

  test.each([
    ['by the core', {}],
    ['by a request that passes through once', { maxCacheBytes: 0 }],
  ])('as PNG, %s', async (_name, options) => {
    const { reader, path, index, frame } = await opened(CLIP, options)
    const right = sequential(path, index)
    for (const n of [0, 1, 2, 3, 25, 39]) {
      const bytes = await reader.read(frame(n), n % 2 ? 'original' : 'upright')
      expect(bytes.contentType).toBe('image/png')
      expect(Buffer.compare((await pixelsOf(bytes)).rgb, right[n]?.rgb ?? new Uint8Array())).toBe(0)
    }
  })

  test('the same PNG twice is the same file', async () => {
    const { reader, frame } = await opened()
    const [once, again] = [
      await reader.read(frame(9), 'upright'),
      await reader.read(frame(9), 'upright'),
    ]
    expect(Buffer.compare(once.body, again.body)).toBe(0)
  })

  test('before anything is known of the video, counted from its start', async () => {
    const { reader, path, index, frame } = await opened(CLIP, { findIndex: () => null })
    const right = sequential(path, index)
    for (const n of [0, 1, 2, 30, 5]) {
      const { planes } = rawOf(await reader.read(frame(n), 'display'))
      expect(Buffer.compare(planes, right[n]?.planes ?? new Uint8Array())).toBe(0)
    }
  })
})

test('an index that is stored is taken up at once, by videos that are open', async () => {
  let looks = 0
  const findIndex = () => {
    looks += 1
    return null
  }
  const { reader, path, frame } = await opened(CLIP, { findIndex })
  reader.indexStored(path)
  expect(looks).toBe(0)
  await reader.read(frame(0), 'display')
  const before = looks
  reader.indexStored(path)
  expect(looks).toBe(before + 1)
})

describe('small pictures', () => {
  test('a thumbnail and a part, upright', async () => {
    const { reader, frame } = await opened({ ...CLIP, rotation: 90 })
    const whole = await pixelsOf(await reader.read(frame(3), 'thumbnail'))
    expect(whole).toMatchObject({ width: CLIP_HEIGHT, height: CLIP_WIDTH })
    const part = await reader.crop(frame(3), { left: -5, top: 10, right: 20, bottom: 40 })
    expect(await pixelsOf(part)).toMatchObject({ width: 20, height: 30 })
  })

  test('a preview of a video that is no task yet, upright', async () => {
    const { reader, frame } = await opened({ ...CLIP, rotation: 270 })
    const preview = await reader.readLocation(frame(0).location, 'frame_000000')
    expect(preview.contentType).toBe('image/webp')
    expect(await pixelsOf(preview)).toMatchObject({ width: CLIP_HEIGHT, height: CLIP_WIDTH })
  })

  test('a part that lies outside is refused', async () => {
    const { reader, frame } = await opened()
    const outside = reader.crop(frame(3), { left: 500, top: 0, right: 510, bottom: 9 })
    await expect(outside).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('a strip has a tile for each frame, as many as asked for', async () => {
    const { reader, frame } = await opened()
    const strip = await reader.strip([1, 9, 30].map((n) => frame(n)))
    const { width, height } = await pixelsOf({ ...strip, exifTurned: false })
    expect([width, height]).toEqual([3 * strip.tileWidth, strip.tileHeight])
    expect(strip.tileHeight).toBe(54)
  })
})

describe('a stand-in while somebody scrubs', () => {
  async function withProxy() {
    const video = await opened()
    const { size, mtimeMs } = statSync(video.path)
    const dir = proxiesDir(video.cacheDir)
    const file = put(join(dir, proxyName({ path: video.path, sizeBytes: size, mtimeMs })), '')
    const writer = writeProxy(file, dir, video.index.facts)
    const session = openVideoSession(video.path, video.index)
    for (const n of video.index.pts.keys()) {
      const frame = session.decode(n, never)
      if (frame) writer.add(n, frame)
    }
    session.close()
    writer.finish()
    return { ...video, file }
  }
  const header = async (reader: FrameReader, frame: ReturnType<typeof videoFrame>) =>
    rawOf(await reader.read(frame, 'proxy')).header

  test('comes from the proxy, and is exact once the exact one is in memory', async () => {
    const { reader, frame } = await withProxy()
    expect(await header(reader, frame(12, 4))).toMatchObject({ exact: false, frame: 4 })
    await reader.read(frame(12, 4), 'display')
    expect(await header(reader, frame(12, 4))).toMatchObject({ exact: true, frame: 4 })
  })

  test('is the exact frame where there is no proxy, or a broken one', async () => {
    const without = await opened()
    expect(await header(without.reader, without.frame(7))).toMatchObject({ exact: true })
    const { reader, frame, file } = await withProxy()
    put(file, 'not a proxy')
    expect(await header(reader, frame(7))).toMatchObject({ exact: true, frame: 7 })
  })

  test('also gives thumbnails and strips, without decoding', async () => {
    const { reader, frame } = await withProxy()
    expect((await reader.read(frame(7), 'thumbnail')).contentType).toBe('image/webp')
    expect((await reader.strip([frame(0), frame(20)])).tileWidth).toBeGreaterThan(0)
  })
})

describe('what happens to the file', () => {
  const read = (reader: FrameReader, frame: ReturnType<typeof videoFrame>) =>
    reader.read(frame, 'display').then(
      (bytes) => rawOf(bytes).header.width,
      (error: { code: string }) => error.code,
    )

  test('gone it is named, back it works again', async () => {
    const { reader, path, frame } = await opened()
    await reader.read(frame(3), 'display')
    renameSync(path, `${path}.away`)
    await expect.poll(() => read(reader, frame(30)), { timeout: 5000 }).toBe('FRAME_MISSING')
    renameSync(`${path}.away`, path)
    await expect.poll(() => read(reader, frame(30)), { timeout: 5000 }).toBe(CLIP_WIDTH)
  })

  test('replaced by another video, the other one is shown', async () => {
    const { reader, path, frame } = await opened(CLIP, { findIndex: () => null })
    await reader.read(frame(3), 'display')
    rmSync(path)
    makeVideo(path, { ...CLIP, width: 96 })
    await expect.poll(() => read(reader, frame(3)), { timeout: 5000 }).toBe(96)
  })

  test('no video at all is named', async () => {
    const root = folderOf({ 'a.mp4': 'these are words' })
    const reader = createFrameReader({ cacheDir: join(root, 'cache') })
    onTestFinished(() => reader.close())
    const reading = reader.read(videoFrame(join(root, 'a.mp4'), 0), 'display')
    await expect(reading).rejects.toMatchObject({ code: 'VIDEO_UNREADABLE' })
  })

  test('a frame beyond its end is named', async () => {
    const { reader, frame } = await opened()
    const beyond = reader.read(frame(40), 'display')
    await expect(beyond).rejects.toMatchObject({ code: 'VIDEO_FRAME_UNREADABLE' })
  })
})
