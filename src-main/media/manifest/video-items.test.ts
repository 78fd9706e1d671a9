import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, going, put } from '../testing/folder.ts'
import { CLIP_HEIGHT, CLIP_WIDTH, type Clip, makeVideo } from '../testing/videos.ts'
import { decodeAllFrames } from '../video/decode-all.ts'
import { createManifest } from './create-manifest.ts'
import { readManifest } from './read-manifest.ts'

const H264: Clip = {
  codec: 'libx264',
  frames: 30,
  gop: 10,
  bFrames: 2,
  options: { preset: 'veryfast', 'x264-params': 'scenecut=0' },
}

async function manifestOf(clip: Clip, file = 'v.mp4', force = false) {
  const out = folderOf()
  const path = makeVideo(join(folderOf(), file), clip)
  const report = await createManifest({
    paths: [path],
    outputDir: out,
    sortingMethod: 'lexicographical',
    force,
    checksums: true,
    signal: going,
    progress: () => undefined,
  })
  return { path, report, manifest: await readManifest(join(out, 'manifest.jsonl')), out }
}

test('a line for each keyframe, numbers and times as they are shown', async () => {
  const { manifest, report, out } = await manifestOf(H264)
  expect(manifest).toMatchObject({
    type: 'video',
    name: 'v.mp4',
    width: CLIP_WIDTH,
    height: CLIP_HEIGHT,
    length: 30,
    keyframes: [{ number: 0 }, { number: 10 }, { number: 20 }],
  })
  expect(report).toMatchObject({ type: 'video', items: 3, problems: [] })
  const text = readFileSync(join(out, 'manifest.jsonl'), 'latin1')
  const index = JSON.parse(readFileSync(join(out, 'index.json'), 'latin1'))
  expect(text.slice(index[1]).startsWith('{"number":10,"pts":')).toBe(true)
})

test('what it says is what a whole decode says', async () => {
  for (const file of ['v.mkv', 'v.mov', 'v.ts', 'v.avi']) {
    const { path, manifest } = await manifestOf(H264, file)
    const index = wholeDecode(path)
    if (manifest.type !== 'video') throw new Error('no video manifest')
    expect([file, manifest.length]).toEqual([file, index.pts.length])
    for (const { number } of manifest.keyframes) expect(index.keyframes).toContain(number)
  }
})

function wholeDecode(path: string) {
  const steps = decodeAllFrames(path)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

test("the checksum is that of the frame's RGB bytes, as PyAV 10 gives them", async () => {
  const { manifest } = await manifestOf({ codec: 'ffv1', frames: 2, gop: 1 }, 'v.mkv')
  expect(manifest).toMatchObject({
    keyframes: [
      { number: 0, pts: 0, checksum: '528707448de95240e2511b7d6f6d4550' },
      { number: 1, pts: 33, checksum: '1985f268e6d5ff84299e2d7765f84adf' },
    ],
  })
})

test('too few keyframes are refused kindly, and written when it is meant', async () => {
  const clip = { ...H264, frames: 240, gop: 240 }
  await expect(manifestOf(clip)).rejects.toMatchObject({
    code: 'MANIFEST_FEW_KEYFRAMES',
    params: { keyframes: 1, frames: 240 },
    remedy: expect.stringContaining('--force'),
  })
  expect((await manifestOf(clip, 'v.mp4', true)).manifest).toMatchObject({ length: 240 })
})

test('keyframes in name only are not listed', async () => {
  const flag = (at: number, isKey: boolean) => isKey || at % 5 === 0
  const { manifest } = await manifestOf({ ...H264, flag }, 'v.mkv')
  expect(manifest).toMatchObject({ keyframes: [{ number: 0 }, { number: 10 }, { number: 20 }] })
})

test('what is no video leaves nothing behind', async () => {
  const out = join(folderOf(), 'out')
  const path = put(join(folderOf(), 'v.mp4'), 'no video')
  const made = createManifest({
    paths: [path],
    outputDir: out,
    sortingMethod: 'natural',
    force: false,
    checksums: true,
    signal: going,
    progress: () => undefined,
  })
  await expect(made).rejects.toMatchObject({ code: 'VIDEO_UNREADABLE' })
  expect(existsSync(out)).toBe(false)
})
