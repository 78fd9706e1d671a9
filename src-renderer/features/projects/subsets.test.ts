import { expect, test } from 'vitest'
import { subsetsOf } from './subsets.ts'

test('frames are summed by subset, the largest first', () =>
  expect(
    subsetsOf([
      { subset: 'Test', size: 10 },
      { subset: 'Train', size: 20 },
      { subset: 'Train', size: 10 },
    ]),
  ).toEqual([
    { subset: 'Train', tasks: 2, frames: 30, share: 0.75 },
    { subset: 'Test', tasks: 1, frames: 10, share: 0.25 },
  ]))

test('tasks that are still being listed share nothing', () =>
  expect(subsetsOf([{ subset: '', size: 0 }])).toEqual([
    { subset: '', tasks: 1, frames: 0, share: 0 },
  ]))
