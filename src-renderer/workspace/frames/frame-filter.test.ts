import { expect, test } from 'vitest'
import { FrameMarks } from '#shared/operations/frame-marks.ts'
import { type FrameFilter, filterFrames } from './frame-filter.ts'

const counts = [0, 3, 0, 1, 0, 0]
const facts = {
  marks: FrameMarks.of({ deleted: [2], checked: [1, 4] }),
  counts: (frame: number) => counts[frame] ?? 0,
  problems: new Set([5]),
}
const range = { start: 0, stop: 5 }

test.each<[FrameFilter, number[]]>([
  ['all', [0, 1, 2, 3, 4, 5]],
  ['annotated', [1, 3]],
  ['empty', [0, 4, 5]],
  ['checked', [1, 4]],
  ['unchecked', [0, 3, 5]],
  ['deleted', [2]],
  ['problems', [5]],
])('%s', (filter, expected) => {
  expect(filterFrames(range, filter, facts, null)).toEqual(expected)
})

test('a name and a job narrow it further', () => {
  expect(filterFrames({ start: 2, stop: 4 }, 'unchecked', facts, [0, 3, 4, 5])).toEqual([3])
})

test('while annotations are being counted nothing passes for annotated or empty', () => {
  const uncounted = { ...facts, counts: null }
  expect(filterFrames(range, 'annotated', uncounted, null)).toEqual([])
  expect(filterFrames(range, 'empty', uncounted, null)).toEqual([])
})
