import { expect, test } from 'vitest'
import { stepsTo } from './steps-to.ts'

const entries = [
  { id: 5, undone: true },
  { id: 4, undone: true },
  { id: 3, undone: false },
  { id: 2, undone: false },
  { id: 1, undone: false },
]

test.each([
  ['the last step done: stay', 3, { verb: 'undo', times: 0 }],
  ['an earlier one: undo what came after', 1, { verb: 'undo', times: 2 }],
  ['the first undone: redo it', 4, { verb: 'redo', times: 1 }],
  ['the last undone: redo all up to it', 5, { verb: 'redo', times: 2 }],
  ['one that is gone: stay', 99, { verb: 'undo', times: 0 }],
])('%s', (_name, id, expected) => {
  expect(stepsTo(entries, id)).toEqual(expected)
})
