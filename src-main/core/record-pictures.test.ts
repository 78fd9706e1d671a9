/** A data set whose pictures lie inside its records becomes tasks all the same. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectImportReportSchema } from '#shared/domain/request.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'

let set: DatasetCore
beforeAll(async () => {
  set = await datasetCore()
}, 60_000)
afterAll(() => set.close())

test('TFRecord with pictures: a task for each subset, and nothing is left of what was unpacked', async () => {
  const { core, dir } = set
  const { id: projectId } = await core.client.projects.create({
    name: 'city',
    labels: [{ name: 'car' }],
  })
  const train = await set.task(['a.png', 'deep/b.png'], { projectId, subset: 'train' })
  await set.task(['a.png'], { projectId, subset: 'val' })
  await set.draw(train, image('a.png', box('car', 3)) + image('deep/b.png', box('car', 5)))
  const path = join(dir, 'records.zip')
  const options = { format: 'TFRecord 1.0', path, withImages: true }
  await set.result(core.client.datasets.exportProject({ projectId, ...options }))

  const sent = core.client.datasets.importProject({ projectId: null, path })
  const report = projectImportReportSchema.parse(await set.result(sent))
  expect(report.tasks.map(({ subset, frames, imported }) => [subset, frames, imported])).toEqual([
    ['train', 2, 2],
    ['val', 1, 0],
  ])
  expect(report.labelsCreated).toEqual(['car'])
  const taskId = report.tasks[0]?.id
  if (taskId === undefined) throw new Error('no task')
  const frames = await core.client.frames.list({ taskId, from: 0, count: 10 })
  expect(JSON.stringify(frames)).toContain('deep/b.png')
  expect(await core.client.frames.problems({ taskId })).toEqual([])
  const left = await readdir(join(dir, 'data', 'cache'), { recursive: true })
  expect(left.filter((name) => name.includes('pictures-of-request'))).toEqual([])
})
