import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FunctionId } from '#shared/domain/function.ts'
import type { LabelId, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { Prediction, PredictionId, Proposal } from '#shared/domain/prediction.ts'
import type { PredictionKind, Store } from '../core/ports.ts'
import { createHand, newDatabasePath, readyTask, rectangle, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

const detector = 'onnx/desk' as FunctionId

let path: string
let store: Store
let taskId: TaskId
let hand: ReturnType<typeof createHand>

beforeEach(() => {
  path = newDatabasePath()
  store = openStore(path)
  taskId = readyTask(store, 10).id
  hand = createHand(store, taskId)
})
afterEach(() => store.close())
afterAll(removeDatabases)

function proposal(frame: number, more: Partial<Extract<Proposal, { kind: 'shape' }>> = {}) {
  const { id: _, ...shape } = rectangle({
    ...{ labelId: hand.labelId, frame, source: 'auto', score: 0.5, points: [1, 2, 30, 40] },
    ...more,
  })
  return shape
}

const request = (): RequestId => store.requests.create('annotate', taskId, 'Annotate', {}).id

const FRAMES = [{ start: 0, stop: 9 }]

function begin(kind: PredictionKind = 'open', functionId = detector, requestId = request()) {
  const known = store.predictions.runOf(requestId)
  return known ?? store.predictions.begin({ taskId, requestId, functionId, kind, frames: FRAMES })
}

function put(run: ReturnType<typeof begin>, proposals: Proposal[], doneThrough = 9) {
  const frames = [...Map.groupBy(proposals, ({ frame }) => frame)]
  store.predictions.put(
    run,
    frames.map(([frame, all]) => ({ frame, proposals: all })),
    { doneThrough, facts: { doneThrough } },
  )
}

const all = () => store.predictions.page(taskId, {}, 0, 1000).predictions
const ids = (list: readonly Prediction[]) => list.map(({ id }) => id)
const openOn = (frame: number) => store.predictions.ofFrame(taskId, frame)

test('what is put is read as it was, with the function, the score and fresh groups', () => {
  const first = proposal(3, { group: 1, rotation: 12.5 })
  const tag: Proposal = {
    ...{ kind: 'tag', frame: 3, labelId: hand.labelId, group: 1, source: 'auto' },
    attributes: [],
  }
  const arm = store.labels.ofTask(taskId)[2]
  const elements = (arm?.sublabels ?? []).map(({ id }, at) => ({
    ...{ labelId: id, points: [at, 1 / 3], occluded: false, outside: at === 1, attributes: [] },
  }))
  const skeleton = proposal(3, {
    ...{ type: 'skeleton', labelId: arm?.id as LabelId, points: [], elements, score: null },
  })
  put(begin(), [first, tag, skeleton])
  const [a, b, c] = openOn(3)
  expect(a).toMatchObject({ taskId, functionId: detector, score: 0.5 })
  expect(a?.proposal).toEqual({ ...first, group: a?.proposal.group })
  expect(b).toMatchObject({ score: null, proposal: tag && { ...tag, group: a?.proposal.group } })
  expect(c).toMatchObject({ score: null, proposal: skeleton })
  expect(a?.proposal.group).toBeGreaterThan(0)
  put(begin(), [proposal(4, { group: 1 })])
  const [other] = openOn(4)
  expect(other?.proposal.group).not.toBe(a?.proposal.group)
  expect(store.tasks.get(taskId)).toMatchObject({ objectCount: 0, revision: 0 })
})

test('a run knows where it stopped, also in another process', () => {
  const requestId = request()
  const run = begin('open', detector, requestId)
  expect(run).toMatchObject({ doneThrough: -1, facts: null })
  put(run, [proposal(0)], 4)
  store.close()
  store = openStore(path)
  expect(begin('open', detector, requestId)).toEqual({
    ...{ id: run.id, frames: FRAMES, doneThrough: 4, facts: { doneThrough: 4 } },
  })
})

test('the same function proposes a frame anew, another one beside it', () => {
  put(begin(), [proposal(1), proposal(2)])
  put(begin('open', 'onnx/other' as FunctionId), [proposal(1)])
  store.predictions.decide(taskId, 'reject', { ids: ids(openOn(2)) }, 0)
  put(begin(), [proposal(1, { score: 0.9 }), proposal(2, { score: 0.9 })])
  expect(all().map(({ functionId, score }) => [functionId, score])).toEqual([
    ['onnx/other', 0.5],
    ['onnx/desk', 0.9],
    ['onnx/desk', 0.9],
  ])
  expect(store.predictions.decide(taskId, 'restore', {}, 0)).toEqual({ count: 0, next: null })
})

describe('choosing', () => {
  beforeEach(() => {
    const person = store.labels.ofTask(taskId)[1]?.id as LabelId
    put(begin(), [
      proposal(0, { score: 0.1 }),
      proposal(2, { score: 0.55, labelId: person }),
      proposal(2, { score: 0.95 }),
      proposal(5, { score: null }),
      proposal(7, { score: 1 }),
    ])
  })

  test('a summary counts by label and score', () => {
    const [car, person] = store.labels.ofTask(taskId)
    const bins = Array.from({ length: 20 }, () => 0)
    for (const bin of [2, 11, 19, 19]) bins[bin] = (bins[bin] ?? 0) + 1
    expect(store.predictions.summary(taskId)).toEqual({
      ...{ open: 5, frames: 4, byScore: bins, withoutScore: 1 },
      byLabel: [
        { labelId: car?.id, count: 4 },
        { labelId: person?.id, count: 1 },
      ],
    })
  })

  test.each([
    [{}, 5],
    [{ minScore: 0.5 }, 3],
    [{ belowScore: 0.95 }, 2],
    [{ minScore: 0.5, belowScore: 0.6 }, 1],
    [{ frame: 2 }, 2],
    [{ ids: [999 as PredictionId] }, 0],
  ])('%o fits %i', (choice, count) => {
    expect(store.predictions.count(taskId, choice)).toBe(count)
    expect(store.predictions.page(taskId, choice, 0, 100).predictions).toHaveLength(count)
  })

  test('the next frame, either way, with scores, and past deleted ones', () => {
    const next = (from: number, minScore?: number) =>
      store.predictions.nextFrame(taskId, from, 'forward', minScore ? { minScore } : {})
    expect([next(0), next(2), next(5), next(7), next(2, 0.5)]).toEqual([2, 5, 7, null, 7])
    expect(store.predictions.nextFrame(taskId, 5, 'backward', {})).toBe(2)
    const before = { deleted: false, checked: false }
    hand.apply([{ kind: 'frame', frame: 5, before, after: { ...before, deleted: true } }])
    expect(next(2)).toBe(7)
    expect([openOn(5), store.predictions.open(taskId)]).toEqual([[], 4])
  })

  test('pages are of whole frames', () => {
    const page = store.predictions.page(taskId, {}, 0, 1)
    expect(page.predictions.map(({ proposal: { frame } }) => frame)).toEqual([0, 2, 2])
    expect(page.next).toBe(3)
    expect(store.predictions.page(taskId, {}, 3, 10)).toMatchObject({ next: null })
  })

  test('rejected ones are gone until they are restored', () => {
    expect(store.predictions.decide(taskId, 'reject', { minScore: 0.5 }, 0).count).toBe(3)
    expect(store.predictions.open(taskId)).toBe(2)
    expect(store.predictions.decide(taskId, 'restore', { frame: 2 }, 0).count).toBe(2)
    expect(store.predictions.open(taskId)).toBe(4)
  })
})

test('what is accepted is open again whenever its step is not done', () => {
  put(begin(), [proposal(1), proposal(2)])
  const [one] = openOn(1)
  const open = () => store.predictions.open(taskId)
  store.predictions.accept(taskId, 'hand-1', one ? [one.id] : [])
  expect(open()).toBe(2)
  const after = hand.make({ frame: 1 })
  store.annotations.apply(taskId, 0, 'hand-1', {
    ...{ title: { key: 'accept', count: 1 }, frame: 1, operations: [{ kind: 'create', after }] },
  })
  expect([open(), openOn(1)]).toEqual([1, []])
  store.annotations.undo(taskId)
  expect([open(), openOn(1)]).toEqual([2, [one]])
  store.annotations.redo(taskId)
  expect(open()).toBe(1)
  store.annotations.undo(taskId)
  hand.draw()
  expect(open()).toBe(2)
})

test('accepted and rejected ones are told beside open ones', () => {
  put(begin(), [proposal(1), proposal(2), proposal(3), proposal(4, { score: null })])
  store.predictions.accept(taskId, `hand-${taskId}-1`, ids(openOn(1)))
  hand.draw()
  store.predictions.decide(taskId, 'reject', { frame: 2 }, 0)
  const told = (minScore: number | null) =>
    store.predictions
      .between(taskId, { start: 0, stop: 9 }, minScore)
      .map(({ prediction, decision }) => [prediction.proposal.frame, decision])
  const scored = [
    [1, 'accepted'],
    [2, 'rejected'],
    [3, 'open'],
  ]
  expect(told(null)).toEqual([...scored, [4, 'open']])
  expect(told(0.2)).toEqual(scored)
})

test('which frames were looked at, until the layer is forgotten', () => {
  const covered = () => store.predictions.covered(taskId)
  put(begin(), [], 3)
  put(begin('open', 'onnx/b' as FunctionId), [proposal(5)], 5)
  put(begin('staged'), [], 9)
  expect(covered()).toEqual([{ start: 0, stop: 5 }])
  while (store.predictions.clear(taskId));
  expect(covered()).toEqual([])
})

describe('staged', () => {
  test('what waits with its run is seen by nobody, and comes in order', () => {
    const run = begin('staged')
    put(run, [proposal(1), proposal(2), proposal(3)])
    expect([all(), store.predictions.open(taskId)]).toEqual([[], 0])
    const first = store.predictions.staged(run, 0, 2)
    const second = store.predictions.staged(run, first.next ?? 0, 2)
    expect([...first.proposals, ...second.proposals].map(({ frame }) => frame)).toEqual([1, 2, 3])
    expect(second.next).toBeNull()
  })

  test('an abandoned run is nobody’s: its request begins anew', () => {
    const requestId = request()
    put(begin('staged', detector, requestId), [proposal(1)])
    store.predictions.abandon(requestId)
    expect(begin('staged', detector, requestId)).toMatchObject({ doneThrough: -1 })
  })

  test('of a failed request it waits for being run again, until another one begins', () => {
    const requestId = request()
    put(begin('staged', detector, requestId), [proposal(1)], 5)
    store.requests.update(requestId, { state: 'failed' })
    store.sweep()
    expect(begin('staged', detector, requestId)).toMatchObject({ doneThrough: 5 })
    store.predictions.abandonFailed(taskId)
    expect(begin('staged', detector, requestId)).toMatchObject({ doneThrough: -1 })
  })

  test('of a request that was cancelled just before a crash it goes at the next start', () => {
    const requestId = request()
    put(begin('staged', detector, requestId), [proposal(1)], 5)
    store.requests.update(requestId, { state: 'cancelled' })
    store.close()
    store = openStore(path)
    store.sweep()
    expect(begin('staged', detector, requestId)).toMatchObject({ doneThrough: -1 })
  })
})

describe('what goes takes its predictions along', () => {
  const count = () => store.predictions.open(taskId)
  beforeEach(() => put(begin(), [proposal(1), proposal(2)]))

  test('a label', () => {
    const [, person] = store.labels.ofTask(taskId)
    put(begin('open', 'onnx/b' as FunctionId), [proposal(1, { labelId: person?.id as LabelId })])
    const raw = store.labels.ofTask(taskId).filter(({ id }) => id !== hand.labelId)
    store.labels.replace(
      { taskId },
      raw.map(({ id, name, type }) => ({ id, name, type, attributes: [] }) as never),
    )
    expect(count()).toBe(1)
  })

  test('a label that is gone before they come', () => {
    const run = begin('open', 'onnx/b' as FunctionId)
    put(run, [proposal(1, { labelId: 999 as LabelId }), proposal(3)])
    expect(count()).toBe(3)
  })

  test('the whole layer, slice by slice', () => {
    while (store.predictions.clear(taskId));
    expect(count()).toBe(0)
    put(begin(), [proposal(4)])
    expect(count()).toBe(1)
  })
})
