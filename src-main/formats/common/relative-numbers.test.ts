import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixed6 } from './relative-numbers.ts'

describe('six decimals as C prints them', () => {
  test.each([
    [0.199, '0.199000'],
    [5 / 12, '0.416667'],
    [0.0078125, '0.007812'],
    [3 / 128, '0.023438'],
    [-1 / 128, '-0.007812'],
    [1.0078125, '1.007812'],
    [0, '0.000000'],
    [-1e-9, '0.000000'],
    [-0.0000009, '-0.000001'],
    [123.4567891, '123.456789'],
  ])('%d is %s', (x, text) => {
    expect(fixed6(x)).toBe(text)
  })

  test('as toFixed does where there is no tie', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e7, max: 1e7, noNaN: true }), (x) => {
        fc.pre(Math.abs((x * 128) % 2) !== 1)
        expect(fixed6(x)).toBe(x.toFixed(6).replace('-0.000000', '0.000000'))
      }),
    )
  })
})
