import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inputTypes } from '#shared/domain/label.ts'
import { readRawText, writeRawText } from './raw-text.ts'

test.each([
  ['nothing', ''],
  ['blanks', ' \n '],
  ['an empty list', '[]'],
])('%s means no labels', (_name, text) =>
  expect(readRawText(text)).toEqual({ labels: [], problem: null }),
)

test('a comma too many is named by its line', () => {
  const { problem } = readRawText('[\n  { "name": "cat" },\n]')
  expect(problem?.line).toBe(3)
})

test('a text that ends too soon is named by its last line', () =>
  expect(readRawText('[\n  { "name":').problem?.line).toBe(2))

test.each([
  ['a typo in a key', '[{"name": "cat", "colour": "#fff"}]', 'labels[0]'],
  ['a second label of the same name', '[{"name": "cat"}, {"name": "cat"}]', 'labels[1].name'],
  [
    'a select without choices',
    '[{"name": "cat", "attributes": [{"name": "a", "input_type": "select"}]}]',
    'labels[0].attributes[0].values',
  ],
])('%s is refused with its place', (_name, text, place) => {
  const { labels, problem } = readRawText(text)
  expect(labels).toBeNull()
  expect(problem?.message).toContain(place)
  expect(problem?.remedy).not.toBe('')
})

const name = fc.string({ minLength: 1, maxLength: 20 }).filter((s) => s.trim() === s && s !== '')
const attribute = fc.record({
  name,
  input_type: fc.constantFrom(...inputTypes.filter((type) => type !== 'number')),
  mutable: fc.boolean(),
  values: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
})
const labels = fc.uniqueArray(
  fc.record({
    name,
    type: fc.constantFrom('any' as const, 'rectangle' as const, 'polygon' as const),
    attributes: fc.uniqueArray(attribute, { selector: (a) => a.name, maxLength: 3 }),
  }),
  { selector: (label) => label.name, maxLength: 5 },
)

test('what is written is read back as it was', () =>
  fc.assert(
    fc.property(labels, (input) => {
      const first = readRawText(JSON.stringify(input)).labels
      expect(first).not.toBeNull()
      expect(readRawText(writeRawText(first ?? [])).labels).toEqual(first)
    }),
  ))
