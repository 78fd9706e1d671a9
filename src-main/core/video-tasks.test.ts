/** Tasks of videos through the composed core: made, checked in the background, moved, copied, broken. */
import { appendFile, copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppEvent } from '#shared/contract/events.ts'
import type { CreateTaskInput } from '#shared/contract/index.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { composeCore } from './compose.ts'
import type { Core } from './core.ts'

const DESK = fileURLToPath(new URL('../../resources/sample/video/desk.mp4', import.meta.url))
const FRAMES = 180
const PATIENCE = { timeout: 20_000 }

let dir: string
let video: string
let core: Core
let events: AppEvent[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark video '))
  video = join(dir, 'desk.mp4')
  await copyFile(DESK, video)
  core = await composeCore({ dataDir: join(dir, 'data') })
  events = []
  core.events.subscribe((_id, event) => events.push(event))
})
afterEach(async () => {
  await core.close()
  await rm(dir, { recursive: true, force: true })
})

async function settled(id: RequestId): Promise<WorkRequest> {
  await expect
    .poll(async () => (await core.client.requests.get({ id })).state, PATIENCE)
    .toMatch(/finished|failed|cancelled/)
  return core.client.requests.get({ id })
}

async function made(input: Partial<CreateTaskInput> = {}): Promise<TaskId> {
  const { task, requestId } = await core.client.tasks.create({
    name: 'desk',
    labels: [{ name: 'disc' }],
    paths: [video],
    ...input,
  })
  expect(await settled(requestId)).toMatchObject({ state: 'finished' })
  return task.id
}

async function checked(taskId: TaskId): Promise<WorkRequest> {
  const requests = await core.client.requests.list({ limit: 50 })
  const found = requests.find((one) => one.kind === 'index-video' && one.taskId === taskId)
  return settled(found?.id as RequestId)
}

const png = async (taskId: TaskId, frame: number) =>
  Buffer.from((await core.frameBytes(taskId, frame, 'original')).body)

async function failureOf(paths: readonly string[]): Promise<WorkRequest> {
  const input = { name: 'x', labels: [], paths: [...paths] }
  const { requestId } = await core.client.tasks.create(input)
  const request = await settled(requestId)
  expect(request.state).toBe('failed')
  expect(await core.client.tasks.list({})).toEqual([])
  return request
}

describe('a task of a video', () => {
  test('has its frames when it is listed, and is checked afterwards', async () => {
    const id = await made({ segmentSize: 100 })
    expect(await core.client.tasks.get({ id })).toMatchObject({
      mode: 'interpolation',
      size: FRAMES,
      overlap: 5,
      jobs: [{ stopFrame: 99 }, { startFrame: 95, stopFrame: 179 }],
      video: { width: 640, height: 360, frameRate: 30, codec: 'h264' },
    })
    expect(await checked(id)).toMatchObject({
      state: 'finished',
      result: { frames: FRAMES, problems: [] },
    })
    expect((await core.client.tasks.get({ id })).video?.verified).toBe(true)
    expect(events).toContainEqual(expect.objectContaining({ type: 'preview', taskId: id }))
    const seen = events.filter((event) => event.type === 'task' && event.task?.video?.verified)
    expect(seen.length).toBeGreaterThan(0)
  })

  test('takes every third frame from the tenth on, each the picture of its number', async () => {
    const all = await made()
    await checked(all)
    const some = await made({ startFrame: 10, stopFrame: 30, frameStep: 3 })
    const frames = await core.client.frames.list({ taskId: some })
    expect(frames.map(({ name }) => name)).toEqual(
      [10, 13, 16, 19, 22, 25, 28].map((n) => `frame_0000${n}`),
    )
    expect(await png(some, 2)).toEqual(await png(all, 16))
    expect(await png(some, 2)).not.toEqual(await png(all, 2))
    expect(await core.client.frames.timing({ taskId: some })).toEqual({
      frameRate: 10,
      times: null,
    })
  })

  test('shares what was found out with the next one of the same file', async () => {
    await checked(await made())
    const again = await made()
    expect((await core.client.tasks.get({ id: again })).video?.verified).toBe(true)
    expect((await checked(again)).state).toBe('finished')
  })

  test('opened twice is one task', async () => {
    const first = await core.client.tasks.open({ paths: [video] })
    const second = await core.client.tasks.open({ paths: [video] })
    expect(second).toMatchObject({ created: false, task: { id: first.task.id } })
  })

  test('of pictures has no timing', async () => {
    const images = join(DESK, '../../images')
    const taskId = await made({ paths: [images] })
    expect(await core.client.frames.timing({ taskId })).toEqual({ frameRate: 0, times: null })
  })
})

describe('a video cut short', () => {
  test('keeps the frames that can be decoded and says what is wrong', async () => {
    await writeFile(video, (await readFile(DESK)).subarray(0, 100_000))
    const id = await made()
    const { state } = await checked(id)
    expect(state).toBe('finished')
    const task = await core.client.tasks.get({ id })
    expect(task.size).toBeLessThan(FRAMES)
    expect(task.size).toBeGreaterThan(10)
    expect(task.stopFrame).toBe(task.size - 1)
    expect(task.jobs).toMatchObject([{ startFrame: 0, stopFrame: task.size - 1 }])
    expect(task.video?.problems.length).toBeGreaterThan(0)
    await expect(png(id, task.size - 1)).resolves.toBeInstanceOf(Buffer)
  })
})

describe('what is no video', () => {
  test.each([
    ['a text', 'notes.txt', 'hello, this is a text\n'.repeat(50), 'MEDIA_NONE'],
    ['an empty file', 'empty.mp4', '', 'VIDEO_UNREADABLE'],
    ['rubbish', 'bad.mkv', 'x'.repeat(5000), 'VIDEO_UNREADABLE'],
  ])('%s is refused by name', async (_what, name, content, code) => {
    const path = join(dir, name)
    await writeFile(path, content)
    const { error } = await failureOf([path])
    expect(error).toMatchObject({ code, message: expect.stringContaining(name) })
  })

  test('a picture without an ending is no video of one frame', async () => {
    const path = join(dir, 'scan')
    await copyFile(join(DESK, '../../images/desk_0001.jpg'), path)
    expect((await failureOf([path])).error?.code).toBe('MEDIA_NONE')
  })

  test('two videos want two tasks', async () => {
    await copyFile(DESK, join(dir, 'b.mp4'))
    const { error } = await failureOf([video, join(dir, 'b.mp4')])
    expect(error?.code).toBe('MEDIA_MIXED')
  })
})

describe('a video that moved', () => {
  test('is named when it is gone, and found again under another name', async () => {
    const id = await made()
    await checked(id)
    const before = await png(id, 50)
    await rename(video, join(dir, 'renamed.mp4'))
    await expect
      .poll(() => png(id, 51).catch((error: { code?: string }) => error.code), PATIENCE)
      .toBe('FRAME_MISSING')
    expect(await core.client.tasks.get({ id })).toMatchObject({ problemCount: 1 })
    const answer = await core.client.tasks.relink({ id, to: dir })
    expect(answer).toEqual({ found: FRAMES, stillMissing: [], stillMissingCount: 0 })
    expect(await core.client.tasks.get({ id })).toMatchObject({
      problemCount: 0,
      mediaPaths: [join(dir, 'renamed.mp4')],
      video: { verified: true },
    })
    expect(await png(id, 50)).toEqual(before)
  })

  test('and came back is well again', async () => {
    const id = await made()
    await checked(id)
    await rename(video, `${video}.away`)
    await expect
      .poll(() => png(id, 7).catch((error: { code?: string }) => error.code), PATIENCE)
      .toBe('FRAME_MISSING')
    await expect(png(id, 8)).rejects.toMatchObject({ code: 'FRAME_MISSING' })
    expect((await core.client.tasks.get({ id })).problemCount).toBe(1)
    await rename(`${video}.away`, video)
    await png(id, 9)
    expect((await core.client.tasks.get({ id })).problemCount).toBe(0)
  })

  test('is nowhere: it stays named', async () => {
    const id = await made()
    await rm(video)
    const answer = await core.client.tasks.relink({ id, to: dir })
    expect(answer).toMatchObject({ found: 0, stillMissing: ['desk.mp4'] })
  })

  test('was changed behind our back: looked at again when it is opened', async () => {
    const id = await made()
    await checked(id)
    await appendFile(video, 'more bytes at the end')
    await core.client.frames.timing({ taskId: id })
    await expect
      .poll(async () => (await core.client.requests.list({ limit: 9 })).length, PATIENCE)
      .toBe(3)
    expect(await checked(id)).toMatchObject({ state: 'finished', result: { frames: FRAMES } })
  })
})

test('a copied video outlives its file', async () => {
  const id = await made({ copyData: true })
  await rm(video)
  expect(await checked(id)).toMatchObject({ state: 'finished' })
  expect((await png(id, 179)).subarray(1, 4).toString()).toBe('PNG')
})

test('a check that is cancelled leaves the task as it is, and can be taken up again', async () => {
  const id = await made()
  const requests = await core.client.requests.list({ limit: 9 })
  const check = requests.find(({ kind }) => kind === 'index-video')?.id as RequestId
  await core.client.requests.cancel({ id: check })
  await settled(check)
  expect((await png(id, 100)).length).toBeGreaterThan(1000)
  await core.client.requests.retry({ id: check })
  expect(await settled(check)).toMatchObject({ state: 'finished' })
  expect((await core.client.tasks.get({ id })).video?.verified).toBe(true)
})

test('a task that is deleted is no longer checked', async () => {
  const id = await made()
  await core.client.tasks.delete({ id })
  expect((await checked(id)).state).toMatch(/cancelled|finished/)
  expect(await core.client.tasks.list({})).toEqual([])
})

test('a check that a stop cut off goes on at the next start', async () => {
  const id = await made()
  await core.close()
  core = await composeCore({ dataDir: join(dir, 'data') })
  await expect
    .poll(async () => (await core.client.tasks.get({ id })).video?.verified, PATIENCE)
    .toBe(true)
})
