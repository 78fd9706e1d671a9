import { expect, test } from 'vitest'
import type { AttributeId } from '#shared/domain/ids.ts'
import type { AttributeSpec } from '#shared/domain/label.ts'
import { keyedValues } from './keyed-values.ts'

const spec = (inputType: AttributeSpec['inputType'], values: string[]): AttributeSpec => ({
  id: 1 as AttributeId,
  name: 'a',
  inputType,
  mutable: false,
  defaultValue: values[0] ?? '',
  values,
})

test.each([
  [
    'a select has a key a value, ten at most',
    spec('select', [...'abcdefghijkl']),
    [...'abcdefghij'],
  ],
  [
    'a checkbox has false on 0 and true on 1',
    spec('checkbox', ['true', 'false']),
    ['false', 'true'],
  ],
  ['a short range of numbers', spec('number', ['2', '4', '0.5']), ['2', '2.5', '3', '3.5', '4']],
  ['a long range is typed', spec('number', ['0', '100', '1']), []],
  ['a range without sense is typed', spec('number', ['5', '1', '0']), []],
  ['text is typed', spec('text', []), []],
])('%s', (_, given, expected) => {
  expect(keyedValues(given)).toEqual(expected)
})
