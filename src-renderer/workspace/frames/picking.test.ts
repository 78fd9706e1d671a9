import { expect, test } from 'vitest'
import { keepShown, nothingPicked, type Picking, pick, pickAll, pickBand } from './picking.ts'

const items = [10, 11, 12, 13, 14, 15]
const keys = (picking: Picking) => [...picking.keys].sort()

test('a click picks one, Ctrl another or takes it back, Shift the stretch between', () => {
  const one = pick(nothingPicked, items, 1, 'only')
  const two = pick(one, items, 4, 'toggle')
  expect(keys(two)).toEqual([11, 14])
  expect(keys(pick(two, items, 4, 'toggle'))).toEqual([11])
  expect(keys(pick(two, items, 2, 'extend'))).toEqual([12, 13, 14])
  expect(keys(pick(two, items, 5, 'add'))).toEqual([11, 14, 15])
})

test('a stretch turns about where it began', () => {
  const begun = pick(nothingPicked, items, 2, 'only')
  const right = pick(begun, items, 4, 'extend')
  expect(keys(pick(right, items, 0, 'extend'))).toEqual([10, 11, 12])
})

test('what is not there picks nothing', () => {
  expect(pick(nothingPicked, items, 6, 'only')).toBe(nothingPicked)
  expect(keys(pickAll(nothingPicked, items))).toEqual(items)
})

test('a band takes what it holds, with Ctrl beside what was picked', () => {
  const before = pick(nothingPicked, items, 5, 'only')
  expect(keys(pickBand(before, items, [0, 1], false))).toEqual([10, 11])
  expect(keys(pickBand(before, items, [0, 1], true))).toEqual([10, 11, 15])
  expect(keys(pickBand(before, items, [], false))).toEqual([])
})

test('what a filter hides is picked no longer', () => {
  const all = pickAll({ ...nothingPicked, cursor: 5 }, items)
  const left = keepShown(all, [10, 15])
  expect([keys(left), left.cursor]).toEqual([[10, 15], 1])
})
