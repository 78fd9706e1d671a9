/** The composed core on a real data directory: what its use-cases promise beyond what each adapter tests itself. */
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppEvent } from '#shared/contract/events.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { zipOf } from '../media/testing/archives.ts'
import { composeCore } from './compose.ts'
import type { Core } from './core.ts'

const SAMPLE = fileURLToPath(new URL('../../resources/sample', import.meta.url))

let dir: string
let core: Core
let events: AppEvent[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark core '))
  await start()
})
afterEach(async () => {
  await core.close()
  await rm(dir, { recursive: true, force: true })
})

async function start(): Promise<void> {
  core = await composeCore({ dataDir: join(dir, 'data') })
  events = []
  core.events.subscribe((_id, event) => events.push(event))
}

/** Pictures of the sample under other names: no two of the same content. */
async function pictures(folder: string, names: readonly string[]): Promise<string> {
  const root = join(dir, folder)
  await mkdir(root, { recursive: true })
  const sources = (await readdir(join(SAMPLE, 'images'))).sort()
  for (const [at, name] of names.entries())
    await copyFile(join(SAMPLE, 'images', sources[at] ?? ''), join(root, name))
  return root
}

async function settled(id: RequestId): Promise<WorkRequest> {
  await expect
    .poll(async () => (await core.client.requests.get({ id })).state, { timeout: 20_000 })
    .toMatch(/finished|failed|cancelled/)
  return core.client.requests.get({ id })
}

/** The index follows the scan by itself. */
async function indexed(taskId: TaskId): Promise<void> {
  await expect
    .poll(
      async () => {
        const frames = await core.client.frames.list({ taskId })
        return frames.length > 0 && frames.every((frame) => frame.status !== 'pending')
      },
      { timeout: 20_000 },
    )
    .toBe(true)
}

async function opened(folder: string): Promise<TaskId> {
  const { task, requestId } = await core.client.tasks.open({ paths: [folder] })
  if (requestId) expect((await settled(requestId)).state).toBe('finished')
  await indexed(task.id)
  return task.id
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error.code
  throw error ?? new Error('nothing was refused')
}

describe('opening', () => {
  test('a folder twice is one task', async () => {
    const folder = await pictures('photos', ['a.jpg', 'b.jpg'])
    const id = await opened(folder)
    const again = await core.client.tasks.open({ paths: [folder] })
    expect(again).toMatchObject({ created: false, requestId: null, task: { id, name: 'photos' } })
  })

  test('a folder without pictures leaves no task behind', async () => {
    const folder = join(dir, 'notes')
    await mkdir(folder)
    await writeFile(join(folder, 'a.txt'), 'no picture')
    const { requestId } = await core.client.tasks.open({ paths: [folder] })
    const request = await settled(requestId as RequestId)
    expect(request).toMatchObject({ state: 'failed', error: { code: 'MEDIA_NONE' } })
    expect(await core.client.tasks.list({})).toEqual([])
    expect(events).toContainEqual(expect.objectContaining({ type: 'task', task: null }))
  })

  test.skipIf(process.platform === 'win32')(
    'what could not be read of a folder is told',
    async () => {
      const folder = await pictures('photos', ['a.jpg'])
      await symlink(join(dir, 'nowhere'), join(folder, 'broken.jpg'))
      const { requestId } = await core.client.tasks.open({ paths: [folder] })
      const { result } = await settled(requestId as RequestId)
      expect(result).toMatchObject({ size: 1, notes: [expect.stringContaining('broken.jpg')] })
    },
  )

  test.each([
    ['a missing path', { paths: ['/nowhere/at/all'] }, 'MEDIA_NOT_FOUND'],
    ['an overlap as long as a segment', { segmentSize: 5, overlap: 5 }, 'INPUT_INVALID'],
    ['a project that is not there', { projectId: 99, labels: undefined }, 'NOT_FOUND'],
    ['two labels of one name', { labels: [{ name: 'a' }, { name: 'a' }] }, 'LABELS_INVALID'],
    ['a name of blanks', { name: '  ' }, 'INPUT_INVALID'],
  ])('%s is refused before anything is stored', async (_name, change, code) => {
    const folder = await pictures('photos', ['a.jpg'])
    const input = { name: 'x', labels: [], paths: [folder], ...change }
    expect(await codeOf(core.client.tasks.create(input as never))).toBe(code)
    expect(await core.client.tasks.list({})).toEqual([])
  })

  test('copied media outlive their source', async () => {
    const folder = await pictures('photos', ['a.jpg', 'b.jpg'])
    const input = { name: 'copy', labels: [], paths: [folder], copyData: true }
    const { task, requestId } = await core.client.tasks.create(input)
    await settled(requestId)
    await indexed(task.id)
    await rm(folder, { recursive: true })
    expect((await core.frameBytes(task.id, 1, 'display')).contentType).toBe('image/jpeg')
    await core.client.tasks.delete({ id: task.id })
    expect(await readdir(join(dir, 'data', 'media'))).toEqual([])
  })
})

describe('copying data', () => {
  test('a picture that cannot be read is named, the others are copied', async () => {
    const folder = await pictures('photos', ['a.jpg', 'b.jpg'])
    const [good, bad] = await Promise.all(
      ['a.jpg', 'b.jpg'].map((name) => readFile(join(folder, name))),
    )
    const zip = zipOf(
      { name: 'a.jpg', data: good as Buffer },
      { name: 'b.jpg', data: bad as Buffer },
    )
    zip.writeUInt8(zip.readUInt8(zip.indexOf('b.jpg') + 100) ^ 0xff, zip.indexOf('b.jpg') + 100)
    await writeFile(join(dir, 'a.zip'), zip)
    const input = { name: 'copy', labels: [], paths: [join(dir, 'a.zip')], copyData: true }
    const { task, requestId } = await core.client.tasks.create(input)
    expect((await settled(requestId)).state).toBe('finished')
    await indexed(task.id)
    expect(await core.client.frames.problems({ taskId: task.id })).toMatchObject([
      { name: 'b.jpg', status: 'missing' },
    ])
  })

  test('cancelled, nothing of it is left', async () => {
    const folder = await pictures('photos', ['a.jpg', 'b.jpg'])
    const input = { name: 'copy', labels: [], paths: [folder], copyData: true }
    const { requestId } = await core.client.tasks.create(input)
    await core.client.requests.cancel({ id: requestId })
    const { state } = await settled(requestId)
    const left = await readdir(join(dir, 'data', 'media')).catch(() => [])
    expect(left).toHaveLength(state === 'cancelled' ? 0 : 1)
    expect(await core.client.tasks.list({})).toHaveLength(state === 'cancelled' ? 0 : 1)
  })
})

test('dropped pictures go with the last task that uses them', async () => {
  const drop = await core.newUploadDir()
  await copyFile(join(SAMPLE, 'images', 'desk_0001.jpg'), join(drop, 'a.jpg'))
  const first = await opened(drop)
  const second = await core.client.tasks.create({ name: 'again', labels: [], paths: [drop] })
  await settled(second.requestId)
  await core.client.tasks.delete({ id: first })
  expect(await readdir(drop)).toEqual(['a.jpg'])
  await core.client.tasks.delete({ id: second.task.id })
  expect(await readdir(join(dir, 'data', 'uploads'))).toEqual([])
})

test('context images are shown with their frame, from copied media too, and move with it', async () => {
  const folder = await pictures('photos', ['a.jpg', 'b.jpg'])
  const own = join(folder, 'related_images', 'b_jpg')
  await mkdir(own, { recursive: true })
  await copyFile(join(SAMPLE, 'images', 'desk_0001.jpg'), join(own, 'left.jpg'))
  const plain = await opened(folder)
  const input = { name: 'copied', labels: [], paths: [folder], copyData: true }
  const { task, requestId } = await core.client.tasks.create(input)
  await settled(requestId)
  for (const taskId of [task.id, plain]) {
    expect(await core.client.frames.related({ taskId })).toEqual({
      any: true,
      frames: [{ frame: 1, names: ['left.jpg'] }],
    })
    expect((await core.relatedBytes(taskId, 1, 0)).contentType).toBe('image/jpeg')
  }
  const moved = join(dir, 'elsewhere')
  await rename(folder, moved)
  expect(await codeOf(core.relatedBytes(plain, 1, 0))).toBe('FRAME_MISSING')
  expect((await core.relatedBytes(task.id, 1, 0)).body.length).toBeGreaterThan(0)
  await core.client.tasks.relink({ id: plain, to: moved })
  expect((await core.relatedBytes(plain, 1, 0)).body.length).toBeGreaterThan(0)
  await indexed(plain)
})

test('deleted frames are left out of an export, which says so', async () => {
  const { taskId: id, requestIds } = await core.client.app.demo()
  const taskId = id as TaskId
  await settled(requestIds[1] as RequestId)
  const before = await core.client.datasets.lossReport({ taskId, format: 'COCO 1.0' })
  const plain = { deleted: false, checked: false }
  const operations = [2, 3].map((frame) => ({
    ...{ kind: 'frame' as const, frame, before: plain },
    after: { deleted: true, checked: false },
  }))
  const step = { title: { key: 'delete-frame', count: 2 }, frame: 2, operations }
  const { revision: baseRevision } = await core.client.frames.marks({ taskId })
  await core.client.annotations.apply({ taskId, baseRevision, clientStepId: 'x', step })
  const { losses } = await core.client.datasets.lossReport({ taskId, format: 'COCO 1.0' })
  const told = { severity: 'dropped', count: 2, what: expect.stringContaining('deleted frames') }
  expect(losses[0]).toEqual(told)
  expect(before.losses).not.toContainEqual(told)
  const { requestId } = await core.client.datasets.export({ taskId, format: 'COCO 1.0' })
  expect((await settled(requestId)).result).toMatchObject({
    frames: 10,
    notes: expect.arrayContaining([expect.stringContaining('2 deleted frames')]),
  })
})

describe('media that moved', () => {
  test('are named when they are gone, and found again by name, base name or content', async () => {
    const folder = await pictures('photos', ['a.jpg', 'b.jpg', 'c.jpg'])
    const taskId = await opened(folder)
    const moved = join(dir, 'elsewhere')
    await rename(folder, moved)
    expect(await codeOf(core.frameBytes(taskId, 0, 'original'))).toBe('FRAME_MISSING')
    expect(await core.client.frames.problems({ taskId })).toEqual([
      { frame: 0, name: 'a.jpg', status: 'missing', problem: 'the file is gone' },
    ])
    await mkdir(join(moved, 'deep'))
    await rename(join(moved, 'b.jpg'), join(moved, 'deep', 'b.jpg'))
    await rename(join(moved, 'c.jpg'), join(moved, 'renamed.jpg'))
    const answer = await core.client.tasks.relink({ id: taskId, to: moved })
    expect(answer).toEqual({ found: 3, stillMissing: [], stillMissingCount: 0 })
    await indexed(taskId)
    expect(await core.client.frames.problems({ taskId })).toEqual([])
    expect((await core.frameBytes(taskId, 2, 'display')).body.length).toBeGreaterThan(0)
  })

  test('of one source are relinked alone: the same names elsewhere stay where they are', async () => {
    const [north, south] = [await pictures('north', ['a.jpg']), await pictures('south', ['a.jpg'])]
    const input = { name: 'two', labels: [], paths: [north, south] }
    const { task, requestId } = await core.client.tasks.create(input)
    await settled(requestId)
    await indexed(task.id)
    const moved = join(dir, 'moved')
    await rename(south, moved)
    const answer = await core.client.tasks.relink({ id: task.id, from: south, to: moved })
    expect(answer).toEqual({ found: 1, stillMissing: [], stillMissingCount: 0 })
    await indexed(task.id)
    await rm(moved, { recursive: true })
    const frames = await core.client.frames.list({ taskId: task.id })
    const of = (folder: string) => frames.findIndex(({ name }) => name.startsWith(folder))
    expect((await core.frameBytes(task.id, of('north'), 'original')).body.length).toBeGreaterThan(0)
    expect(await codeOf(core.frameBytes(task.id, of('south'), 'original'))).toBe('FRAME_MISSING')
  })

  test('are named when they stay away', async () => {
    const taskId = await opened(await pictures('photos', ['a.jpg', 'b.jpg']))
    const other = await pictures('other', ['x.jpg', 'b.jpg'])
    await rm(join(other, 'x.jpg'))
    const answer = await core.client.tasks.relink({ id: taskId, to: other })
    expect(answer).toEqual({ found: 1, stillMissing: ['a.jpg'], stillMissingCount: 1 })
  })
})

describe('the sample', () => {
  test('is made once, with its annotations, and its import can be undone and redone', async () => {
    const made = await core.client.app.demo()
    const taskId = made.taskId as TaskId
    expect((await settled(made.requestIds[1] as RequestId)).state).toBe('finished')
    const { objectCount, size } = await core.client.tasks.get({ id: taskId })
    expect(size).toBe(12)
    expect(objectCount).toBeGreaterThan(50)
    expect(await core.client.app.demo()).toEqual({ taskId, requestIds: [] })
    expect((await settled(made.requestIds[3] as RequestId)).state).toBe('finished')
    const tasks = await core.client.tasks.list({})
    expect(tasks.find(({ mode }) => mode === 'interpolation')).toMatchObject({
      name: 'Desk video',
      size: 180,
      objectCount: 7,
    })

    await core.client.annotations.undo({ taskId })
    expect((await core.client.tasks.get({ id: taskId })).objectCount).toBe(0)
    await core.close()
    await start()
    await core.client.annotations.redo({ taskId })
    expect((await core.client.tasks.get({ id: taskId })).objectCount).toBe(objectCount)
  })

  test('goes out and comes back the same, replacing what was there', async () => {
    const { taskId: id, requestIds } = await core.client.app.demo()
    const taskId = id as TaskId
    await settled(requestIds[1] as RequestId)
    const before = (await core.client.annotations.frame({ taskId, frame: 3 })).annotations
    const format = 'CVAT for images 1.1'
    const path = join(dir, 'out.zip')
    const exported = await core.client.datasets.export({ taskId, format, path })
    expect((await settled(exported.requestId)).state).toBe('finished')
    const imported = await core.client.datasets.import({ taskId, format, path })
    expect((await settled(imported.requestId)).result).toMatchObject({ unmatchedCount: 0 })
    const after = (await core.client.annotations.frame({ taskId, frame: 3 })).annotations
    expect(after.map(({ id: _, ...rest }) => rest)).toEqual(
      before.map(({ id: _, ...rest }) => rest),
    )
    expect(await readdir(dir)).toEqual(expect.arrayContaining(['out.zip', 'data']))
    expect((await readdir(dir)).filter((name) => name.includes('partial'))).toEqual([])
  })

  test('an export to a place where no folder can be is refused with a sentence', async () => {
    const { taskId: id, requestIds } = await core.client.app.demo()
    const taskId = id as TaskId
    await settled(requestIds[1] as RequestId)
    await writeFile(join(dir, 'a file'), '')
    const path = join(dir, 'a file/out.zip')
    const { requestId } = await core.client.datasets.export({ taskId, format: 'COCO 1.0', path })
    expect((await settled(requestId)).error?.code).toBe('EXPORT_NOT_WRITABLE')
  })

  test('a picture that is gone is left out of an export and named, the others are in it', async () => {
    const folder = await pictures('photos', ['a.jpg', 'b.jpg', 'c.jpg'])
    const taskId = await opened(folder)
    await rm(join(folder, 'b.jpg'))
    const path = join(dir, 'out.zip')
    const input = { taskId, format: 'COCO 1.0', path, withImages: true }
    const { requestId } = await core.client.datasets.export(input)
    const { state, result } = await settled(requestId)
    expect(state).toBe('finished')
    expect(result).toMatchObject({
      frames: 3,
      picturesLeftOut: 1,
      notes: ['1 picture could not be read, so not in the file: b.jpg'],
    })
    const zip = (await readFile(path)).toString('latin1')
    expect(zip).toContain('images/default/a.jpg')
    expect(zip).not.toContain('images/default/b.jpg')
  })

  test('an import of another format is refused and changes nothing', async () => {
    const { taskId: id, requestIds } = await core.client.app.demo()
    const taskId = id as TaskId
    await settled(requestIds[1] as RequestId)
    const { objectCount, revision } = await core.client.tasks.get({ id: taskId })
    const path = join(SAMPLE, 'labels.json')
    const { requestId } = await core.client.datasets.import({ taskId, format: 'COCO 1.0', path })
    expect(await settled(requestId)).toMatchObject({ state: 'failed' })
    expect(await core.client.tasks.get({ id: taskId })).toMatchObject({ objectCount, revision })
  })
})
