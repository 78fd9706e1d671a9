/** What every format is held to: its loss report is what a round trip shows, and its files are known by their looks. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInput } from '#main/formats/archive/open-input.ts'
import { createFormatRegistry } from '#main/formats/index.ts'
import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'

const registry = createFormatRegistry()
const formats = registry.list()
const exported = formats.filter((format) => format.export).map(({ name }) => name)
const both = formats.filter((format) => format.export && format.import).map(({ name }) => name)

const SKELETON =
  '<skeleton label="body"><points label="p" outside="0" occluded="0" points="1,2"/><points label="q" outside="0" occluded="1" points="3,4"/></skeleton>'
const EVERYTHING = [
  box('car', 1.37),
  box('person', 8.5, 2, 6, 5, 'rotation="30"'),
  '<polygon label="car" points="20,2;28.5,2;28,9.25"/>',
  '<polyline label="car" points="1,1;5,6"/>',
  '<points label="car" points="3,3;4,4"/>',
  '<ellipse label="person" cx="33" cy="14" rx="4" ry="3"/>',
  '<mask label="car" rle="0, 6" left="2" top="14" width="3" height="2"/>',
  SKELETON,
  '<tag label="person"/>',
].join('')
const TRACK =
  '<track id="0" label="car"><box frame="0" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"/>' +
  '<box frame="1" keyframe="1" outside="0" occluded="0" xtl="2" ytl="1" xbr="9" ybr="9"/></track>'

let set: DatasetCore
let projectId: ProjectId
let taskId: TaskId
beforeAll(async () => {
  set = await datasetCore()
  const joints = ['p', 'q'].map((name) => ({ name, type: 'points' as const }))
  const body = { name: 'body', type: 'skeleton' as const, svg: '', sublabels: joints }
  const labels = [{ name: 'car' }, { name: 'person' }, body]
  projectId = (await set.core.client.projects.create({ name: 'city', labels })).id
  taskId = await set.task(['a.png', 'deep/b.png'], { projectId, subset: 'train' })
  const val = await set.task(['v.png'], { projectId, subset: 'val' })
  await set.draw(taskId, image('a.png', EVERYTHING) + image('deep/b.png', box('person', 3)) + TRACK)
  await set.draw(val, image('v.png', box('car', 5)))
}, 60_000)
afterAll(() => set.close())

const path = (name: string) => join(set.dir, name)

describe('a task, read back, lacks what the loss report says and nothing else', () => {
  test.each(both)('%s', async (format) => {
    const sent = set.core.client.datasets.export({
      taskId,
      format,
      path: path('task.zip'),
      verify: true,
      withImages: true,
    })
    expect(await set.result(sent)).toMatchObject({
      verified: { annotations: 12, surplus: 0, agreesWithLossReport: true },
    })
    const input = await openInput(path('task.zip'))
    const [best = ''] = await registry.detect(input)
    input.close()
    const expected = format.startsWith('CVAT for') ? 'CVAT 1.1' : format
    expect(best).toBe(expected)
  })
})

test.each(both.filter((name) => name.startsWith('ICDAR')))(
  'labels that become the one of %s are found again under it',
  async (format) => {
    const attributes = [{ name: 'text', input_type: 'text' as const, mutable: false, values: [] }]
    const labels = ['icdar', 'sign', 'car'].map((name) => ({ name, attributes }))
    const signs = await set.task(['a.png'], { labels })
    const said = '<attribute name="text">OPEN</attribute>'
    const tag = `<tag label="sign">${said}</tag>`
    await set.draw(signs, image('a.png', box('sign', 1) + box('icdar', 5) + box('car', 9) + tag))
    const wanted = { taskId: signs, format, path: path('signs.zip'), verify: true }
    expect(await set.result(set.core.client.datasets.export(wanted))).toMatchObject({
      verified: { annotations: 4, surplus: 0, agreesWithLossReport: true },
    })
  },
)

describe('so does a project', () => {
  test.each(both)('%s', async (format) => {
    const sent = set.core.client.datasets.exportProject({
      projectId,
      format,
      path: path('project.zip'),
      verify: true,
    })
    expect(await set.result(sent)).toMatchObject({
      verified: { annotations: 13, surplus: 0, agreesWithLossReport: true },
    })
  })
})

describe('the same store gives the same bytes', () => {
  test.each(exported)('%s', async (format) => {
    const bytes: Buffer[] = []
    for (const name of ['one.zip', 'two.zip']) {
      const wanted = { projectId, format, path: path(name), withImages: true }
      await set.result(set.core.client.datasets.exportProject(wanted))
      bytes.push(await readFile(path(name)))
    }
    expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true)
  })
})
