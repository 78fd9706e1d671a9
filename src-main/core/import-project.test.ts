/** Data sets with their pictures, imported into projects through the composed core. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ProjectId } from '#shared/domain/ids.ts'
import type { ProjectImportReport } from '#shared/domain/request.ts'
import { zipOf } from '../media/testing/archives.ts'
import { picture } from '../media/testing/pictures.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'

let set: DatasetCore
beforeEach(async () => {
  set = await datasetCore()
})
afterEach(() => set.close())

const path = (name = 'set.zip') => join(set.dir, name)

async function written(entries: Record<string, string | Uint8Array>, name?: string) {
  await writeFile(
    path(name),
    zipOf(...Object.entries(entries).map(([name, data]) => ({ name, data: Buffer.from(data) }))),
  )
  return path(name)
}

const imported = async (
  input: Parameters<DatasetCore['core']['client']['datasets']['importProject']>[0],
) => (await set.result(set.core.client.datasets.importProject(input))) as ProjectImportReport

/** What lies in the data directory for tasks that were made of archives. */
const media = () => readdir(join(set.dir, 'data', 'media')).catch(() => [])

const META = `<meta><project><labels>
  <label><name>car</name><color>#123456</color><type>rectangle</type><attributes>
    <attribute><name>make</name><mutable>False</mutable><input_type>select</input_type><default_value>b</default_value><values>a\nb</values></attribute>
  </attributes></label>
  <label><name>body</name><color>#0000ff</color><type>skeleton</type><attributes></attributes>
    <svg>&lt;line x1="10" y1="10" x2="90" y2="90" data-type="edge" data-node-from="1" data-node-to="2"&gt;&lt;/line&gt;&lt;circle r="1.5" cx="10" cy="10" data-type="element node" data-element-id="1" data-node-id="1" data-label-name="head"&gt;&lt;/circle&gt;&lt;circle r="1.5" cx="90" cy="90" data-type="element node" data-element-id="2" data-node-id="2" data-label-name="foot"&gt;&lt;/circle&gt;</svg></label>
  <label><name>head</name><color>#111111</color><type>points</type><attributes></attributes><parent>body</parent></label>
  <label><name>foot</name><color>#222222</color><type>points</type><attributes></attributes><parent>body</parent></label>
</labels></project></meta>`

const SKELETON =
  '<skeleton label="body"><points label="head" outside="0" occluded="0" points="1,2"/><points label="foot" outside="0" occluded="0" points="3,4"/></skeleton>'

/** A project's CVAT XML: the same name in two subsets, a picture that is listed and not there. */
async function cvatProject() {
  const png = await picture('png')
  const xml = [
    `<annotations>${META}`,
    image('a.png', box('car', 1) + SKELETON, 'subset="train" task_id="1"'),
    image(
      'deep/b.png',
      box('car', 2).replace('/>', '><attribute name="make">a</attribute></box>'),
      'subset="train" task_id="1"',
    ),
    image('a.png', box('bike', 3), 'subset="val" task_id="2"'),
    image('gone.png', box('car', 4), 'subset="val" task_id="2"'),
    '</annotations>',
  ]
  return written({
    'annotations.xml': xml.join(''),
    'images/train/a.png': png,
    'images/train/deep/b.png': png,
    'images/val/a.png': png,
    'images/val/unlisted.png': png,
  })
}

test('a task for each subset, with its pictures, labels as the file describes them', async () => {
  const report = await imported({ path: await cvatProject(), projectName: 'city' })
  expect(report).toMatchObject({
    tasks: [
      { name: 'train', subset: 'train', frames: 2, imported: 3 },
      { name: 'val', subset: 'val', frames: 2, imported: 1 },
    ],
    labelsCreated: ['car', 'body', 'bike'],
    imported: 4,
    unmatched: ['gone.png'],
  })
  const project = await set.core.client.projects.get({ id: report.projectId })
  expect(project).toMatchObject({
    name: 'city',
    taskCount: 2,
    labels: [
      {
        ...{ name: 'car', color: '#123456', type: 'rectangle' },
        attributes: [
          {
            name: 'make',
            inputType: 'select',
            values: ['a', 'b'],
            defaultValue: 'b',
            mutable: false,
          },
        ],
      },
      {
        ...{ name: 'body', color: '#0000ff', type: 'skeleton' },
        svg: expect.stringContaining('cx="10"'),
        sublabels: [
          { name: 'head', color: '#111111' },
          { name: 'foot', color: '#222222' },
        ],
      },
      { name: 'bike', type: 'any' },
    ],
  })
  const [train] = report.tasks
  if (!train) throw new Error('no task')
  const frames = await set.core.client.frames.list({ taskId: train.id })
  expect(frames.map(({ name, width, status }) => [name, width, status])).toEqual([
    ['a.png', 40, 'ok'],
    ['deep/b.png', 40, 'ok'],
  ])
  const { annotations } = await set.core.client.annotations.frame({ taskId: train.id, frame: 1 })
  expect(annotations).toMatchObject([{ points: [2, 1, 7, 9], attributes: [{ value: 'a' }] }])
  expect(await media()).toHaveLength(2)
})

test.each(['CVAT for images 1.1', 'CVAT for video 1.1', 'COCO 1.0', 'Datumaro 1.0'])(
  '%s: what a project exports makes the same project again',
  async (format) => {
    const { projectId } = await imported({ path: await cvatProject() })
    const file = path('again.zip')
    const sent = set.core.client.datasets.exportProject({
      projectId,
      format,
      path: file,
      withImages: true,
    })
    const { annotations } = (await set.result(sent)) as { annotations: number }
    const again = await imported({ path: file, format })
    expect(again).toMatchObject({
      tasks: [
        { name: 'train', frames: 2 },
        { name: 'val', frames: 2 },
      ],
      unmatchedCount: 0,
      imported: annotations,
    })
    const names = async (id: ProjectId) =>
      (await set.core.client.projects.get({ id })).labels.map(({ name }) => name).sort()
    expect(await names(again.projectId)).toEqual(expect.arrayContaining(await names(projectId)))
  },
)

test('into a project that is there: its labels stay, what is missing is added', async () => {
  const labels = [{ name: 'car', color: '#ff0000', type: 'rectangle' as const }]
  const { id: projectId } = await set.core.client.projects.create({ name: 'old', labels })
  const report = await imported({ path: await cvatProject(), projectId })
  expect(report).toMatchObject({ projectId, labelsCreated: ['body', 'bike'], imported: 4 })
  const project = await set.core.client.projects.get({ id: projectId })
  expect(project.labels).toMatchObject([
    { name: 'car', color: '#ff0000', attributes: [{ name: 'make' }] },
    { name: 'body' },
    { name: 'bike' },
  ])
})

test('onto pictures a project has: twice is as good as once', async () => {
  const labels = [{ name: 'car' }, { name: 'bike' }]
  const { id: projectId } = await set.core.client.projects.create({ name: 'old', labels })
  await set.task(['a.png', 'deep/b.png'], { projectId, subset: 'train' })
  await set.task(['a.png'], { projectId, subset: 'val' })
  const wanted = { path: await cvatProject(), projectId, media: 'existing' as const }
  expect(await imported(wanted)).toMatchObject({
    tasks: [
      { subset: 'train', imported: 2 },
      { subset: 'val', imported: 1 },
    ],
    unmatched: ['gone.png'],
  })
  expect(await imported(wanted)).toMatchObject({ imported: 0 })
  expect(await set.core.client.tasks.list({ projectId })).toMatchObject([
    { objectCount: 2 },
    { objectCount: 1 },
  ])
})

test('a name with spaces around it is the name', async () => {
  const xml = `<annotations>${image('a.png', box('car ', 1) + box('car', 9) + box(' bike', 20))}</annotations>`
  const file = await written({ 'annotations.xml': xml, 'images/a.png': await picture('png') })
  expect(await imported({ path: file })).toMatchObject({
    labelsCreated: ['car', 'bike'],
    imported: 3,
    notes: [],
  })
})

test('a folder stays where it is', async () => {
  const { projectId } = await imported({ path: await cvatProject() })
  await set.core.client.projects.delete({ id: projectId })
  const before = await media()
  const root = join(set.dir, 'unpacked')
  const { mkdir } = await import('node:fs/promises')
  await mkdir(join(root, 'images'), { recursive: true })
  await writeFile(join(root, 'images', 'a.png'), await picture('png'))
  await writeFile(
    join(root, 'annotations.xml'),
    `<annotations>${image('a.png', box('car', 1))}</annotations>`,
  )
  expect(await imported({ path: root })).toMatchObject({ tasks: [{ frames: 1, imported: 1 }] })
  expect(await media()).toEqual(before)
})

describe('nothing stays of one that', () => {
  const nothing = async () => {
    expect(await set.core.client.projects.list()).toEqual([])
    expect(await set.core.client.tasks.list({})).toEqual([])
    expect(await media()).toEqual([])
  }

  test('is refused in the middle', async () => {
    const png = await picture('png')
    const xml = `<annotations>${image('a.png', box('car', 1))}${image('b.png', '<box label="car" xtl="x" ytl="1" xbr="2" ybr="2"/>')}</annotations>`
    const file = await written({ 'annotations.xml': xml, 'images/a.png': png, 'images/b.png': png })
    const { requestId } = await set.core.client.datasets.importProject({ path: file })
    expect(await set.settled(requestId)).toMatchObject({
      state: 'failed',
      error: { code: 'DATASET_INVALID' },
    })
    await nothing()
  })

  test('fits none of its pictures', async () => {
    const xml = `<annotations>${image('a.png', box('car', 1))}</annotations>`
    const file = await written({ 'annotations.xml': xml, 'images/other.png': await picture('png') })
    const { requestId } = await set.core.client.datasets.importProject({ path: file })
    expect(await set.settled(requestId)).toMatchObject({
      state: 'failed',
      error: { code: 'DATASET_MATCHES_NOTHING' },
    })
    await nothing()
  })

  test('has no pictures', async () => {
    const file = await written({
      'annotations.xml': `<annotations>${image('a.png', box('car', 1))}</annotations>`,
    })
    const { requestId } = await set.core.client.datasets.importProject({ path: file })
    expect(await set.settled(requestId)).toMatchObject({
      state: 'failed',
      error: { code: 'MEDIA_NONE' },
    })
    await nothing()
  })

  test('looks like nothing we know', async () => {
    const file = await written({ 'readme.md': 'hello', 'a/b/c.png': await picture('png') })
    const { requestId } = await set.core.client.datasets.importProject({ path: file })
    expect(await set.settled(requestId)).toMatchObject({
      state: 'failed',
      error: { code: 'DATASET_FORMAT_UNCLEAR' },
    })
    await nothing()
  })
})
