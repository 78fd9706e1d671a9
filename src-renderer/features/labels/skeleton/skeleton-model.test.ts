import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { record, redo, startHistory, undo } from './history.ts'
import {
  addJoint,
  changeSublabel,
  connect,
  copyOf,
  emptySkeleton,
  fileOf,
  labelParts,
  modelOfFile,
  modelOfLabel,
  moveJoint,
  problemOf,
  remove,
  type SkeletonModel,
} from './skeleton-model.ts'

const made = (...places: [number, number][]) =>
  places.reduce((model, [x, y]) => addJoint(model, { x, y }), emptySkeleton)
const names = ({ joints }: SkeletonModel) => joints.map(({ sublabel }) => sublabel.name)
const triangle = connect(connect(made([10, 10], [90, 10], [50, 80]), 0, 1), 1, 2)

describe('joints', () => {
  test('are called 1, 2, 3 …, by a number that is free, in colours that differ', () => {
    expect(names(triangle)).toEqual(['1', '2', '3'])
    const third = changeSublabel(made([1, 1], [2, 2]), 0, { name: '3' })
    expect(names(addJoint(third, { x: 5, y: 5 }))).toEqual(['3', '2', '4'])
    expect(new Set(triangle.joints.map(({ sublabel }) => sublabel.color)).size).toBe(3)
  })

  test('stay in the box, to a hundredth', () => {
    const [joint] = moveJoint(made([10, 10]), 0, { x: 33.33333, y: -5 }).joints
    expect([joint?.x, joint?.y]).toEqual([33.33, 0])
  })

  test('take their edges along when they go, and the others keep theirs', () => {
    expect(remove(triangle, { kind: 'joint', index: 0 })).toMatchObject({ edges: [[0, 1]] })
    expect(remove(triangle, { kind: 'joint', index: 1 }).edges).toEqual([])
    expect(remove(triangle, { kind: 'edge', index: 0 }).edges).toEqual([[1, 2]])
  })

  test('are connected once', () => {
    expect(connect(triangle, 1, 0)).toBe(triangle)
    expect(connect(triangle, 1, 1)).toBe(triangle)
  })
})

test.each([
  ['nothing', emptySkeleton, 'noJoints'],
  ['a joint without a name', changeSublabel(triangle, 1, { name: ' ' }), 'jointNameless'],
  ['two of one name', changeSublabel(triangle, 1, { name: '3' }), 'jointTwin'],
  ['a skeleton', triangle, undefined],
])('%s', (_name, model, problem) => expect(problemOf(model)?.key).toBe(problem))

describe('as a label', () => {
  const label = (model: SkeletonModel) => {
    const [raw] = parseRawLabels([{ name: 'sk', ...labelParts(model) }])
    if (!raw) throw new Error('no label')
    return raw
  }

  test('what is built is a label that reads back as what was built', () => {
    const edit = fc.oneof(
      fc
        .record({ x: fc.nat(100), y: fc.nat(100) })
        .map((place) => (m: SkeletonModel) => addJoint(m, place)),
      fc.tuple(fc.nat(9), fc.nat(9)).map(
        ([a, b]) =>
          (m: SkeletonModel) =>
            m.joints[a] && m.joints[b] ? connect(m, a, b) : m,
      ),
      fc.nat(9).map((index) => (m: SkeletonModel) => remove(m, { kind: 'joint', index })),
      fc.tuple(fc.nat(9), fc.string({ minLength: 1, maxLength: 9 })).map(
        ([index, name]) =>
          (m: SkeletonModel) =>
            changeSublabel(m, index, { name: `j${name.trim()}` }),
      ),
    )
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 15 }), (edits) => {
        const model = edits.reduce((now, one) => one(now), triangle)
        if (problemOf(model)) return
        expect(modelOfLabel(label(model))).toEqual(model)
        expect(modelOfFile(fileOf(model))).toEqual(model)
      }),
    )
  })

  test('ids of an existing one stay with their joints; a copy has none', () => {
    const raw = label(triangle)
    const sublabels = (raw.sublabels ?? []).map((one, at) => ({ ...one, id: 10 + at }))
    const model = modelOfLabel({ ...raw, sublabels })
    const ids = (one: SkeletonModel) => one.joints.map(({ sublabel }) => sublabel.id)
    expect(ids(remove(model, { kind: 'joint', index: 1 }))).toEqual([10, 12])
    expect(ids(copyOf(model))).toEqual([undefined, undefined, undefined])
  })
})

describe('undo', () => {
  test('goes back and forth; a new change ends the way forth', () => {
    const two = record(record(startHistory(1), 2), 3)
    const back = undo(two)
    expect(back?.now).toBe(2)
    expect(back && redo(back)?.now).toBe(3)
    expect(back && redo(record(back, 9))).toBeNull()
    expect(undo(startHistory(1))).toBeNull()
  })

  test('letters of one name are one step', () => {
    const typed = record(record(record(startHistory(''), 'a', 'name 0'), 'ab', 'name 0'), 'x')
    expect(undo(typed)?.now).toBe('ab')
    const first = undo(typed)
    expect(first && undo(first)?.now).toBe('')
  })

  test('what changes nothing is no step', () => {
    const start = startHistory(triangle)
    expect(record(start, connect(triangle, 0, 1))).toBe(start)
  })
})
