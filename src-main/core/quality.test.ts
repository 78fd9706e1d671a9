/** Counting, checking and comparing annotations through the composed core. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import { comparisonSchema, statsSchema, validationReportSchema } from '#shared/domain/quality.ts'
import { composeCore } from './compose.ts'
import type { Core } from './core.ts'

const PICTURE = fileURLToPath(
  new URL('../../resources/sample/images/desk_0001.jpg', import.meta.url),
)
const DESK = fileURLToPath(new URL('../../resources/sample/video/desk.mp4', import.meta.url))

let dir: string
let core: Core

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark quality '))
  core = await composeCore({ dataDir: join(dir, 'data') })
})
afterEach(async () => {
  await core.close()
  await rm(dir, { recursive: true, force: true })
})

async function resultOf(id: RequestId): Promise<unknown> {
  const state = async () => (await core.client.requests.get({ id })).state
  await expect.poll(state, { timeout: 20_000 }).toBe('finished')
  return (await core.client.requests.get({ id })).result
}

/** Pictures `a.jpg` and `b.jpg`, and `bad.jpg`, which is none. */
async function pictures(name: string, xml: string): Promise<TaskId> {
  const folder = join(dir, 'pictures')
  await mkdir(folder, { recursive: true })
  for (const file of ['a.jpg', 'b.jpg']) await copyFile(PICTURE, join(folder, file))
  await writeFile(join(folder, 'bad.jpg'), 'no picture')
  const labels = [
    {
      name: 'car',
      attributes: [
        {
          name: 'color',
          input_type: 'select',
          mutable: false,
          values: ['red', 'blue'],
          default_value: 'red',
        },
      ],
    },
    { name: 'sign' },
  ]
  const { task, requestId } = await core.client.tasks.create({ name, labels, paths: [folder] })
  await resultOf(requestId)
  await importXml(task.id, xml)
  return task.id
}

async function importXml(taskId: TaskId, xml: string, format = 'CVAT for images 1.1') {
  const path = join(dir, 'in.xml')
  await writeFile(path, `<annotations>${xml}</annotations>`)
  await resultOf((await core.client.datasets.import({ taskId, format, path })).requestId)
}

const box = (label: string, x: number, inner = '', size = 40) =>
  `<box label="${label}" occluded="0" xtl="${x}" ytl="10" xbr="${x + size}" ybr="${10 + size}" z_order="0">${inner}</box>`
const image = (name: string, ...shapes: string[]) =>
  `<image name="${name}">${shapes.join('')}</image>`

test('objects are counted by label, of tracks keyframes and what lies between', async () => {
  const { task, requestId } = await core.client.tasks.create({
    name: 'desk',
    labels: [{ name: 'disc' }],
    paths: [DESK],
  })
  await resultOf(requestId)
  const at = (frame: number, outside = 0) =>
    `<box frame="${frame}" keyframe="1" outside="${outside}" occluded="0" xtl="${frame}" ytl="1" xbr="${frame + 5}" ybr="9" z_order="0"/>`
  await importXml(
    task.id,
    `<track id="0" label="disc">${at(0)}${at(4)}${at(10, 1)}</track>`,
    'CVAT for video 1.1',
  )
  const stats = statsSchema.parse(
    await resultOf((await core.client.quality.stats({ taskId: task.id })).requestId),
  )
  expect(stats).toMatchObject({ tasks: 1, objects: 1, annotatedFrames: 10 })
  expect(stats.labels).toEqual([
    {
      label: 'disc',
      tags: 0,
      shapes: {},
      tracks: { rectangle: 1 },
      keyframes: 2,
      interpolated: 8,
      total: 10,
    },
  ])
})

test('what is wrong is listed with its frame, object and reason; good annotations are not', async () => {
  const color = (value: string) => `<attribute name="color">${value}</attribute>`
  const taskId = await pictures(
    'street',
    image(
      'a.jpg',
      box('car', 10, color('red')),
      box('car', 10.1),
      box('car', 200, color('green')),
    ) +
      image(
        'b.jpg',
        box('sign', 90_000),
        '<polygon label="sign" occluded="0" points="0,0;50,50;50,0;0,50" z_order="0"/>',
      ),
  )
  const { requestId } = await core.client.quality.validate({ taskId })
  const report = validationReportSchema.parse(await resultOf(requestId))
  expect(report).toMatchObject({ frames: 3, annotations: 5, count: 5 })
  expect(report.findings.map(({ frame, rule, label }) => [frame, rule, label])).toEqual([
    [0, 'attribute-value', 'car'],
    [0, 'duplicate', 'car'],
    [1, 'outside-picture', 'sign'],
    [1, 'crosses-itself', 'sign'],
    [2, 'unreadable-media', ''],
  ])
  expect(report.findings[0]?.problem).toContain('"color" is "green"; it may be red, blue')
})

test('two tasks, and a task and a file, differ in what was changed and in nothing else', async () => {
  const first = await pictures(
    'first',
    image('a.jpg', box('car', 10), box('sign', 200)) + image('b.jpg', box('car', 10)),
  )
  const xml = image('a.jpg', box('car', 12), box('car', 200)) + image('b.jpg', box('sign', 400))
  const second = await pictures('second', xml)
  const path = join(dir, 'in.xml')
  for (const other of [{ taskId: second }, { path, format: 'CVAT for images 1.1' }]) {
    const { requestId } = await core.client.quality.compare({ taskId: first, with: other })
    const told = comparisonSchema.parse(await resultOf(requestId))
    expect(told).toMatchObject({
      frames: 3,
      first: 3,
      second: 3,
      matched: 2,
      agreed: 1,
      onlyFirst: 1,
      onlySecond: 1,
    })
    expect(told.differences.map(({ kind, frame, labels }) => [kind, frame, labels])).toEqual([
      ['geometry', 0, ['car', 'car']],
      ['label', 0, ['sign', 'car']],
      ['only-first', 1, ['car']],
      ['only-second', 1, ['sign']],
    ])
  }
  const { requestId } = await core.client.quality.compare({
    taskId: first,
    with: { taskId: first },
  })
  expect(await resultOf(requestId)).toMatchObject({ differenceCount: 0, meanOverlap: 1 })
})
