import { expect, test } from 'vitest'
import { renumberGroups } from './frame-groups.ts'

const shape = (group: number) => ({ kind: 'shape' as const, group })
const tag = (group: number) => ({ kind: 'tag' as const, group })

test.each([
  ['none', [shape(0), shape(0)], [0, 0]],
  ['one of one', [shape(7), shape(0)], [0, 0]],
  [
    'numbered in the order of their numbers',
    [shape(9), shape(4), shape(9), shape(4)],
    [2, 1, 2, 1],
  ],
  ['a single one among them leaves no gap', [shape(3), shape(5), shape(5)], [0, 1, 1]],
  ['a tag makes no group', [tag(3), shape(3)], [0, 0]],
  ['a tag goes with a group', [tag(8), shape(8), shape(8)], [1, 1, 1]],
  ['numbered so already', [shape(1), shape(1)], [1, 1]],
])('groups of a frame: %s', (_name, annotations, expected) => {
  expect(renumberGroups(annotations).map(({ group }) => group)).toEqual(expected)
})
