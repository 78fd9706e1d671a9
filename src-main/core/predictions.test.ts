/** A layer of predictions: looked through, accepted, rejected, taken back, and held beside what people drew. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { detection } from '#shared/domain/detection.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Difference } from '#shared/domain/prediction.ts'
import { functionLabel } from '#shared/functions/testing.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'
import { BOX, FAKE_DETECTOR, type FakeFunctions, fakeFunctions } from './functions/testing.ts'

let fake: FakeFunctions
let set: DatasetCore
let taskId: TaskId

const NAMES = Array.from({ length: 6 }, (_, at) => `${at}.png`)

beforeEach(async () => {
  fake = fakeFunctions([functionLabel('car'), functionLabel('person')])
  set = await datasetCore({ providers: [fake.provider] })
  taskId = await set.task(NAMES, { labels: [{ name: 'car' }, { name: 'person' }] })
})
afterEach(() => set.close())

const client = () => set.core.client

async function predict(found: Parameters<typeof scored>[] = [[0.2], [0.4], [0.6], [0.8]]) {
  fake.detect = (_picture, call) => Promise.resolve(found[call] ? [scored(...found[call])] : [])
  await run()
}

async function run(): Promise<void> {
  const { id } = await client().functions.annotate({
    ...{ taskId, functionId: FAKE_DETECTOR, as: 'predictions' },
  })
  expect((await set.settled(id)).error).toBeNull()
}

const scored = (score: number | null, more: object = {}) => ({ ...BOX, score, ...more })
const open = async () => (await client().predictions.summary({ taskId })).open
const drawn = async () => {
  const { objects } = await client().annotations.list({ taskId, from: 0, limit: 10_000 })
  return objects.map(({ frame }) => frame)
}

test('they come as the run goes on, and count nowhere', async () => {
  const told: number[] = []
  set.core.events.subscribe((_id, event) => {
    if (event.type === 'predictions') told.push(event.open)
  })
  await predict()
  expect(told.at(-1)).toBe(4)
  expect(await drawn()).toEqual([])
  expect(await client().tasks.get({ id: taskId })).toMatchObject({ objectCount: 0, revision: 0 })
  const found = await client().annotations.query({ taskId, filter: 'label == "car"' } as never)
  expect(JSON.stringify(found)).not.toContain('"car"')
  expect(await client().predictions.frame({ taskId, frame: 2 })).toMatchObject([
    { functionId: FAKE_DETECTOR, score: 0.6, proposal: { frame: 2, source: 'auto' } },
  ])
})

describe('accepting', () => {
  test('those above a score: one step; undone, they are open again', async () => {
    await predict()
    expect(await client().predictions.accept({ taskId, minScore: 0.5 })).toEqual({
      ...{ count: 2, open: 2, requestId: null },
    })
    expect(await drawn()).toEqual([2, 3])
    const [entry] = await client().annotations.history({ taskId })
    expect(entry?.title).toEqual({ key: 'accept', count: 2 })
    await client().annotations.undo({ taskId })
    expect([await open(), await drawn()]).toEqual([4, []])
    await client().annotations.redo({ taskId })
    expect([await open(), await drawn()]).toEqual([2, [2, 3]])
  })

  test('makes the annotation it was, with a group of its own', async () => {
    fake.detect = (_picture, call) =>
      Promise.resolve(
        call > 0
          ? []
          : [scored(0.5, { group: 7 }), scored(0.9, { group: 7, points: [1, 1, 9, 9] })],
      )
    await run()
    const before = await client().predictions.frame({ taskId, frame: 0 })
    await client().predictions.accept({ taskId })
    const { annotations } = await client().annotations.frame({ taskId, frame: 0 })
    expect(annotations.map(({ id: _, ...one }) => one)).toEqual(before.map((one) => one.proposal))
    expect(annotations[0]?.group).toBe(annotations[1]?.group)
    expect(annotations[0]?.group).not.toBe(7)
  })

  test('one takes the place of an annotation, in one step', async () => {
    const drawn = box('person', 12, 5, 15, 10)
    await set.draw(taskId, image('1.png', drawn))
    const frame = async () => (await client().annotations.frame({ taskId, frame: 1 })).annotations
    const [before] = await frame()
    await predict()
    const [one] = await client().predictions.frame({ taskId, frame: 1 })
    const ids = one ? [one.id] : []
    const replaces = before?.id as never
    expect(await client().predictions.accept({ taskId, ids, replaces })).toMatchObject({ open: 3 })
    expect(await frame()).toEqual([{ ...one?.proposal, id: before?.id, zOrder: 0 }])
    await client().annotations.undo({ taskId })
    expect([await frame(), await open()]).toEqual([[before], 4])
    const several = client().predictions.accept({ taskId, replaces })
    await expect(several).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    const elsewhere = await client().predictions.frame({ taskId, frame: 2 })
    const far = client().predictions.accept({
      taskId,
      ids: elsewhere.map(({ id }) => id),
      replaces,
    })
    await expect(far).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect([await frame(), await open()]).toEqual([[before], 4])
  })

  test('nothing that fits is no step', async () => {
    await predict()
    expect(await client().predictions.accept({ taskId, minScore: 0.99 })).toMatchObject({
      count: 0,
    })
    expect(await client().annotations.history({ taskId })).toEqual([])
  })

  test('very many is a request; undone, all are open again', async () => {
    const many = Array.from({ length: 600 }, (_, at) => scored(at / 600))
    fake.detect = () => Promise.resolve(many)
    await run()
    const { count, requestId } = await client().predictions.accept({ taskId, minScore: 0.5 })
    expect(count).toBe(1800)
    const request = await set.settled(requestId as never)
    expect(request).toMatchObject({ state: 'finished', result: { count: 1800 } })
    expect([await open(), (await drawn()).length]).toEqual([1800, 1800])
    await client().annotations.undo({ taskId })
    expect([await open(), await drawn()]).toEqual([3600, []])
    await client().annotations.redo({ taskId })
    expect(await open()).toBe(1800)
  }, 30_000)
})

test('rejecting sets aside, restoring takes it back, clearing forgets', async () => {
  await predict()
  const [one] = await client().predictions.frame({ taskId, frame: 0 })
  const ids = one ? [one.id] : []
  expect(await client().predictions.reject({ taskId, ids })).toEqual({ count: 1, open: 3 })
  expect(await client().predictions.reject({ taskId, belowScore: 0.5 })).toEqual({
    ...{ count: 1, open: 2 },
  })
  expect(await client().predictions.restore({ taskId, ids })).toEqual({ count: 1, open: 3 })
  expect(await client().predictions.clear({ taskId })).toEqual({ count: 3, open: 0 })
  expect(await client().predictions.restore({ taskId })).toEqual({ count: 0, open: 0 })
})

test('the next frame to decide on', async () => {
  await predict()
  const next = (from: number, more: object = {}) =>
    client().predictions.next({ taskId, from, ...more })
  expect(await next(0)).toEqual({ frame: 1 })
  expect(await next(0, { minScore: 0.7 })).toEqual({ frame: 3 })
  expect(await next(3)).toEqual({ frame: null })
  expect(await next(3, { direction: 'backward' })).toEqual({ frame: 2 })
})

describe('differences', () => {
  /** A box of 15 x 10 at (5, 5), as the detector finds it. */
  const same = (label = 'car') => box(label, 5, 5, 15, 10)

  async function told(more: object = {}): Promise<string[]> {
    const { differences } = await client().predictions.differences({ taskId, ...more })
    return differences.map(short)
  }
  const short = ({ kind, frame, iou }: Difference) =>
    `${frame} ${kind}${iou === null ? '' : ` ${iou.toFixed(2)}`}`

  test('missed, extra, too little in common, another label; and what agrees is none', async () => {
    await set.draw(
      taskId,
      image('0.png', same()) +
        image('1.png', box('car', 12, 5, 15, 10)) +
        image('2.png', same('person')) +
        image('4.png', same()),
    )
    await predict()
    expect(await told()).toEqual([
      '1 low-overlap 0.36',
      '2 other-label 1.00',
      '3 missed',
      '4 extra',
    ])
    const { differences } = await client().predictions.differences({ taskId })
    expect(differences[0]).toMatchObject({ score: 0.4, annotationId: expect.any(Number) })
    expect(differences[2]).toMatchObject({ annotationId: null, iou: null, score: 0.8 })
    expect(differences[3]).toMatchObject({ predictionId: null, score: null })
    expect(await told({ minScore: 0.7 })).toEqual([
      '0 extra',
      '1 extra',
      '2 extra',
      '3 missed',
      '4 extra',
    ])
    expect(await told({ iou: 0.3 })).toEqual(['2 other-label 1.00', '3 missed', '4 extra'])
  })

  test('come in pages of whole frames', async () => {
    await predict()
    const page = await client().predictions.differences({ taskId, limit: 2 })
    expect([page.differences.map(short), page.next]).toEqual([['0 missed', '1 missed'], 2])
    expect(await told({ from: 2 })).toEqual(['2 missed', '3 missed'])
  })

  test('a track counts where it is between its keyframes', async () => {
    const labelId = (await client().tasks.get({ id: taskId })).labels[0]?.id as never
    const { first: id } = await client().annotations.reserveIds({ count: 1 })
    const at = (frame: number, x: number, outside = false) => ({
      ...{ frame, points: [x, 5, x + 15, 15], rotation: 0, occluded: false, outside, zOrder: 0 },
      ...{ attributes: [], elements: [] },
    })
    const after = {
      ...{ kind: 'track' as const, id, frame: 0, labelId, group: 0, source: 'manual' as const },
      ...{ attributes: [], type: 'rectangle' as const },
      keyframes: [at(0, 3), at(2, 7), at(3, 7, true)],
    }
    const step = {
      title: { key: 'draw', count: 1 },
      frame: 0,
      operations: [{ kind: 'create' as const, after }],
    }
    await client().annotations.apply({ taskId, baseRevision: 0, clientStepId: 't', step })
    await predict([[0.5], [0.5]])
    expect(await told({ iou: 0.95 })).toEqual(['0 low-overlap 0.76', '2 extra'])
  })

  test('what was accepted is drawn and predicted; removed again, nobody misses it', async () => {
    await predict()
    await client().predictions.accept({ taskId, minScore: 0.5 })
    expect(await told()).toEqual(['0 missed', '1 missed'])
    const { annotations } = await client().annotations.frame({ taskId, frame: 3 })
    const operations = annotations.map((before) => ({ kind: 'delete' as const, before }))
    const { revision: baseRevision } = await client().tasks.get({ id: taskId })
    const step = { title: { key: 'delete', count: 1 }, frame: 3, operations }
    await client().annotations.apply({ taskId, baseRevision, clientStepId: 'd', step })
    expect(await told()).toEqual(['0 missed', '1 missed'])
  })

  test('what was rejected is not told of what was drawn there, and never stands between two others', async () => {
    await set.draw(taskId, image('1.png', box('car', 12, 5, 15, 10)) + image('2.png', same()))
    fake.detect = (_picture, call) =>
      Promise.resolve(call === 1 ? [scored(0.4)] : call === 2 ? [scored(0.3), scored(0.7)] : [])
    await run()
    expect(await told()).toEqual(['1 low-overlap 0.36', '2 missed'])
    await client().predictions.reject({ taskId, belowScore: 0.5 })
    expect(await told()).toEqual([])
    await client().predictions.restore({ taskId, frame: 1 })
    expect(await told()).toEqual(['1 low-overlap 0.36'])
  })

  test('frames that no function looked at have none', async () => {
    await set.draw(taskId, image('1.png', same()) + image('5.png', same()))
    fake.detect = () => Promise.resolve([])
    const { id } = await client().functions.annotate({
      ...{ taskId, functionId: FAKE_DETECTOR, as: 'predictions', frames: { start: 0, stop: 3 } },
    })
    await set.settled(id)
    expect(await told()).toEqual(['1 extra'])
  })

  test('tags pair by their label', async () => {
    await set.draw(taskId, image('0.png', '<tag label="car" source="manual"></tag>'))
    fake.provider.list = async () => {
      const [info] = await fakeFunctions([functionLabel('car', 'tag')]).provider.list()
      return info ? [info] : []
    }
    fake.detect = () => Promise.resolve([detection({ label: 'car', type: 'tag', score: 0.9 })])
    await run()
    expect(await told()).toEqual([1, 2, 3, 4, 5].map((frame) => `${frame} missed`))
  })
})
