/** Annotations of a file into one job: its frames, its part of every track, and nothing else of its task. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import { importPreviewSchema } from '#shared/domain/import-preview.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'

let set: DatasetCore
let taskId: TaskId
let jobId: JobId

const names = ['0.png', '1.png', '2.png', '3.png', '4.png', '5.png']
const keyframe = (frame: number, x: number) =>
  `<box frame="${frame}" keyframe="1" outside="0" occluded="0" xtl="${x}" ytl="1" xbr="${x + 5}" ybr="9"/>`

/** Jobs of two frames; a box on each frame, and a track that moves a pixel a frame over all of them. */
beforeEach(async () => {
  set = await datasetCore()
  taskId = await set.task(names, { labels: [{ name: 'car' }, { name: 'new' }], segmentSize: 2 })
  const boxes = names.map((name, at) => image(name, box('car', 1 + at))).join('')
  await set.draw(
    taskId,
    `${boxes}<track id="0" label="car">${keyframe(0, 10)}${keyframe(5, 15)}</track>`,
  )
  const task = await set.core.client.tasks.get({ id: taskId })
  const second = task.jobs[1]
  if (!second) throw new Error('no second job')
  jobId = second.id
}, 60_000)
afterEach(() => set.close())

async function file(): Promise<{ taskId: TaskId; jobId: JobId; format: string; path: string }> {
  const path = join(set.dir, 'in.xml')
  const boxes = names.map((name) => image(name, box('new', 30))).join('')
  const track = `<track id="0" label="new">${keyframe(0, 20)}</track>`
  await writeFile(path, `<annotations>${boxes}${track}</annotations>`)
  return { taskId, jobId, format: 'CVAT 1.1', path }
}

/** Of each frame the labels and left sides of what is seen there. */
async function seen(): Promise<string[][]> {
  const labels = new Map(
    (await set.core.client.tasks.get({ id: taskId })).labels.map(({ id, name }) => [id, name]),
  )
  const frames = names.map(async (_, frame) => {
    const { annotations } = await set.core.client.annotations.frame({ taskId, frame })
    return annotations.flatMap((one) => placeOf(one, frame, labels)).sort()
  })
  return Promise.all(frames)
}

function placeOf(one: Annotation, frame: number, labels: ReadonlyMap<number, string>): string[] {
  if (one.kind === 'tag') return []
  const place = one.kind === 'track' ? positionOn(one, frame) : one
  if (!place || ('outside' in place && place.outside)) return []
  return [`${labels.get(one.labelId)} ${place.points[0]}`]
}

const before = names.map((_, at) => [`car ${1 + at}`, `car ${10 + at}`].sort())

test('replaces what the job has, and undo brings it back; the other jobs see no difference', async () => {
  expect(await seen()).toEqual(before)
  const wanted = await file()
  const look = importPreviewSchema.parse(
    await set.result(set.core.client.datasets.previewImport(wanted)),
  )
  expect(look).toMatchObject({ added: { tracks: 1, shapes: { rectangle: 2 } }, replaced: 3 })
  expect(look.notes).toEqual(['4 annotations lie outside of the job and are left out'])
  expect(await set.result(set.core.client.datasets.import(wanted))).toMatchObject({ imported: 3 })
  const after = before.map((list, at) => (at === 2 || at === 3 ? ['new 20', 'new 30'] : list))
  expect(await seen()).toEqual(after)
  await set.core.client.annotations.undo({ taskId })
  expect(await seen()).toEqual(before)
})

test('adds to the job alone', async () => {
  await set.result(set.core.client.datasets.import({ ...(await file()), mode: 'add' }))
  const after = before.map((list, at) =>
    at === 2 || at === 3 ? [...list, 'new 20', 'new 30'].sort() : list,
  )
  expect(await seen()).toEqual(after)
})

test('a job of another task is refused', async () => {
  const other = await set.task(['x.png'], { labels: [{ name: 'car' }] })
  const wanted = { ...(await file()), taskId: other }
  await expect(set.core.client.datasets.import(wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('objects of other jobs are not written anew, and a track keeps both of its ends', async () => {
  const idsOn = async (frame: number) => {
    const { annotations } = await set.core.client.annotations.frame({ taskId, frame })
    return annotations.flatMap(({ kind, id }) => (kind === 'shape' ? [id] : []))
  }
  const ids = await Promise.all([0, 1, 4, 5].map(idsOn))
  await set.result(set.core.client.datasets.import(await file()))
  expect(await Promise.all([0, 1, 4, 5].map(idsOn))).toEqual(ids)
  const { annotations } = await set.core.client.annotations.frame({ taskId, frame: 5 })
  const ours = annotations.filter(({ kind, frame }) => kind === 'track' && frame === 0)
  expect(ours.map((one) => positionOn(one as Track, 5)?.points[0])).toEqual([15])
})

test('what somebody draws in another job meanwhile is there, whichever comes first', async () => {
  const { first } = await set.core.client.annotations.reserveIds({ count: 20 })
  const { annotations } = await set.core.client.annotations.frame({ taskId, frame: 5 })
  const shape = annotations.find(({ kind }) => kind === 'shape')
  if (!shape) throw new Error('no shape')
  const sent = await set.core.client.datasets.import(await file())
  let { revision } = await set.core.client.tasks.get({ id: taskId })
  let drawn = 0
  for (let settled = false; !settled && drawn < 20; drawn += 1) {
    const after = { ...shape, id: (first + drawn) as Shape['id'] }
    const step = {
      title: { key: 'draw', count: 1 },
      frame: 5,
      operations: [{ kind: 'create' as const, after }],
    }
    const input = { taskId, baseRevision: revision, clientStepId: `drawn ${drawn}`, step }
    const change = set.core.client.annotations.apply(input)
    revision = await change.then(
      (result) => result.revision,
      // The import was first: what was drawn is sent again on top of it, as a window does.
      async () => {
        const now = (await set.core.client.tasks.get({ id: taskId })).revision
        return (await set.core.client.annotations.apply({ ...input, baseRevision: now })).revision
      },
    )
    const { state } = await set.core.client.requests.get({ id: sent.requestId })
    settled = state === 'finished' || state === 'failed'
  }
  const request = await set.settled(sent.requestId)
  expect([undefined, 'BULK_OVERTAKEN']).toContain(request.error?.code)
  const { annotations: now } = await set.core.client.annotations.frame({ taskId, frame: 5 })
  const mine = now.filter(({ id }) => id >= first && id < first + drawn)
  expect(mine).toHaveLength(drawn)
})
