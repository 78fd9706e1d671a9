import { expect, test } from 'vitest'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { RawAttribute } from '#shared/domain/raw-label.ts'
import { type AttributeForm, fromForm, newAttributeForm, toForm } from './attribute-form.ts'

const attributes: RawAttribute[] = [
  { name: 'model', input_type: 'select', mutable: false, values: ['a', 'b'], default_value: 'b' },
  { id: 7, name: 'side', input_type: 'radio', mutable: true, values: ['l'], default_value: 'l' },
  {
    name: 'parked',
    input_type: 'checkbox',
    mutable: true,
    values: ['false', 'true'],
    default_value: 'true',
  },
  {
    name: 'age',
    input_type: 'number',
    mutable: false,
    values: ['1', '99', '2'],
    default_value: '3',
  },
  { name: 'plate', input_type: 'text', mutable: false, values: [], default_value: 'none' },
]

test.each(attributes)('$input_type comes back from the form as it went in', (attribute) =>
  expect(fromForm(toForm(attribute))).toEqual(attribute),
)

const changed = (change: Partial<AttributeForm>) =>
  fromForm({ ...newAttributeForm('x'), ...change })

test.each([
  ['a choice that is gone', { choices: ['a'], defaultValue: 'b' }],
  ['a number out of range', { inputType: 'number', defaultValue: '101' }],
  ['a tick that is none', { inputType: 'checkbox', defaultValue: 'b' }],
] as const)('%s is no default any more', (_name, change) =>
  expect(changed(change)).not.toHaveProperty('default_value'),
)

test.each(['select', 'radio', 'checkbox', 'number', 'text'] as const)(
  'the form of a %s makes what the store accepts',
  (inputType) => {
    const attribute = changed({ inputType, choices: ['a', 'b'] })
    expect(() => parseRawLabels([{ name: 'cat', attributes: [attribute] }])).not.toThrow()
  },
)
