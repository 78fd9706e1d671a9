import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { yamlText } from './yaml-text.ts'

test.each([
  ['dog', 'dog'],
  ['traffic light', 'traffic light'],
  ['train.txt', 'train.txt'],
  ['no', '"no"'],
  ['7', '"7"'],
  ['1e3', '"1e3"'],
  ['', '""'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  [' a', '" a"'],
  ['a ', '"a "'],
])('%j is written %s', (text, written) => {
  expect(yamlText(text)).toBe(written)
})

test('any text comes back, in either version of YAML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const version of ['1.1', '1.2'] as const) {
        expect(parse(`names:\n  0: ${yamlText(text)}\n`, { version })).toEqual({
          names: { 0: text },
        })
      }
    }),
  )
})
