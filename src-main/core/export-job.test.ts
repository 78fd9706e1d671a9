/** One job of a task, exported through the composed core: its frames, and its part of every track. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openInput } from '#main/formats/archive/open-input.ts'
import type { JobId, RequestId, TaskId } from '#shared/domain/ids.ts'
import { composeCore } from './compose.ts'
import type { Core } from './core.ts'

const DESK = fileURLToPath(new URL('../../resources/sample/video/desk.mp4', import.meta.url))

let dir: string
let core: Core

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark job '))
  core = await composeCore({ dataDir: join(dir, 'data') })
})
afterEach(async () => {
  await core.close()
  await rm(dir, { recursive: true, force: true })
})

async function finished(id: RequestId): Promise<void> {
  await expect
    .poll(async () => (await core.client.requests.get({ id })).state, { timeout: 20_000 })
    .toBe('finished')
}

/** Jobs of frames 0 … 99, 90 … 179. A box that goes a pixel a frame, one that is gone by frame 20, a tag. */
async function made(): Promise<{ taskId: TaskId; jobs: JobId[] }> {
  const { task, requestId } = await core.client.tasks.create({
    ...{ name: 'desk', labels: [{ name: 'disc' }], paths: [DESK] },
    ...{ segmentSize: 100, overlap: 10 },
  })
  await finished(requestId)
  const box = (frame: number, outside = 0) =>
    `<box frame="${frame}" keyframe="1" outside="${outside}" occluded="0" xtl="${frame}" ytl="1" xbr="${frame + 5}" ybr="9" z_order="0"/>`
  const track = (...boxes: string[]) => `<track id="0" label="disc">${boxes.join('')}</track>`
  const path = join(dir, 'in.xml')
  const tracks = track(box(0), box(20, 1)) + track(box(10), box(170))
  await writeFile(path, `<annotations>${tracks}</annotations>`)
  const format = 'CVAT for video 1.1'
  const taskId = task.id
  await finished((await core.client.datasets.import({ taskId, format, path })).requestId)
  return { taskId, jobs: (await core.client.tasks.get({ id: taskId })).jobs.map(({ id }) => id) }
}

async function textIn(zip: string, name: string): Promise<string> {
  const input = await openInput(zip)
  const pieces: string[] = []
  for await (const piece of input.text(name)) pieces.push(piece)
  input.close()
  return pieces.join('')
}

test('a job is exported with its frames and its part of every track', async () => {
  const { taskId, jobs } = await made()
  const jobId = jobs[1] as JobId
  expect(await core.client.jobs.get({ id: jobId })).toMatchObject({
    startFrame: 90,
    stopFrame: 179,
  })
  const path = join(dir, 'out.zip')
  const format = 'CVAT for video 1.1'
  const losses = await core.client.datasets.lossReport({ taskId, jobId, format })
  expect(losses).toEqual({ annotations: 1, losses: [] })
  const { requestId } = await core.client.datasets.export({ taskId, jobId, format, path })
  await finished(requestId)
  const request = await core.client.requests.get({ id: requestId })
  expect(request.title).toBe(`Export CVAT for video 1.1 of job ${jobId} of desk`)
  expect(request.result).toMatchObject({ annotations: 90 })
  const xml = await textIn(path, 'annotations.xml')
  expect(xml.match(/<track/g)).toHaveLength(1)
  const frames = [
    ...xml.matchAll(/<box frame="(\d+)" keyframe="(\d)" outside="0" occluded="0" xtl="([\d.]+)"/g),
  ]
  expect(frames).toHaveLength(90)
  expect(frames[0]?.slice(1)).toEqual(['90', '1', '90.00'])
  expect(frames[45]?.slice(1)).toEqual(['135', '0', '135.00'])
  expect(frames.filter(([, , key]) => key === '1').map(([, frame]) => frame)).toEqual(['90', '170'])
  expect(xml).toContain(`<job>\n      <id>${jobId}</id>\n      <size>90</size>`)
  expect(xml).toContain('<start_frame>90</start_frame>\n      <stop_frame>179</stop_frame>')
  expect(xml).toMatch(/<\/dumped>\s*<original_size>/)
})

test('where a track goes on beyond the job, it is there on its last frame', async () => {
  const { taskId, jobs } = await made()
  const jobId = jobs[0] as JobId
  const path = join(dir, 'out.zip')
  const { requestId } = await core.client.datasets.export({
    taskId,
    jobId,
    format: 'COCO 1.0',
    path,
  })
  await finished(requestId)
  const { images, annotations } = JSON.parse(
    await textIn(path, 'annotations/instances_default.json'),
  ) as {
    images: unknown[]
    annotations: { image_id: number; bbox: number[]; attributes: { keyframe: boolean } }[]
  }
  expect(images).toHaveLength(100)
  expect(annotations).toHaveLength(20 + 90)
  expect(annotations.at(-1)).toMatchObject({
    ...{ image_id: 100, bbox: [99, 1, 5, 8], attributes: { keyframe: true } },
  })
})

test('a job of another task is none of this one', async () => {
  const { jobs } = await made()
  const other = await made()
  const input = { taskId: other.taskId, jobId: jobs[0] as JobId, format: 'COCO 1.0' }
  await expect(core.client.datasets.export(input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(core.client.datasets.lossReport(input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(core.client.jobs.get({ id: 9999 as JobId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
