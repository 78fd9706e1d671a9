import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalAt, decimalList } from './decimal-text.ts'

const read = (text: string): number => decimalAt(`7${text}7`, 1, text.length + 1)

test('every number reads as JavaScript reads it, to the last bit', () => {
  const written = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer({ min: -1e9, max: 1e9 }).map((n) => (n / 100).toFixed(2)),
    fc
      .double({ min: -1e7, max: 1e7, noNaN: true })
      .chain((x) => fc.integer({ min: 0, max: 12 }).map((digits) => x.toFixed(digits))),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
  )
  fc.assert(
    fc.property(written, (text) => {
      expect(read(text)).toBe(Number(text))
    }),
    { numRuns: 5000 },
  )
})

test.each([
  [' 12 ', 12],
  ['1.', 1],
  ['.5', 0.5],
  ['+3', 3],
  ['-0', -0],
  ['-0.0', -0],
  ['1e2', 100],
  ['\t1\n', 1],
  ['0012.50', 12.5],
  ['999999999999999', 999999999999999],
  ['0.1000000000000000055511151231257827', 0.1],
])('%j is %d', (text, number) => expect(read(text)).toBe(number))

test.each(['', ' ', '-', '.', '-.', '1 2', '1..2', '0x10', 'NaN', 'Infinity', '1,2', '--1', 'e5'])(
  '%j is no number',
  (text) => expect(read(text)).toBeNaN(),
)

test('lists', () => {
  expect(decimalList('1, 2,3.5')).toEqual([1, 2, 3.5])
  expect(decimalList('1,,2,')).toEqual([1, Number.NaN, 2, Number.NaN])
  expect(decimalList('')).toEqual([Number.NaN])
})
