import { expect, test } from 'vitest'
import { addLabel } from './label-list.ts'

const cat = addLabel([], { name: ' cat ', type: 'any', color: null }).labels ?? []

test('a new label gets the colour CVAT gives its name', () =>
  expect(cat).toEqual([{ name: 'cat', type: 'any', color: '#6080c0', attributes: [] }]))

test('a chosen colour is kept', () =>
  expect(addLabel([], { name: 'x', type: 'polygon', color: '#112233' }).labels?.[0]?.color).toBe(
    '#112233',
  ))

test.each([
  ['a name there is already', 'cat', 'duplicate'],
  ['no name', '  ', 'empty'],
  ['a name of 65 letters', 'x'.repeat(65), 'long'],
] as const)('%s is not added', (_name, name, problem) =>
  expect(addLabel(cat, { name, type: 'any', color: null })).toEqual({ labels: null, problem }),
)
