import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHand, newDatabasePath, readyTask, removeDatabases } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { type Bulk, type BulkAction, type BulkScope, bulkSchema } from '#shared/domain/bulk.ts'
import type { LabelId, RequestId, TaskId } from '#shared/domain/ids.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { Store } from '../../../ports.ts'
import { previewBulk } from './preview.ts'
import { runBulk } from './run.ts'

const FRAMES = 20
const LABELS = parseRawLabels([
  {
    name: 'car',
    attributes: [{ name: 'color', mutable: true, input_type: 'select', values: ['red', 'blue'] }],
  },
  { name: 'person' },
  { name: 'sign', type: 'rectangle' },
])

let store: Store
let taskId: TaskId
let hand: ReturnType<typeof createHand>
let person: LabelId
let sign: LabelId

beforeEach(() => {
  store = openStore(newDatabasePath())
  taskId = readyTask(store, FRAMES, { labels: LABELS }).id
  hand = createHand(store, taskId)
  const labels = store.labels.ofTask(taskId)
  person = labels[1]?.id as LabelId
  sign = labels[2]?.id as LabelId
})
afterEach(() => store.close())
afterAll(removeDatabases)

const all = (filter = ''): BulkScope => ({ kind: 'frames', first: 0, last: FRAMES - 1, filter })
const bulkOf = (action: BulkAction, scope: BulkScope, more: Partial<Bulk> = {}): Bulk =>
  bulkSchema.parse({ action, scope, frame: 0, ...more })
const convert = (to: 'mask' | 'polygon'): BulkAction => ({ kind: 'convert', to, density: 1 })

let runs = 0
const run = (bulk: Bulk, more: Partial<Parameters<typeof runBulk>[1]> = {}) =>
  runBulk(store, {
    taskId,
    bulk,
    clientStepId: `run-${runs++}`,
    requestId: null,
    progress: () => undefined,
    ...more,
  })
const newRequest = (): RequestId => store.requests.create('bulk-edit', taskId, 'Bulk', {}).id
const shapes = (): Annotation[] =>
  [...store.annotations.byFrame(taskId)].flatMap(({ annotations }) => annotations)
const steps = () => store.annotations.history(taskId, undefined, 500).length

function markDeleted(frame: number): void {
  const before = { deleted: false, checked: false }
  hand.apply([{ kind: 'frame', frame, before, after: { ...before, deleted: true } }])
}

function drawTrack(): Track {
  const { id, labelId, group, source } = hand.make()
  const pose = { rotation: 0, occluded: false, outside: false, zOrder: 0, elements: [] }
  const track: Track = {
    ...{ kind: 'track', id, labelId, group, source, type: 'rectangle', frame: 3, attributes: [] },
    keyframes: [
      { ...pose, frame: 3, points: [0, 0, 9, 9], attributes: [] },
      {
        ...pose,
        frame: 8,
        points: [5, 5, 9, 9],
        attributes: [{ specId: colorId(), value: 'blue' }],
      },
    ],
  }
  hand.apply([{ kind: 'create', after: track }])
  return track
}
const colorId = () => store.labels.ofTask(taskId)[0]?.attributes[0]?.id as never

describe('remove', () => {
  test('what matches on the range goes in one step, and comes back by one undo', async () => {
    for (let frame = 0; frame < 10; frame += 1)
      hand.draw({ frame, points: [0, 0, frame * 10 + 1, 9] })
    const before = shapes()
    const made = steps()
    const bulk = bulkOf({ kind: 'remove' }, {
      ...all('width > 40'),
      first: 2,
      last: 6,
    } as BulkScope)
    expect(await previewBulk(store, taskId, bulk)).toMatchObject({
      matched: 3,
      changed: 3,
      frames: 3,
      byLabel: [{ labelId: hand.labelId, count: 3 }],
      byFrame: [4, 5, 6].map((frame) => ({ frame, count: 1 })),
    })
    expect(shapes()).toEqual(before)
    expect(await run(bulk)).toMatchObject({ deleted: 3, changed: 0, created: 0 })
    expect(shapes().map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 7, 8, 9])
    expect(steps()).toBe(made + 1)
    store.annotations.undo(taskId)
    expect(shapes()).toEqual(before)
  })

  test('nothing that matches is no step', async () => {
    hand.draw()
    const made = steps()
    expect(await run(bulkOf({ kind: 'remove' }, all('width > 999')))).toMatchObject({ deleted: 0 })
    expect(steps()).toBe(made)
  })

  test('deleted frames are left out unless asked for', async () => {
    hand.draw({ frame: 1 })
    hand.draw({ frame: 2 })
    markDeleted(2)
    expect(await previewBulk(store, taskId, bulkOf({ kind: 'remove' }, all()))).toMatchObject({
      matched: 1,
      framesLeftOut: 1,
    })
    const everything = bulkOf({ kind: 'remove' }, all(), { deletedFrames: true })
    expect(await previewBulk(store, taskId, everything)).toMatchObject({
      matched: 2,
      framesLeftOut: 0,
    })
    expect(await run(bulkOf({ kind: 'remove' }, all()))).toMatchObject({ deleted: 1 })
    expect(shapes().map(({ frame }) => frame)).toEqual([2])
  })

  test('a track is meant where it is seen, once, and goes whole', async () => {
    drawTrack()
    const on = (first: number, last: number) =>
      previewBulk(
        store,
        taskId,
        bulkOf({ kind: 'remove' }, { kind: 'frames', first, last, filter: '' }),
      )
    expect(await on(0, 2)).toMatchObject({ matched: 0 })
    expect(await on(5, 12)).toMatchObject({ matched: 1, byFrame: [{ frame: 5, count: 1 }] })
    await run(bulkOf({ kind: 'remove' }, { kind: 'frames', first: 5, last: 12, filter: '' }))
    expect(store.annotations.tracks(taskId)).toEqual([])
  })
})

describe('propagate', () => {
  test('copies go to every frame of the range but their own; deleted frames are passed over', async () => {
    const shape = hand.draw({ frame: 5, group: 7, occluded: true })
    markDeleted(8)
    const bulk = bulkOf({ kind: 'propagate', first: 3, last: 9 }, { kind: 'ids', ids: [shape.id] })
    expect(await previewBulk(store, taskId, bulk)).toMatchObject({
      changed: 1,
      created: 5,
      frames: 5,
      framesLeftOut: 1,
    })
    expect(await run(bulk)).toMatchObject({ created: 5 })
    expect(shapes().map(({ frame }) => frame)).toEqual([3, 4, 5, 6, 7, 9])
    const { id: _, frame: __, ...like } = { ...shape, group: 0 }
    expect(shapes().filter(({ id }) => id !== shape.id)).toEqual(
      [3, 4, 6, 7, 9].map((frame) => ({ ...like, frame, id: expect.any(Number) })),
    )
    store.annotations.undo(taskId)
    expect(shapes()).toEqual([shape])
  })

  test('frames of another size are left out; those not read yet are not', async () => {
    const shape = hand.draw({ frame: 0 })
    const header = {
      orientation: 1,
      sizeBytes: null,
      mtimeMs: null,
      fingerprint: null,
      problem: null,
    }
    const sized = (index: number, width: number) => ({
      index,
      status: 'ok' as const,
      width,
      height: 50,
      ...header,
    })
    store.frames.setHeaders(taskId, [sized(0, 100), sized(1, 100), sized(2, 60)])
    const bulk = bulkOf({ kind: 'propagate', first: 1, last: 3 }, { kind: 'ids', ids: [shape.id] })
    expect(await previewBulk(store, taskId, bulk)).toMatchObject({ created: 2, framesLeftOut: 1 })
    await run(bulk)
    expect(shapes().map(({ frame }) => frame)).toEqual([0, 1, 3])
  })

  test('a track that is not seen on the frame shown has no shape to copy', async () => {
    const track = drawTrack()
    const bulk = bulkOf({ kind: 'propagate', first: 0, last: 9 }, { kind: 'ids', ids: [track.id] })
    expect(await previewBulk(store, taskId, bulk)).toMatchObject({
      created: 0,
      skipped: [{ reason: 'not-seen', count: 1 }],
    })
  })
})

describe('convert', () => {
  test('keeps ids, and says what it passed over', async () => {
    const box = hand.draw({ points: [10, 10, 30, 20] })
    hand.draw({ labelId: sign, points: [10, 10, 30, 20] })
    hand.draw({ type: 'points', points: [1, 1] })
    hand.draw({ type: 'polygon', points: [0, 0, 9, 0, 9, 9] })
    drawTrack()
    const bulk = bulkOf(convert('polygon'), all())
    const skipped = expect.arrayContaining([
      { reason: 'label-type', count: 1 },
      { reason: 'kind', count: 1 },
      { reason: 'same', count: 1 },
    ])
    expect(await previewBulk(store, taskId, bulk)).toMatchObject({
      matched: 5,
      changed: 2,
      skipped,
    })
    expect(await run(bulk)).toMatchObject({ changed: 2, skipped })
    expect(shapes().find(({ id }) => id === box.id)).toMatchObject({
      type: 'polygon',
      points: [10, 10, 30, 10, 30, 20, 10, 20],
    })
  })

  test('a mask of two parts becomes two polygons, a shape beside the picture nothing', async () => {
    hand.draw({ type: 'mask', points: [0, 1, 1, 1, 5, 5, 7, 5] })
    expect(await run(bulkOf(convert('polygon'), all()))).toMatchObject({ changed: 1, created: 1 })
    const header = {
      orientation: 1,
      sizeBytes: null,
      mtimeMs: null,
      fingerprint: null,
      problem: null,
    }
    store.frames.setHeaders(taskId, [{ index: 4, status: 'ok', width: 50, height: 50, ...header }])
    hand.draw({ frame: 4, points: [60, 60, 70, 70] })
    const there = { kind: 'frames' as const, first: 4, last: 4, filter: '' }
    expect(await run(bulkOf(convert('mask'), there))).toMatchObject({
      changed: 0,
      skipped: [{ reason: 'nothing-left', count: 1 }],
    })
  })
})

describe('labels and attributes', () => {
  test('another label takes the attributes away, and is refused where its type does not fit', async () => {
    const car = hand.draw({ attributes: [{ specId: colorId(), value: 'blue' }] })
    hand.draw({ type: 'polygon', points: [0, 0, 9, 0, 9, 9] })
    expect(await run(bulkOf({ kind: 'change-label', labelId: sign }, all()))).toMatchObject({
      changed: 1,
      skipped: [{ reason: 'label-type', count: 1 }],
    })
    expect(shapes().find(({ id }) => id === car.id)).toMatchObject({
      labelId: sign,
      attributes: [],
    })
  })

  test('an attribute of those that have it; what says so already is left alone', async () => {
    hand.draw()
    const blue = hand.draw({ attributes: [{ specId: colorId(), value: 'blue' }] })
    hand.draw({ labelId: person })
    const bulk = bulkOf({ kind: 'change-attribute', specId: colorId(), value: 'red' }, all())
    expect(await run(bulk)).toMatchObject({
      changed: 1,
      skipped: expect.arrayContaining([
        { reason: 'no-attribute', count: 1 },
        { reason: 'same', count: 1 },
      ]),
    })
    expect(shapes().find(({ id }) => id === blue.id)?.attributes).toEqual([
      { specId: colorId(), value: 'red' },
    ])
  })

  test('a track says it on all its frames', async () => {
    drawTrack()
    await run(bulkOf({ kind: 'change-attribute', specId: colorId(), value: 'red' }, all()))
    const [track] = store.annotations.tracks(taskId)
    expect(track?.attributes).toEqual([{ specId: colorId(), value: 'red' }])
    expect(track?.keyframes.map(({ attributes }) => attributes)).toEqual([
      [],
      [{ specId: colorId(), value: 'red' }],
    ])
  })
})

describe('very many', () => {
  const MANY = 6000

  beforeEach(() => {
    const { id } = store.requests.create('import-dataset', taskId, 'Import', {})
    const batch = store.annotations.beginBatch(taskId, id)
    const { id: _, ...shape } = hand.make()
    for (let i = 0; i < MANY; i += 1)
      batch.add([{ ...shape, frame: i % FRAMES, points: [0, 0, i + 1, 9] }])
    batch.commit('add', 'x')
  })

  test('are one step, whose undo answers without listing them', async () => {
    const before = shapes()
    const report = await run(bulkOf({ kind: 'change-label', labelId: person }, all()), {
      requestId: newRequest(),
    })
    expect(report).toMatchObject({ changed: MANY })
    expect(shapes()).toHaveLength(MANY)
    expect(new Set(shapes().map(({ labelId }) => labelId))).toEqual(new Set([person]))
    expect(store.tasks.get(taskId)).toMatchObject({
      objectCount: MANY,
      annotatedFrameCount: FRAMES,
    })
    const undone = store.annotations.undo(taskId)
    expect(undone.operations).toEqual([])
    expect(undone.entry.title).toEqual({ key: 'change-label', count: MANY })
    expect(shapes()).toEqual(before)
    store.annotations.redo(taskId)
    expect(new Set(shapes().map(({ labelId }) => labelId))).toEqual(new Set([person]))
    store.annotations.undo(taskId)
    store.annotations.undo(taskId)
    expect(shapes()).toEqual([])
    expect(store.tasks.get(taskId).objectCount).toBe(0)
  })

  test('cancelled in the middle, nothing has changed', async () => {
    const before = shapes()
    const made = steps()
    const stopped = run(bulkOf({ kind: 'remove' }, all()), {
      requestId: newRequest(),
      progress: (done) => {
        if (done > 5500) throw new Error('cancelled')
      },
    })
    await expect(stopped).rejects.toThrow('cancelled')
    expect(shapes()).toEqual(before)
    expect(steps()).toBe(made)
    await run(bulkOf({ kind: 'remove' }, all('width > 100')), { requestId: newRequest() })
    expect(shapes()).toHaveLength(100)
  })

  test('a task changed meanwhile is left as it is', async () => {
    const drawn = { done: false }
    const overtaken = run(bulkOf({ kind: 'remove' }, all()), {
      requestId: newRequest(),
      progress: (done) => {
        if (done < 5500 || drawn.done) return
        drawn.done = true
        hand.draw({ frame: 3 })
      },
    })
    await expect(overtaken).rejects.toMatchObject({ code: 'BULK_OVERTAKEN' })
    expect(shapes()).toHaveLength(MANY + 1)
  })

  test('a request carried out again after its commit does nothing twice', async () => {
    const requestId = newRequest()
    const bulk = bulkOf(
      { kind: 'propagate', first: 0, last: FRAMES - 1 },
      { kind: 'frames', first: 1, last: 1, filter: '' },
    )
    const again = { requestId, clientStepId: `request:${requestId}` }
    await run(bulk, again)
    const count = shapes().length
    expect(count).toBe(MANY + (MANY / FRAMES) * (FRAMES - 1))
    await run(bulk, again)
    expect(shapes()).toHaveLength(count)
  })
})

test('a filter that is none is refused before anything is read', async () => {
  await expect(run(bulkOf({ kind: 'remove' }, all('label = ')))).rejects.toMatchObject({
    code: 'FILTER_INVALID',
  })
})

test('a preview nobody waits for any more stops', async () => {
  hand.draw()
  const stale = previewBulk(store, taskId, bulkOf({ kind: 'remove' }, all()), () => true)
  await expect(stale).rejects.toMatchObject({ code: 'CANCELLED' })
})
