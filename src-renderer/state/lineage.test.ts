import { expect, test } from 'vitest'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { changedBetween, descends } from './lineage.ts'

const ids = (...numbers: number[]) => numbers as AnnotationId[]
const make = () => new Map<AnnotationId, unknown>()

test('the way from one state to a later one gathers what every step touched', () => {
  const [a, b, c] = [make(), make(), make()]
  descends(b, a, ids(1, 2))
  descends(c, b, ids(2, 3))
  expect(changedBetween(a, c)).toEqual(new Set([1, 2, 3]))
  expect(changedBetween(b, c)).toEqual(new Set([2, 3]))
  expect(changedBetween(c, c)).toEqual(new Set())
})

test('nothing is known of states that do not follow from each other', () => {
  const [a, b, c, other] = [make(), make(), make(), make()]
  descends(b, a, ids(1))
  expect(changedBetween(b, a)).toBeNull()
  expect(changedBetween(a, other)).toBeNull()
  expect(changedBetween(other, make())).toBeNull()
  // Another step from the same state: the way to the first one is gone, and said to be.
  descends(c, a, ids(2))
  expect(changedBetween(a, b)).toBeNull()
  expect(changedBetween(a, c)).toEqual(new Set([2]))
})
