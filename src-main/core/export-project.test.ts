/** A project exported through the composed core: its tasks one after the other, by subset. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JobId, ProjectId, TaskId } from '#shared/domain/ids.ts'
import { box, type DatasetCore, datasetCore, image, namesIn, textIn } from './compose-fixture.ts'

let set: DatasetCore
let projectId: ProjectId

beforeEach(async () => {
  set = await datasetCore()
  const labels = [{ name: 'car' }, { name: 'person' }]
  projectId = (await set.core.client.projects.create({ name: 'city', labels })).id
})
afterEach(() => set.close())

const path = (name = 'out.zip') => join(set.dir, name)
const track = (from: number, to: number) =>
  `<track id="0" label="car"><box frame="${from}" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"/>` +
  `<box frame="${to}" keyframe="1" outside="0" occluded="0" xtl="11" ytl="1" xbr="19" ybr="9"/></track>`

/** `train` has two tasks with a picture of the same name, one task has no subset. */
async function city(): Promise<{ late: TaskId; early: TaskId; plain: TaskId }> {
  const late = await set.task(['a.png', 'b.png'], { projectId, subset: 'train', name: 'late' })
  const plain = await set.task(['p.png'], { projectId, name: 'plain' })
  const early = await set.task(['a.png', 'c.png', 'd.png'], { projectId, subset: 'train' })
  await set.draw(late, image('a.png', box('car', 1)) + track(0, 1))
  await set.draw(plain, image('p.png', `${box('person', 2)}<tag label="car"/>`))
  await set.draw(early, image('a.png', box('car', 3, 1, 5, 8, 'occluded="1"')) + track(1, 2))
  return { late, early, plain }
}

test('CVAT XML tells of each picture its subset, its task and a number of its own', async () => {
  const { late, early, plain } = await city()
  const format = 'CVAT for images 1.1'
  const asked = set.core.client.datasets.exportProject({
    projectId,
    format,
    path: path(),
    withImages: true,
  })
  expect(await set.result(asked)).toMatchObject({ frames: 6, annotations: 8 })
  const xml = await textIn(path(), 'annotations.xml')
  const images = [
    ...xml.matchAll(/<image id="(\d+)" name="([^"]+)" subset="([^"]+)" task_id="(\d+)"/g),
  ]
  expect(images.map((found) => found.slice(1))).toEqual([
    ['0', 'p.png', 'default', `${plain}`],
    ['0', 'a.png', 'train', `${late}`],
    ['1', 'b.png', 'train', `${late}`],
    ['2', 'a_1.png', 'train', `${early}`],
    ['3', 'c.png', 'train', `${early}`],
    ['4', 'd.png', 'train', `${early}`],
  ])
  expect(xml).toContain(`<project>\n      <id>${projectId}</id>\n      <name>city</name>`)
  expect(xml).toContain('<subsets>default\ntrain</subsets>')
  expect(xml.match(/<labels>/g)).toHaveLength(1)
  expect(await namesIn(path())).toEqual([
    'annotations.xml',
    ...['images/default/p.png', 'images/train/a.png', 'images/train/a_1.png'],
    ...['images/train/b.png', 'images/train/c.png', 'images/train/d.png'],
  ])
})

test('tracks keep to their task', async () => {
  const { late, early } = await city()
  const format = 'CVAT for video 1.1'
  const asked = set.core.client.datasets.exportProject({
    projectId,
    format,
    path: path(),
    verify: true,
  })
  expect(await set.result(asked)).toMatchObject({
    verified: { annotations: 8, found: 7, missing: 1, surplus: 0, agreesWithLossReport: true },
  })
  const xml = await textIn(path(), 'annotations.xml')
  const tracks = [
    ...xml.matchAll(
      /<track id="\d+" label="car"[^>]* task_id="(\d+)" subset="train">(.*?)<\/track>/gs,
    ),
  ]
  const framesOf = (task: number) =>
    tracks
      .filter(([, id]) => Number(id) === task)
      .map(([, , inside = '']) =>
        [...inside.matchAll(/frame="(\d+)" keyframe="1" outside="(\d)"/g)].map(
          ([, frame, outside]) => `${frame}/${outside}`,
        ),
      )
  // Seen to the end of its task, and no farther: the plain box closes after its frame.
  expect(framesOf(late)).toEqual([
    ['0/0', '1/0'],
    ['0/0', '1/1'],
  ])
  expect(framesOf(early)).toEqual([
    ['3/0', '4/0'],
    ['2/0', '3/1'],
  ])
})

test.each(['CVAT for images 1.1', 'CVAT for video 1.1', 'COCO 1.0', 'Datumaro 1.0', 'YOLO 1.1'])(
  '%s exported twice is the same file',
  async (format) => {
    await city()
    const bytes = []
    for (const name of ['one.zip', 'two.zip']) {
      await set.result(
        set.core.client.datasets.exportProject({ projectId, format, path: path(name) }),
      )
      bytes.push(await readFile(path(name)))
    }
    expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true)
  },
)

test('one that is named "default" keeps the name, those without a subset get another', async () => {
  await set.task(['a.png'], { projectId, subset: 'default' })
  await set.task(['b.png'], { projectId })
  const format = 'CVAT for images 1.1'
  await set.result(set.core.client.datasets.exportProject({ projectId, format, path: path() }))
  const xml = await textIn(path(), 'annotations.xml')
  expect([...xml.matchAll(/name="(\w+)\.png" subset="(\w+)"/g)].map((one) => one.slice(1))).toEqual(
    [
      ['b', 'default_1'],
      ['a', 'default'],
    ],
  )
})

describe('of some subsets', () => {
  test('only their tasks', async () => {
    await city()
    const format = 'COCO 1.0'
    const wanted = { projectId, format, subsets: ['default'] }
    expect(await set.core.client.datasets.projectLossReport(wanted)).toMatchObject({
      annotations: 2,
    })
    const asked = set.core.client.datasets.exportProject({ ...wanted, path: path() })
    expect(await set.result(asked)).toMatchObject({ frames: 1, annotations: 1 })
  })

  test('none that the project has not', async () => {
    await city()
    const wanted = { projectId, format: 'COCO 1.0', subsets: ['test'] }
    await expect(set.core.client.datasets.exportProject(wanted)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('no subset "test", only default, train'),
    })
  })
})

describe('a filter', () => {
  test('lets through what it finds, and the loss report counts that alone', async () => {
    await city()
    const wanted = { projectId, format: 'CVAT for images 1.1', filter: 'occluded == true' }
    expect(await set.core.client.datasets.projectLossReport(wanted)).toEqual({
      annotations: 1,
      losses: [],
    })
    const asked = set.core.client.datasets.exportProject({
      ...wanted,
      path: path(),
      frames: 'annotated',
    })
    expect(await set.result(asked)).toMatchObject({ frames: 1, annotations: 1 })
    expect((await textIn(path(), 'annotations.xml')).match(/<image /g)).toHaveLength(1)
  })

  test('shows a track where it is found and hides it elsewhere', async () => {
    const { early } = await city()
    const wanted = {
      taskId: early,
      format: 'CVAT for video 1.1',
      filter: 'type == "track" and frame == 1',
    }
    await set.result(set.core.client.datasets.export({ ...wanted, path: path() }))
    const xml = await textIn(path(), 'annotations.xml')
    expect(
      [...xml.matchAll(/frame="(\d)" keyframe="1" outside="(\d)"/g)].map((one) => one.slice(1)),
    ).toEqual([
      ['1', '0'],
      ['2', '1'],
    ])
  })

  test('that is none is refused at once', async () => {
    const wanted = { projectId, format: 'COCO 1.0', filter: 'label ==' }
    await expect(set.core.client.datasets.exportProject(wanted)).rejects.toMatchObject({
      code: 'FILTER_INVALID',
    })
  })
})

describe('frames', () => {
  /** Frames 1 and 2 are checked, of which 2 is deleted. */
  async function marked(): Promise<TaskId> {
    const taskId = await set.task(['a.png', 'b.png', 'c.png'], { projectId })
    await set.draw(
      taskId,
      ['a', 'b', 'c'].map((name) => image(`${name}.png`, box('car', 1))).join(''),
    )
    const { revision } = await set.core.client.tasks.get({ id: taskId })
    const before = { deleted: false, checked: false }
    await set.core.client.annotations.apply({
      ...{ taskId, baseRevision: revision, clientStepId: 'marks' },
      step: {
        title: { key: 'change', count: 2, label: '' },
        frame: 1,
        operations: [
          { kind: 'frame', frame: 1, before, after: { deleted: false, checked: true } },
          { kind: 'frame', frame: 2, before, after: { deleted: true, checked: true } },
        ],
      },
    } as never)
    return taskId
  }

  test.each([
    ['all', ['a.png', 'b.png'], 2],
    ['checked', ['b.png'], 1],
  ] as const)('%s that are not deleted', async (frames, names, annotations) => {
    const taskId = await marked()
    const wanted = { taskId, format: 'CVAT for images 1.1', frames }
    expect(await set.core.client.datasets.lossReport(wanted)).toMatchObject({
      losses: [{ severity: 'dropped', count: 1, what: expect.stringContaining('deleted frame') }],
    })
    const sent = set.core.client.datasets.export({ ...wanted, path: path(), verify: true })
    expect(await set.result(sent)).toMatchObject({
      ...{ annotations, frames: names.length },
      verified: { found: annotations, agreesWithLossReport: true },
    })
    const xml = await textIn(path(), 'annotations.xml')
    expect([...xml.matchAll(/<image id="\d+" name="([^"]+)"/g)].map(([, name]) => name)).toEqual(
      names,
    )
  })

  test.each(['COCO 1.0', 'MOT 1.1', 'Datumaro 1.0'])(
    'of a job, read back from %s',
    async (format) => {
      const taskId = await set.task(['a.png', 'b.png', 'c.png', 'd.png'], {
        projectId,
        segmentSize: 2,
      })
      await set.draw(
        taskId,
        ['a', 'c', 'd'].map((name, at) => image(`${name}.png`, box('car', at))).join(''),
      )
      const { jobs } = await set.core.client.tasks.get({ id: taskId })
      const wanted = { taskId, jobId: jobs[1]?.id as JobId, format, path: path(), verify: true }
      expect(
        await set.result(set.core.client.datasets.export({ ...wanted, withImages: true })),
      ).toMatchObject({
        verified: { annotations: 2, found: 2, agreesWithLossReport: true },
      })
    },
  )
})

describe('strict', () => {
  test('refuses before anything is written, and names what would be lost', async () => {
    const { plain } = await city()
    const wanted = { taskId: plain, format: 'COCO 1.0', strict: true, path: path() }
    const { requestId } = await set.core.client.datasets.export(wanted)
    expect(await set.settled(requestId)).toMatchObject({
      state: 'failed',
      error: {
        code: 'EXPORT_WOULD_LOSE',
        message: expect.stringMatching(/COCO 1\.0 cannot hold all of this: .*1 tag/),
      },
    })
    await expect(stat(path())).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('lets through what loses nothing', async () => {
    const { plain } = await city()
    const wanted = {
      taskId: plain,
      format: 'CVAT for images 1.1',
      strict: true,
      path: path(),
      verify: true,
    }
    expect(await set.result(set.core.client.datasets.export(wanted))).toMatchObject({
      verified: {
        annotations: 2,
        found: 2,
        missing: 0,
        surplus: 0,
        largestErrorPx: 0,
        agreesWithLossReport: true,
      },
    })
  })
})

test('a name of its own, in the exports folder and nowhere else', async () => {
  const taskId = await set.task(['a.png'], { projectId })
  const wanted = { taskId, format: 'COCO 1.0', name: 'My set' }
  expect(await set.result(set.core.client.datasets.export(wanted))).toMatchObject({
    path: join(set.dir, 'data', 'exports', 'My set.zip'),
  })
  await expect(
    set.core.client.datasets.export({ ...wanted, name: '../out' }),
  ).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })
})
