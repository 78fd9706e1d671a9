/** Boxes linked into tracks by a re-identification that knows them by their width. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { linkReportSchema } from '#shared/domain/annotate-report.ts'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'
import { FAKE_REID, type FakeFunctions, fakeFunctions, hang } from './functions/testing.ts'
import type { ReidBox } from './ports.ts'

let fake: FakeFunctions
let set: DatasetCore
let taskId: TaskId

const NAMES = Array.from({ length: 6 }, (_, at) => `${at}.png`)
const widthOf = ({ points: [left = 0, , right = 0] }: ReidBox) => right - left

beforeEach(async () => {
  fake = fakeFunctions()
  fake.match = ({ boxes0, boxes1 }) =>
    Promise.resolve(
      boxes0.map((one) => boxes1.findIndex((other) => widthOf(other) === widthOf(one))),
    )
  set = await datasetCore({ providers: [fake.provider] })
  taskId = await set.task(NAMES, {
    labels: [
      {
        name: 'car',
        attributes: [
          { name: 'color', mutable: false, input_type: 'select', values: ['red', 'blue'] },
          { name: 'brand', mutable: false, input_type: 'text', values: [''] },
          { name: 'lit', mutable: true, input_type: 'checkbox', values: ['false'] },
        ],
      },
      { name: 'person' },
    ],
  })
})
afterEach(() => set.close())

const client = () => set.core.client

type Asked = Parameters<ReturnType<typeof client>['functions']['link']>[0]

async function link(more: Partial<Asked> = {}) {
  const { id } = await client().functions.link({ taskId, functionId: FAKE_REID, ...more })
  const request = await set.settled(id)
  expect(request.error).toBeNull()
  return linkReportSchema.parse(request.result)
}

/** Boxes by frame: x and width of each. */
const draw = (...frames: [x: number, width: number, more?: string][][]) =>
  set.draw(
    taskId,
    frames
      .map((boxes, at) => {
        const drawn = boxes.map(([x, width, more = '']) =>
          withInside(box('car', x, 1, width), more),
        )
        return image(`${at}.png`, drawn.join(''))
      })
      .join(''),
  )
const withInside = (text: string, inside: string) => text.replace('/>', `>${inside}</box>`)
const attribute = (name: string, value: string) => `<attribute name="${name}">${value}</attribute>`

async function all(): Promise<Annotation[]> {
  const { objects } = await client().annotations.list({ taskId, from: 0, limit: 1000 })
  return (await client().annotations.get({ taskId, ids: objects.map(({ id }) => id) })).annotations
}
const tracks = async () => (await all()).filter((one): one is Track => one.kind === 'track')
const placesOf = (track: Track | undefined) =>
  track?.keyframes.map(({ frame, points, outside }) =>
    outside ? `${frame} outside` : `${frame} ${points[0]}`,
  )

test('boxes that look alike become a track, in one step that comes and goes exactly', async () => {
  await draw(
    [
      [1, 5],
      [10, 8],
    ],
    [
      [12, 8],
      [2, 5],
    ],
    [[3, 5]],
  )
  const before = await all()
  expect(await link()).toMatchObject({
    ...{ preview: false, boxes: 5, tracks: 2, linked: 5, singles: 0, failedCount: 0 },
    paths: [
      { first: 0, last: 2 },
      { first: 0, last: 1 },
    ],
  })
  const [a, b] = await tracks()
  expect(await all()).toHaveLength(2)
  expect(a).toMatchObject({ frame: 0, source: 'auto', type: 'rectangle' })
  expect(placesOf(a)).toEqual(['0 1', '1 2', '2 3', '3 outside'])
  expect(placesOf(b)).toEqual(['0 10', '1 12', '2 outside'])
  const [entry] = await client().annotations.history({ taskId })
  expect(entry?.title).toEqual({ key: 'link-boxes', count: 2 })
  await client().annotations.undo({ taskId })
  expect(await all()).toEqual(before)
})

test('a preview counts, names the paths and changes nothing', async () => {
  await draw(
    [[1, 5]],
    [
      [2, 5],
      [20, 7],
    ],
  )
  const before = await all()
  const report = await link({ preview: true })
  expect(report).toMatchObject({ preview: true, tracks: 1, linked: 2, singles: 1 })
  expect(report.paths).toMatchObject([{ first: 0, last: 1, boxes: [before[0]?.id, before[1]?.id] }])
  expect(await all()).toEqual(before)
})

describe('what is left over', () => {
  test('stays a shape', async () => {
    await draw(
      [[1, 5]],
      [
        [2, 5],
        [20, 7],
      ],
    )
    await link()
    expect((await all()).map(({ kind }) => kind).sort()).toEqual(['shape', 'track'])
  })

  test('or becomes a track of one frame', async () => {
    await draw(
      [[1, 5]],
      [
        [2, 5],
        [20, 7],
      ],
    )
    await link({ keepSingles: false })
    expect((await tracks()).map(placesOf)).toContainEqual(['1 20', '2 outside'])
  })
})

describe('gaps', () => {
  test('end a track, or are bridged when they may be', async () => {
    await draw([[1, 5]], [], [[3, 5]], [], [], [[6, 5]])
    expect(await link({ preview: true })).toMatchObject({ tracks: 0, singles: 3 })
    expect(await link({ preview: true, maxGap: 1 })).toMatchObject({ tracks: 1, singles: 1 })
    await link({ maxGap: 2 })
    expect(placesOf((await tracks())[0])).toEqual(['0 1', '2 3', '5 6'])
  })

  test('the path that ended last is asked first', async () => {
    fake.match = ({ boxes0, boxes1 }) => Promise.resolve(boxes0.map(() => (boxes1.length ? 0 : -1)))
    await draw(
      [[1, 5]],
      [
        [20, 6],
        [30, 7],
      ],
      [[21, 6]],
    )
    const { paths } = await link({ preview: true, maxGap: 3 })
    expect(paths.map(({ boxes }) => boxes.length)).toEqual([3])
  })

  test('deleted frames are none', async () => {
    await draw([[1, 5]], [[2, 5]], [[3, 5]])
    const { revision: baseRevision } = await client().tasks.get({ id: taskId })
    const before = { deleted: false, checked: false }
    const operations = [
      { kind: 'frame' as const, frame: 1, before, after: { ...before, deleted: true } },
    ]
    const step = { title: { key: 'delete-frame', count: 1 }, frame: 1, operations }
    await client().annotations.apply({ taskId, baseRevision, clientStepId: 'x', step })
    await link()
    expect(placesOf((await tracks())[0])).toEqual(['0 1', '2 3', '3 outside'])
    expect(await all()).toHaveLength(2)
  })
})

test('attributes stay where all boxes agree, mutable ones on each keyframe', async () => {
  await draw(
    [[1, 5, attribute('color', 'blue') + attribute('brand', 'a') + attribute('lit', 'true')]],
    [[2, 5, attribute('color', 'blue') + attribute('brand', 'b') + attribute('lit', 'false')]],
  )
  const [color, , lit] = (await client().tasks.get({ id: taskId })).labels[0]?.attributes ?? []
  await link()
  const [track] = await tracks()
  expect(track?.attributes).toEqual([{ specId: color?.id, value: 'blue' }])
  expect(track?.keyframes.slice(0, 2).map(({ attributes }) => attributes)).toEqual([
    [{ specId: lit?.id, value: 'true' }],
    [{ specId: lit?.id, value: 'false' }],
  ])
})

test('answers that name a box twice, none at all, or another label join nothing twice', async () => {
  await set.draw(
    taskId,
    image('0.png', box('car', 1) + box('car', 9)) +
      image('1.png', box('car', 2) + box('person', 9)),
  )
  const answers = [[0, 0], [99, -7], [1, 1], [Number.NaN, 0.5], []]
  const found = []
  for (const answer of answers) {
    fake.match = () => Promise.resolve(answer)
    found.push((await link({ preview: true })).tracks)
  }
  expect(found).toEqual([1, 0, 0, 0, 0])
})

test('a pair that fails is named and ends its tracks; all that fail end the work', async () => {
  await draw([[1, 5]], [[2, 5]], [[3, 5]], [[4, 5]], [[5, 5]], [[6, 5]])
  const boom = () => Promise.reject(new AppError('FUNCTION_FAILED', { id: 'x', detail: 'boom' }))
  const works = fake.match
  let calls = 0
  fake.match = (question) => (calls++ === 2 ? boom() : works(question))
  expect(await link({ preview: true })).toMatchObject({
    ...{ tracks: 2, failedCount: 1 },
    failed: [{ frame: 3, name: '3.png', problem: expect.stringContaining('boom') }],
  })
  fake.match = boom
  const { id } = await client().functions.link({ taskId, functionId: FAKE_REID })
  expect(await set.settled(id)).toMatchObject({
    state: 'failed',
    error: { code: 'FUNCTION_FAILED' },
  })
  expect(await tracks()).toEqual([])
})

test('where not one pair could be compared nothing is known, and nothing is changed', async () => {
  await draw([[1, 5]], [[2, 5]])
  fake.match = () => Promise.reject(new AppError('FUNCTION_FAILED', { id: 'x', detail: 'boom' }))
  const asked = { taskId, functionId: FAKE_REID, keepSingles: false }
  const { id } = await client().functions.link(asked)
  expect(await set.settled(id)).toMatchObject({
    state: 'failed',
    error: { code: 'FUNCTION_FAILED' },
  })
  expect(await tracks()).toEqual([])
})

test('cancelled while the function hangs: nothing has changed', async () => {
  await draw([[1, 5]], [[2, 5]])
  fake.match = () => hang({})
  const { id } = await client().functions.link({ taskId, functionId: FAKE_REID })
  await expect.poll(async () => (await client().requests.get({ id })).state).toBe('started')
  await client().requests.cancel({ id })
  expect((await set.settled(id)).state).toBe('cancelled')
  expect(await tracks()).toEqual([])
})

test('what somebody changed meanwhile is left as it is', async () => {
  await draw([[1, 5]], [[2, 5]], [[3, 5]])
  const works = fake.match
  let hasChanged = false
  fake.match = async (question) => {
    const [first] = (await client().annotations.frame({ taskId, frame: 0 })).annotations
    if (first?.kind === 'shape' && !hasChanged) {
      hasChanged = true
      const { revision: baseRevision } = await client().tasks.get({ id: taskId })
      const after = { ...first, occluded: true }
      const operations = [{ kind: 'update' as const, before: first, after }]
      const step = { title: { key: 'occlude', count: 1 }, frame: 0, operations }
      await client().annotations.apply({ taskId, baseRevision, clientStepId: 'o', step })
    }
    return works(question)
  }
  await link()
  expect((await all()).map(({ kind, frame }) => `${frame} ${kind}`).sort()).toEqual([
    ...['0 shape', '1 track'],
  ])
})
