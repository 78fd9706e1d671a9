import { expect, test } from 'vitest'
import { wheelFactor } from './pointer-source.ts'

const wheel = (deltaY: number, ctrlKey = false, deltaMode = 0) =>
  wheelFactor({ deltaY, ctrlKey, deltaMode })

test('a notch up zooms in by about a fifth, and a notch down undoes it', () => {
  expect(wheel(-100)).toBeCloseTo(1.2, 1)
  expect(wheel(-100) * wheel(100)).toBeCloseTo(1, 9)
})

test('a pinch (small deltas with ctrl) is stronger than scrolling as far', () => {
  expect(wheel(-10, true)).toBeGreaterThan(wheel(-10))
})

test('lines count as pixels, and a wild wheel is tamed', () => {
  expect(wheel(-3, false, 1)).toBeCloseTo(wheel(-48), 9)
  expect(wheel(-100_000)).toBeLessThan(2)
})
