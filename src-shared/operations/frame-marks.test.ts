import { expect, test } from 'vitest'
import { FrameMarks } from './frame-marks.ts'
import type { FrameOperation } from './operation.ts'

const plain = { deleted: false, checked: false }
const marking = (frame: number, after: FrameOperation['after']): FrameOperation => ({
  kind: 'frame',
  frame,
  before: plain,
  after,
})

test('marks say what they were made of, and nothing of frames never named', () => {
  const marks = FrameMarks.of({ deleted: [3, 1], checked: [3, 7] })
  const facts = [0, 1, 3, 7, 8, 1e6].map((frame) => marks.factsOf(frame))
  expect(facts).toEqual([
    plain,
    { deleted: true, checked: false },
    { deleted: true, checked: true },
    { deleted: false, checked: true },
    plain,
    plain,
  ])
  expect([marks.deletedCount, marks.checkedCount]).toEqual([2, 2])
})

test('applying answers another value and leaves its own alone', () => {
  const before = FrameMarks.of({ deleted: [1], checked: [] })
  const after = before.apply([marking(9, { deleted: true, checked: true }), marking(1, plain)])
  expect([after.isDeleted(1), after.isDeleted(9), after.isChecked(9)]).toEqual([false, true, true])
  expect([before.isDeleted(1), before.isDeleted(9)]).toEqual([true, false])
  expect([after.deletedCount, after.checkedCount]).toEqual([1, 1])
})

test('without an operation on a frame it is the very same value', () => {
  expect(FrameMarks.none.apply([])).toBe(FrameMarks.none)
})

const marks = FrameMarks.of({ deleted: [2, 3, 9], checked: [4] })
const range = { start: 0, stop: 9 }
test.each<[number, 1 | -1, number | null]>([
  [1, 1, 1],
  [2, 1, 4],
  [3, -1, 1],
  [9, 1, null],
  [9, -1, 8],
  [10, 1, null],
])('from %i going %i the nearest live frame is %s', (from, direction, expected) => {
  expect(marks.nearestLive(from, direction, range)).toBe(expected)
})
