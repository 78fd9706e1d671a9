import fc from 'fast-check'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { createHand, newDatabasePath, readyTask, removeDatabases } from '#main/store/fixture.ts'
import { openStore } from '#main/store/index.ts'
import type { Keyframe, ShapeType } from '#shared/domain/annotation.ts'
import type { LabelId, TaskId } from '#shared/domain/ids.ts'
import type { KeptType, NewAnnotation, Store } from '../../ports.ts'
import { CensusCounter, sumOfCensuses } from './census-of.ts'
import { TaskStream } from './dataset-stream.ts'

const FRAMES = 12

let store: Store
let taskId: TaskId
let labelId: LabelId
const newTask = () => {
  taskId = readyTask(store, FRAMES).id
  labelId = store.labels.ofTask(taskId)[0]?.id as LabelId
}
beforeEach(() => {
  store = openStore(newDatabasePath())
  newTask()
})
afterEach(() => store.close())
afterAll(removeDatabases)

const POINTS: Partial<Record<ShapeType, number[]>> = {
  rectangle: [0, 0, 9, 9],
  polygon: [0, 0, 9, 0, 9, 9],
  ellipse: [5, 5, 9, 1],
}
const types = Object.keys(POINTS) as ShapeType[]

const facts = {
  group: fc.constantFrom(0, 3),
  type: fc.constantFrom(...types),
  rotation: fc.constantFrom(0, 30),
  occluded: fc.boolean(),
  zOrder: fc.constantFrom(0, 2),
  score: fc.constantFrom(null, 0.5),
}
const frame = fc.nat(FRAMES - 1)
const keyframe = fc.record({
  frame,
  outside: fc.boolean(),
  occluded: fc.boolean(),
  zOrder: facts.zOrder,
  rotation: facts.rotation,
})
const anything = fc.record({
  kind: fc.constantFrom('tag' as const, 'shape' as const, 'track' as const),
  frame,
  ...facts,
  keyframes: fc.uniqueArray(keyframe, { minLength: 1, maxLength: 4, selector: (one) => one.frame }),
})

type Drawn = typeof anything extends fc.Arbitrary<infer T> ? T : never

function annotation({ kind, keyframes, ...fields }: Drawn): NewAnnotation {
  const { type, frame: at, group, rotation, occluded, zOrder, score } = fields
  const common = { labelId, group, source: 'manual' as const, attributes: [] }
  const points = POINTS[type] ?? []
  const turned = type === 'polygon' ? 0 : rotation
  if (kind === 'tag') return { kind, frame: at, ...common }
  if (kind === 'shape')
    return {
      ...{ kind, frame: at, ...common, type, points, rotation: turned },
      ...{ occluded, zOrder, score, elements: [] },
    }
  const stated = keyframes
    .toSorted((a, b) => a.frame - b.frame)
    .map((one): Keyframe => {
      const angle = type === 'polygon' ? 0 : one.rotation
      return { ...one, points, rotation: angle, attributes: [], elements: [] }
    })
  return { kind, ...common, type, frame: stated[0]?.frame ?? 0, keyframes: stated }
}

const everything = { frames: 'all' as const, filter: '' }

function counted(keeps: readonly KeptType[] | undefined) {
  const counter = new CensusCounter(keeps)
  for (const item of new TaskStream(store, taskId, { job: null, selection: everything }).all())
    counter.add(item)
  return counter.census()
}

test('what goes by is counted as the store counts it', () => {
  const kept = fc.option(fc.subarray<KeptType>([...types, 'tag']), { nil: undefined })
  let requestId = 0
  fc.assert(
    fc.property(
      fc.array(anything, { maxLength: 8 }),
      fc.uniqueArray(frame, { maxLength: 4 }),
      kept,
      (drawn, deleted, keeps) => {
        requestId += 1
        newTask()
        const batch = store.annotations.beginBatch(taskId, requestId as never)
        batch.add(drawn.map(annotation))
        batch.commit('replace', 'test')
        store.frames.setMarks(taskId, { deleted, checked: [] })
        const stored = store.annotations.census(taskId, undefined, keeps)
        expect(counted(keeps)).toEqual(stored)
      },
    ),
    { numRuns: 60 },
  )
})

test('several tasks together have what each of them has', () => {
  createHand(store, taskId).draw({ frame: 1, points: [0, 0, 5, 5] })
  const one = store.annotations.census(taskId)
  expect(sumOfCensuses([one, one])).toMatchObject({ shapes: { rectangle: 2 }, tags: 0 })
  expect(sumOfCensuses([one])).toEqual(one)
})
