import { expect, test } from 'vitest'
import { splitByPart } from '../import/split-parts.ts'
import { inSubsetOrder, subsetNames } from './dataset-parts.ts'

const tasks = (...subsets: string[]) => subsets.map((subset, at) => ({ subset, id: at as never }))

test.each([
  [
    ['', 'val'],
    ['default', 'val'],
  ],
  [
    ['', 'default'],
    ['default_1', 'default'],
  ],
  [
    ['', 'default', 'default_1', ''],
    ['default_2', 'default', 'default_1', 'default_2'],
  ],
])('subsets %j are called %j', (subsets, names) => {
  const all = tasks(...subsets)
  expect(all.map(subsetNames(all))).toEqual(names)
})

test('tasks come by subset, and within it as they were made', () => {
  const sorted = inSubsetOrder(tasks('val', '', 'Train', 'val', ''))
  expect(sorted.map(({ subset, id }) => `${subset}${id}`)).toEqual([
    '1',
    '4',
    'Train2',
    'val0',
    'val3',
  ])
})

const parts = [
  { first: 0, frameCount: 3 },
  { first: 3, frameCount: 2 },
]
const common = { labelId: 1 as never, group: 0, source: 'manual' as const, attributes: [] }

test('an annotation goes to the task its frame is of', () => {
  const tag = (frame: number) => ({ kind: 'tag' as const, frame, ...common })
  expect(splitByPart(parts, tag(2))).toEqual([{ at: 0, annotation: tag(2) }])
  expect(splitByPart(parts, tag(3))).toEqual([{ at: 1, annotation: tag(0) }])
})

test('a track through two tasks is one in each, and none where it is never seen', () => {
  const keyframe = (frame: number, outside: boolean) => ({
    ...{ frame, outside, points: [1, 2, 3, 4], rotation: 0, occluded: false, zOrder: 0 },
    ...{ attributes: [], elements: [] },
  })
  const track = (...keyframes: ReturnType<typeof keyframe>[]) => {
    const frame = keyframes[0]?.frame ?? 0
    return { kind: 'track' as const, ...common, type: 'rectangle' as const, frame, keyframes }
  }
  expect(splitByPart(parts, track(keyframe(1, false), keyframe(4, false)))).toEqual([
    { at: 0, annotation: track(keyframe(1, false)) },
    { at: 1, annotation: track(keyframe(1, false)) },
  ])
  expect(splitByPart(parts, track(keyframe(1, false), keyframe(3, true)))).toEqual([
    { at: 0, annotation: track(keyframe(1, false)) },
  ])
})
