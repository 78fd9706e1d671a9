import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLiteral } from './python-literal.ts'

test.each([
  [
    "Python's dict, as Ultralytics writes names",
    "{0: 'person', 1: \"a 'car'\"}",
    [
      ['0', 'person'],
      ['1', "a 'car'"],
    ],
  ],
  [
    'JSON',
    '{"0": "person", "1": "car"}',
    [
      ['0', 'person'],
      ['1', 'car'],
    ],
  ],
  ['a comma after the last', "{0: 'x',}", [['0', 'x']]],
  ['nothing in it', '{}', []],
])('%s', (_name, text, entries) => {
  expect([...(readLiteral(text) as ReadonlyMap<string, unknown>)]).toEqual(entries)
})

test.each([
  ['a list', '[640, 480]', [640, 480]],
  ['a tuple', '(17, 3)', [17, 3]],
  ['a tuple of one', '(32,)', [32]],
  ['a number', '32', 32],
  ['a number with an exponent', '-1.5e-3', -0.0015],
  ['truth, either way', '[True, true, False, None, null]', [true, true, false, null, null]],
  ['escapes', String.raw`'it\'s \u00e9 \xe9 \n'`, "it's é é \n"],
])('%s', (_name, text, value) => {
  expect(readLiteral(text)).toEqual(value)
})

test.each([
  ['a bare word', 'detect'],
  ['an open bracket', '[1, 2'],
  ['an open string', "{0: 'person"],
  ['two values', '1 2'],
  ['no colon', '{0 1}'],
  ['two commas', '[1,,2]'],
  ['a key that is a list', '{[1]: 2}'],
  ['an escape that is cut', String.raw`'\u00`],
  ['brackets without end', '['.repeat(100_000)],
  ['nothing', ''],
])('no literal: %s', (_name, text) => {
  expect(readLiteral(text)).toBeNull()
})

const plain = (value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]))
  return Array.isArray(value) ? value.map(plain) : value
}

test('every JSON text is read as JSON reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value)
      const wanted = JSON.parse(text)
      if (text.includes('"__proto__"')) return
      expect(plain(readLiteral(text))).toEqual(wanted)
    }),
  )
})
