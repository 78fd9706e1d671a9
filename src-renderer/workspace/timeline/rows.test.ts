import { describe, expect, test } from 'vitest'
import type { AnnotationId, AttributeId, LabelId } from '#shared/domain/ids.ts'
import { bus, car, labels } from '#shared/filter/testing.ts'
import type { Lane } from './lane.ts'
import { type RowsWanted, rowsOf, searchOf } from './rows.ts'
import { lane } from './testing.ts'

const red = [{ specId: 1 as AttributeId, value: 'red' }]
const all: readonly Lane[] = [
  { ...lane(30, 0, '10o'), labelId: bus.id },
  { ...lane(4, 5, 20), labelId: car.id },
  { ...lane(17, 2, 8), labelId: car.id, attributes: red },
]
const lanes = new Map(all.map((one) => [one.id, one]))
const labelsById = new Map(labels.map((label) => [label.id as LabelId, label]))
const plain: RowsWanted = {
  ...{ search: { kind: 'none' }, found: null, sort: 'start', onFrame: null },
  ...{ labels, labelsById },
}
const ids = (wanted: Partial<RowsWanted>) =>
  rowsOf(lanes, { ...plain, ...wanted }).map(({ id }) => Number(id))

test.each([
  ['start', [30, 17, 4]],
  ['number', [4, 17, 30]],
  ['label', [17, 4, 30]],
] as const)('in the order of %s', (sort, order) => {
  expect(ids({ sort })).toEqual(order)
})

test('only those seen on the frame', () => {
  expect(ids({ onFrame: 3 })).toEqual([30, 17])
  expect(ids({ onFrame: 12 })).toEqual([17, 4])
})

describe('searched', () => {
  test.each([
    ['a label', 'bus', [30]],
    ['a number', '17', [17]],
    ['an attribute', 'red', [17]],
    ['several words', 'car red', [17]],
    ['a filter', 'label == "Bus"', [30]],
    ['two rules', 'label == "car" and objectID < 10', [4]],
    ['a filter with a mistake: words', 'label == ', []],
  ])('by %s', (_what, text, found) => {
    expect(ids({ search: searchOf(text) })).toEqual(found)
  })

  test('what needs outlines is asked of the core, and nothing shows until it answered', () => {
    const search = searchOf('width > 10')
    expect(search).toMatchObject({ kind: 'filter', isForCore: true })
    expect(ids({ search })).toEqual([])
    expect(ids({ search, found: new Set([4 as AnnotationId]) })).toEqual([4])
  })
})
