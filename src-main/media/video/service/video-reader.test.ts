import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { readRawFrame } from '#shared/media/raw-frame.ts'
import type { FrameBytes } from '../../../core/ports.ts'
import { folderOf, put } from '../../testing/folder.ts'
import { videoFrame } from '../../testing/video-frames.ts'
import { startThread } from './decoder.ts'
import { fakeIndex } from './testing/fake-parts.ts'
import { createVideoReader, type VideoReaderOptions } from './video-reader.ts'

/** A reader whose threads hold made-up videos. */
function opened(options: Partial<VideoReaderOptions> = {}) {
  const root = folderOf({ 'a.mp4': 'its content is made up by the thread' })
  const reader = createVideoReader({
    cacheDir: join(root, 'cache'),
    findIndex: () => fakeIndex(),
    start: startThread(new URL('./testing/fake-worker.ts', import.meta.url)),
    keep: (_key, _type, work) => work(),
    ...options,
  })
  onTestFinished(() => reader.close())
  const path = join(root, 'a.mp4')
  return { reader, path, frame: (n: number, index = n) => videoFrame(path, n, index) }
}

const headerOf = ({ body }: FrameBytes) => readRawFrame(body.buffer as ArrayBuffer).header

test('a raw frame bears the number it has in the task, for every task of the same video', async () => {
  const { reader, frame } = opened()
  const [own, other, again] = [
    await reader.read(frame(40), 'display'),
    await reader.read(frame(40, 7), 'display'),
    await reader.read(frame(40), 'display'),
  ]
  expect([own, other, again].map((bytes) => headerOf(bytes).frame)).toEqual([40, 7, 40])
})

test('sixty requests at once each get their own frame', async () => {
  const { reader, frame } = opened()
  const numbers = Array.from({ length: 60 }, (_, k) => (k * 37) % 70)
  const all = await Promise.all(numbers.map((n) => reader.read(frame(n), 'display')))
  expect(all.map((bytes) => headerOf(bytes).frame)).toEqual(numbers)
})

test('a drive that hangs is named, other videos go on, and when it is back so is the frame', async () => {
  const { reader, path, frame } = opened({ stallMs: 2000 })
  const hangs = put(`${path}.hangs`, '')
  const other = folderOf({ 'b.mp4': 'another' })
  const hanging = expect(reader.read(frame(77), 'display')).rejects.toMatchObject({
    code: 'MEDIA_STALLED',
  })
  const elsewhere = await reader.read(videoFrame(join(other, 'b.mp4'), 3), 'display')
  expect(headerOf(elsewhere).frame).toBe(3)
  await hanging
  rmSync(hangs)
  expect(headerOf(await reader.read(frame(77), 'display')).frame).toBe(77)
})

test('a thread that dies is a named error, and the next frame has a fresh one', async () => {
  const { reader, frame } = opened()
  await expect(reader.read(frame(99), 'display')).rejects.toMatchObject({
    code: 'VIDEO_FRAME_UNREADABLE',
    message: expect.stringContaining('Frame 99'),
  })
  expect(headerOf(await reader.read(frame(20), 'display')).frame).toBe(20)
})

test('whoever goes away is not waited for', async () => {
  const { reader, frame } = opened()
  const gone = new AbortController()
  const reading = reader.read(frame(60), 'display', gone.signal)
  gone.abort()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  expect(headerOf(await reader.read(frame(61), 'display')).frame).toBe(61)
})

test('a changed file is opened anew, with what is known of it now', async () => {
  let index = fakeIndex()
  const { reader, frame, path } = opened({ findIndex: () => index })
  await reader.read(frame(3), 'display')
  index = { ...fakeIndex(), facts: { ...fakeIndex().facts, width: 40 } }
  writeFileSync(path, 'longer than it was before by some bytes')
  await expect
    .poll(async () => headerOf(await reader.read(frame(3), 'display')).uprightWidth, {
      timeout: 5000,
    })
    .toBe(40)
})

test('whoever waits for a frame while the file changes gets the one that is there then', async () => {
  const { reader, frame, path } = opened()
  await reader.read(frame(3), 'display')
  for (let round = 0; round < 5; round += 1) {
    writeFileSync(path, 'x'.repeat(round + 1))
    await setTimeout(260) // what was seen of the file just before is believed
    const numbers = [40, 41, 3].map((n) => n + round)
    const all = await Promise.all(numbers.map((n) => reader.read(frame(n), 'display')))
    expect(all.map((bytes) => headerOf(bytes).frame)).toEqual(numbers)
  }
})

test('more videos at once than are kept open each give their frame', async () => {
  const { reader } = opened()
  const names = Array.from({ length: 9 }, (_, k) => `${k}.mp4`)
  const root = folderOf(Object.fromEntries(names.map((name) => [name, name])))
  const all = await Promise.all(
    names.map((name, k) => reader.read(videoFrame(join(root, name), 10 + k), 'display')),
  )
  expect(all.map((bytes) => headerOf(bytes).frame)).toEqual(names.map((_, k) => 10 + k))
})
