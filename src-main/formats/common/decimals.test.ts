import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCoordinate } from '#shared/geometry/points.ts'
import { fixed2, pythonFloat, round2 } from './decimals.ts'

test.each([
  [0.125, '0.12'],
  [0.375, '0.38'],
  [2.675, '2.67'],
  [1.005, '1.00'],
  [-0.001, '0.00'],
  [-0.125, '-0.12'],
  [1234567.5, '1234567.50'],
])('%%.2f of %d is %s', (x, text) => expect(fixed2(x)).toBe(text))

test.each([
  [8, '8.0'],
  [-0, '0.0'],
  [1.23, '1.23'],
  [-30, '-30.0'],
])('%d prints as %s', (x, text) => expect(pythonFloat(x)).toBe(text))

test.each([
  [1.234, 1.23],
  [0.125, 0.12],
  [0.135, 0.14],
  [-1.5, -1.5],
])('%d rounds to %d', (x, rounded) => expect(round2(x)).toBe(rounded))

test('two decimals are never off by more than half a hundredth', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
      expect(Math.abs(Number(fixed2(x)) - x)).toBeLessThanOrEqual(0.005 + 1e-9)
      expect(JSON.parse(pythonFloat(x)) + 0).toBe(x + 0)
    }),
  )
})

test.each([
  [0, true],
  [-1e7, true],
  [1e8, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
  ['1', false],
])('%s as a coordinate: %s', (x, ok) => expect(isCoordinate(x)).toBe(ok))
