/** Automatic annotation from the request to the step, with a detector that behaves, misbehaves, hangs and comes back. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { annotateReportSchema } from '#shared/domain/annotate-report.ts'
import { detection } from '#shared/domain/detection.ts'
import type { FrameIndex, RequestId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { functionLabel } from '#shared/functions/testing.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'
import { BOX, FAKE_DETECTOR, type FakeFunctions, fakeFunctions, hang } from './functions/testing.ts'

let fake: FakeFunctions
let set: DatasetCore
let taskId: TaskId

const LABELS = [{ name: 'car' }, { name: 'person' }] as const

beforeEach(async () => {
  fake = fakeFunctions([functionLabel('car'), functionLabel('dog')])
  set = await datasetCore({ providers: [fake.provider] })
  taskId = await set.task(names(8), { labels: [...LABELS] })
})
afterEach(() => set.close())

const names = (count: number) => Array.from({ length: count }, (_, at) => `${at}.png`)
const client = () => set.core.client

type Asked = Parameters<ReturnType<typeof client>['functions']['annotate']>[0]

async function start(more: Partial<Asked> = {}): Promise<RequestId> {
  const asked = { taskId, functionId: FAKE_DETECTOR, ...more }
  return (await client().functions.annotate(asked)).id
}

async function run(more: Partial<Asked> = {}) {
  const request = await set.settled(await start(more))
  expect(request.error).toBeNull()
  return annotateReportSchema.parse(request.result)
}

async function drawn(): Promise<string[]> {
  const { objects } = await client().annotations.list({ taskId, from: 0, limit: 1000 })
  return objects.map(({ frame, kind, box: b }) => `${frame} ${kind} ${b?.left ?? ''}`)
}

const frames = (list: readonly FrameIndex[], left = 5) => list.map((at) => `${at} shape ${left}`)
const all = [0, 1, 2, 3, 4, 5, 6, 7]
const steps = async () => (await client().annotations.history({ taskId })).length

describe('a whole task', () => {
  test('becomes one step that comes and goes as one', async () => {
    expect(await run()).toMatchObject({
      frames: 8,
      found: 8,
      removed: 0,
      failedCount: 0,
      notes: [],
    })
    expect(await drawn()).toEqual(frames(all))
    const [entry] = await client().annotations.history({ taskId })
    expect(entry?.title).toEqual({ key: 'annotate', count: 8, label: 'fake' })
    const [first] = (await client().annotations.frame({ taskId, frame: 0 })).annotations
    expect(first).toMatchObject({ source: 'auto', score: 0.75, points: [5, 5, 20, 15] })
    await client().annotations.undo({ taskId })
    expect(await drawn()).toEqual([])
    await client().annotations.redo({ taskId })
    expect(await drawn()).toEqual(frames(all))
    expect(await client().tasks.get({ id: taskId })).toMatchObject({
      ...{ objectCount: 8, annotatedFrameCount: 8 },
    })
  })

  test('has several pictures on their way, and keeps their order', async () => {
    fake.detect = async (_picture, call) => {
      await new Promise((resolve) => setTimeout(resolve, (8 - call) * 3))
      return [{ ...BOX, points: [call, 5, call + 10, 15] }]
    }
    await run()
    expect(fake.busiest).toBeGreaterThan(1)
    expect(await drawn()).toEqual(all.map((at) => `${at} shape ${at}`))
  })

  test('puts its jobs in progress', async () => {
    await run()
    const [job] = (await client().tasks.get({ id: taskId })).jobs
    expect(job?.state).toBe('in progress')
  })

  test('in which nothing is found is no step', async () => {
    fake.detect = () => Promise.resolve([])
    expect(await run()).toMatchObject({ frames: 8, found: 0 })
    expect(await steps()).toBe(0)
  })

  test('keeps groups of an answer, and those of two frames apart', async () => {
    const pair = [
      { ...BOX, group: 1 },
      { ...BOX, points: [20, 5, 30, 15], group: 1 },
    ]
    fake.detect = () => Promise.resolve(pair)
    await run({ frames: { start: 0, stop: 1 } })
    const groups = async (frame: number) =>
      (await client().annotations.frame({ taskId, frame })).annotations.map((one) => one.group)
    const [a, b] = [await groups(0), await groups(1)]
    expect(a[0]).toBeGreaterThan(0)
    expect([a[0] === a[1], b[0] === b[1], a[0] === b[0]]).toEqual([true, true, false])
  })
})

describe('which frames', () => {
  test.each<[string, Partial<Asked>, FrameIndex[]]>([
    ['a range', { frames: { start: 2, stop: 4 } }, [2, 3, 4]],
    ['those on which a filter finds something', { filter: 'label == "person"' }, [1]],
    ['those without any annotation', { onlyEmpty: true }, [0, 2, 3, 5, 6, 7]],
    ['both, which is none', { onlyEmpty: true, filter: 'label == "car"' }, []],
  ])('%s', async (_name, asked, expected) => {
    await set.draw(taskId, image('1.png', box('person', 30)) + image('4.png', box('car', 30)))
    const before = await drawn()
    await run(asked)
    const added = (await drawn()).filter((one) => !before.includes(one))
    expect(added).toEqual(frames(expected))
    expect(fake.calls).toBe(expected.length)
  })

  test('deleted ones are passed over', async () => {
    const before = { deleted: false, checked: false }
    const operations = [
      { kind: 'frame' as const, frame: 3, before, after: { ...before, deleted: true } },
    ]
    const step = { title: { key: 'delete-frame', count: 1 }, frame: 3, operations }
    await client().annotations.apply({ taskId, baseRevision: 0, clientStepId: 'x', step })
    expect(await run()).toMatchObject({ frames: 7 })
    expect(await drawn()).toEqual(frames([0, 1, 2, 4, 5, 6, 7]))
  })

  test('a job, and no other', async () => {
    taskId = await set.task(names(8), { labels: [...LABELS], segmentSize: 4 })
    const [, second] = (await client().tasks.get({ id: taskId })).jobs
    await run({ jobId: second?.id as never })
    expect(await drawn()).toEqual(frames([4, 5, 6, 7]))
    const outside = start({ jobId: second?.id as never, frames: { start: 0, stop: 4 } })
    await expect(outside).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('cleaning', () => {
  test('takes what is on the frames in the same step, and undo brings it back exactly', async () => {
    await set.draw(taskId, image('1.png', box('car', 30)) + image('6.png', box('car', 30)))
    const { annotations: before } = await client().annotations.frame({ taskId, frame: 1 })
    const report = await run({ cleanup: true, frames: { start: 0, stop: 3 } })
    expect(report).toMatchObject({ found: 4, removed: 1 })
    expect(await drawn()).toEqual([...frames([0, 1, 2, 3]), '6 shape 30'])
    expect(await steps()).toBe(2)
    await client().annotations.undo({ taskId })
    expect((await client().annotations.frame({ taskId, frame: 1 })).annotations).toEqual(before)
    expect(await drawn()).toEqual(['1 shape 30', '6 shape 30'])
  })

  test('hides a track there, and leaves it elsewhere; deleted frames do not tear it', async () => {
    const { id, frame } = await drawTrack(1)
    const before = { deleted: false, checked: false }
    const { revision } = await client().tasks.get({ id: taskId })
    const operations = [
      { kind: 'frame' as const, frame: 3, before, after: { ...before, deleted: true } },
    ]
    const step = { title: { key: 'delete-frame', count: 1 }, frame: 3, operations }
    await client().annotations.apply({ taskId, baseRevision: revision, clientStepId: 'y', step })
    fake.detect = () => Promise.resolve([])
    expect(await run({ cleanup: true, frames: { start: 2, stop: 5 } })).toMatchObject({
      removed: 1,
    })
    const seen = async (at: number) =>
      (await client().annotations.frame({ taskId, frame: at })).annotations.some(
        (one) => one.kind === 'track' && !one.keyframes.findLast((k) => k.frame <= at)?.outside,
      )
    expect(frame).toBe(1)
    expect(await Promise.all(all.map(seen))).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
      true,
      true,
    ])
    await client().annotations.undo({ taskId })
    expect((await client().annotations.get({ taskId, ids: [id] })).annotations).toHaveLength(1)
  })

  async function drawTrack(frame: number) {
    const labelId = (await client().tasks.get({ id: taskId })).labels[0]?.id as never
    const { first: id } = await client().annotations.reserveIds({ count: 1 })
    const keyframe = {
      ...{ frame, points: [1, 1, 9, 9], rotation: 0, occluded: false, outside: false, zOrder: 0 },
      ...{ attributes: [], elements: [] },
    }
    const after = {
      ...{ kind: 'track' as const, id, frame, labelId, group: 0, source: 'manual' as const },
      ...{ attributes: [], type: 'rectangle' as const, keyframes: [keyframe] },
    }
    const step = {
      title: { key: 'draw', count: 1 },
      frame,
      operations: [{ kind: 'create' as const, after }],
    }
    await client().annotations.apply({ taskId, baseRevision: 0, clientStepId: 't', step })
    return after
  }

  test('is refused for predictions', async () => {
    await expect(start({ cleanup: true, as: 'predictions' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})

describe('what is refused at once', () => {
  test.each<[string, Partial<Asked>, string]>([
    ['a function nobody has', { functionId: 'onnx/none' as never }, 'NOT_FOUND'],
    ['no detector', { functionId: 'onnx/fake-reid' as never }, 'FUNCTION_WRONG_KIND'],
    ['a mapping that does not fit', { mapping: { car: { name: 'zebra' } } }, 'MAPPING_INVALID'],
    ['nothing mapped', { mapping: {} }, 'MAPPING_INVALID'],
    ['a filter that is none', { filter: 'label ==' }, 'FILTER_INVALID'],
    ['a range that is not there', { frames: { start: 0, stop: 99 } }, 'INPUT_INVALID'],
    ['a parameter it has not', { parameters: { hue: 1 } }, 'INPUT_INVALID'],
    ['a threshold beyond 1', { parameters: { threshold: 2 } }, 'INPUT_INVALID'],
    ['a job nobody has', { jobId: 99 as never }, 'NOT_FOUND'],
  ])('%s', async (_name, asked, code) => {
    await expect(start(asked)).rejects.toMatchObject({ code })
    expect(await client().requests.list({})).toHaveLength(2)
  })
})

describe('detectors that misbehave', () => {
  const failing = () =>
    Promise.reject(new AppError('FUNCTION_FAILED', { id: 'fake', detail: 'boom' }))

  test('on one frame: the others are annotated, and the frame is named', async () => {
    fake.detect = (_picture, call) => (call === 2 ? failing() : Promise.resolve([BOX]))
    expect(await run()).toMatchObject({
      ...{ frames: 7, found: 7, failedCount: 1 },
      failed: [{ frame: 2, name: '2.png', problem: expect.stringContaining('boom') }],
    })
    expect(await drawn()).toEqual(frames([0, 1, 3, 4, 5, 6, 7]))
  })

  test('what could not be looked at is not cleaned', async () => {
    await set.draw(taskId, image('2.png', box('car', 30)))
    fake.detect = (_picture, call) => (call === 2 ? failing() : Promise.resolve([]))
    expect(await run({ cleanup: true })).toMatchObject({ removed: 0, failedCount: 1 })
    expect(await drawn()).toEqual(['2 shape 30'])
  })

  test('on everything: it stops early, in the words of the function', async () => {
    fake.detect = failing
    const request = await set.settled(await start())
    expect(request).toMatchObject({ state: 'failed', error: { code: 'FUNCTION_FAILED' } })
    expect(fake.calls).toBeLessThan(all.length + 1)
    expect([await drawn(), await steps()]).toEqual([[], 0])
  })

  test('after some frames, run again once it works: it goes on there', async () => {
    let broken = true
    fake.detect = (_picture, call) => (broken && call >= 2 ? failing() : Promise.resolve([BOX]))
    const id = await start()
    expect((await set.settled(id)).state).toBe('failed')
    broken = false
    const calls = fake.calls
    await client().requests.retry({ id })
    expect(await set.settled(id)).toMatchObject({ state: 'finished', result: { frames: 8 } })
    expect(fake.calls - calls).toBe(6)
    expect(await drawn()).toEqual(frames(all))
  })

  test('a picture that cannot be read is named, and is no fault of the detector', async () => {
    taskId = await set.task(names(3), { labels: [...LABELS] })
    await writeFile(join(set.dir, 'pictures 1', '1.png'), 'no picture')
    fake.detect = async (picture) => {
      await picture.pixels()
      return [BOX]
    }
    expect(await run()).toMatchObject({ frames: 2, failed: [{ name: '1.png' }] })
  })

  test('numbers that are none, labels nobody knows, far too much: counted, and left out', async () => {
    const nan = { ...BOX, points: [Number.NaN, 1, 2, 3] }
    const many = Array.from({ length: 100_000 }, () => BOX)
    fake.detect = (_picture, call) =>
      Promise.resolve(
        call === 0 ? many : [nan, { ...BOX, label: 'zebra' }, { ...BOX, label: 'dog' }],
      )
    const report = await run({ frames: { start: 0, stop: 1 } })
    expect(report).toMatchObject({ frames: 2, found: 20_000 })
    expect(report.notes).toEqual([
      '80,000 detections beyond the 20,000 best of a frame',
      '1 broken detections: a coordinate is not a finite number',
      '1 detections of "zebra", which is not mapped to any label',
      '1 detections of "dog", which is not mapped to any label',
    ])
  }, 60_000)
})

describe('stopping', () => {
  /** Answers some pictures, then hangs. */
  const hangsAfter = (count: number) => {
    fake.detect = (_picture, call, options) =>
      call < count ? Promise.resolve([BOX]) : hang(options)
  }
  /** So many are answered and taken, and the next four asked. */
  const taken = (count: number) =>
    expect.poll(() => fake.calls, { timeout: 20_000 }).toBe(count + 4)

  test('cancelled while the function hangs: nothing has changed', async () => {
    hangsAfter(3)
    const id = await start({ cleanup: true })
    await taken(3)
    await client().requests.cancel({ id })
    expect((await set.settled(id)).state).toBe('cancelled')
    expect([await drawn(), await steps()]).toEqual([[], 0])
    fake.detect = () => Promise.resolve([BOX])
    const calls = fake.calls
    await client().requests.retry({ id })
    expect(await set.settled(id)).toMatchObject({ state: 'finished', result: { found: 8 } })
    expect(fake.calls - calls).toBe(8)
  })

  test('paused: it goes on where it stopped, and looks at nothing twice', async () => {
    hangsAfter(3)
    const id = await start()
    await taken(3)
    await client().requests.pause({ id })
    expect((await set.settled(id)).state).toBe('paused')
    expect(await drawn()).toEqual([])
    await set.restart()
    expect((await client().requests.get({ id })).state).toBe('paused')
    fake.detect = () => Promise.resolve([BOX])
    const calls = fake.calls
    await client().requests.resume({ id })
    expect(await set.settled(id)).toMatchObject({ state: 'finished', result: { frames: 8 } })
    expect(fake.calls - calls).toBe(5)
    expect(await drawn()).toEqual(frames(all))
    expect(await steps()).toBe(1)
  })

  test('closed in the middle: the next start goes on by itself', async () => {
    hangsAfter(4)
    const id = await start({ as: 'predictions' })
    await taken(4)
    const closing = set.restart()
    fake.detect = () => Promise.resolve([BOX])
    await closing
    expect(await set.settled(id)).toMatchObject({ state: 'finished', result: { found: 8 } })
    expect((await client().predictions.summary({ taskId })).open).toBe(8)
  })
})

describe('one frame', () => {
  const detect = (more: object = {}) =>
    client().functions.detect({ taskId, frame: 3, functionId: FAKE_DETECTOR, ...more })

  test('is proposed, and nothing stored', async () => {
    const { proposals, notes } = await detect()
    expect(proposals).toMatchObject([{ kind: 'shape', frame: 3, points: [5, 5, 20, 15] }])
    expect([notes, await drawn()]).toEqual([[], []])
  })

  test('in a region: what was found there lies where it is in the picture', async () => {
    const sizes: number[][] = []
    fake.detect = async (picture) => {
      const { width, height } = await picture.pixels()
      sizes.push([width, height])
      return [{ ...BOX, points: [1, 1, 9, 9] }]
    }
    const region = { left: 20.5, top: 4, right: 99, bottom: 99 }
    expect((await detect({ region })).proposals).toMatchObject([{ points: [21, 5, 29, 13] }])
    expect(sizes).toEqual([[20, 16]])
    const beside = { left: 100, top: 0, right: 120, bottom: 10 }
    await expect(detect({ region: beside })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('masks of a region move with it', async () => {
    fake.detect = () =>
      Promise.resolve([detection({ label: 'car', type: 'mask', points: [0, 16, 0, 0, 3, 3] })])
    fake.provider.list = async () => [
      {
        ...((await listed())[0] as never as object),
        labels: [functionLabel('car', 'mask')],
      } as never,
    ]
    const listed = fakeFunctions().provider.list
    const region = { left: 10, top: 2, right: 30, bottom: 20 }
    const found = await detect({ region })
    expect(found.proposals).toMatchObject([{ type: 'mask', points: [0, 16, 10, 2, 13, 5] }])
  })

  test('the mapping that was chosen is offered the next time, here and for other tasks of its project', async () => {
    const offered = () => client().functions.mapping({ taskId, functionId: FAKE_DETECTOR })
    expect(await offered()).toEqual({
      ...{ mapping: { car: { name: 'car', attributes: {}, sublabels: {} } }, parameters: {} },
      remembered: false,
    })
    await detect({ mapping: { dog: { name: 'person' } }, parameters: { threshold: 0.3 } })
    expect(await offered()).toEqual({
      mapping: { dog: { name: 'person', attributes: {}, sublabels: {} } },
      ...{ parameters: { threshold: 0.3 }, remembered: true },
    })
  })
})
