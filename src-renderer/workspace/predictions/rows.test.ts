import { expect, test } from 'vitest'
import type { Prediction, PredictionId } from '#shared/domain/prediction.ts'
import { bestFirst, countsAt, isBelow, neighbourOf, stepped } from './rows.ts'

const row = (id: number, score: number | null = null) =>
  ({ id: id as PredictionId, score }) as Prediction
const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id)
const gone = (...list: number[]) => new Set(list as PredictionId[])
const rows = [row(4), row(2), row(9)]

test('the best score first, without one last, else as they came', () => {
  const list = [row(1), row(2, 0.3), row(3, 0.9), row(5, 0.3), row(4, 0.3)]
  expect(ids(bestFirst(list))).toEqual([3, 2, 4, 5, 1])
})

test.each([
  ['the next one', 2, [2], 9],
  ['past others that went, too', 4, [4, 2], 9],
  ['at the end the last one before', 9, [9], 2],
  ['nothing when all went', 2, [4, 2, 9], null],
])('after a decision the hand is at %s', (_name, at, lost, expected) => {
  expect(neighbourOf(rows, at as PredictionId, gone(...lost))).toBe(expected)
})

test.each([
  ['from nowhere to the first', null, 1, 4],
  ['from nowhere back to the last', null, -1, 9],
  ['one on', 4, 1, 2],
  ['beyond the end', 9, 1, null],
  ['before the beginning', 4, -1, null],
])('stepping goes %s', (_name, from, by, expected) => {
  expect(stepped(rows, from as PredictionId | null, by as 1 | -1)).toBe(expected)
})

test('the bins at and above a bar are counted apart from those below', () => {
  const bins = Array.from({ length: 20 }, (_, at) => at)
  expect(countsAt(bins, 0)).toEqual({ above: 190, below: 0 })
  expect(countsAt(bins, 0.15)).toEqual({ above: 187, below: 3 })
  expect(countsAt(bins, 0.95)).toEqual({ above: 19, below: 171 })
  expect(countsAt(bins, 1)).toEqual({ above: 0, below: 190 })
})

test('what has no score is never behind the bar', () => {
  expect([isBelow(row(1, 0.49), 0.5), isBelow(row(1, 0.5), 0.5), isBelow(row(1), 0.5)]).toEqual([
    true,
    false,
    false,
  ])
})
