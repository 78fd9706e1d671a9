import { expect, test } from 'vitest'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { digitsOf } from './digits.ts'

const label = (id: number): Label => ({
  id: id as LabelId,
  name: `l${id}`,
  color: '#000000',
  type: 'any',
  attributes: [],
  svg: null,
  sublabels: [],
})
const names = (count: number, chosen: Record<string, string> = {}) => {
  const labels = Array.from({ length: count }, (_, at) => label(at + 1))
  return [...digitsOf(labels, chosen)].map(([digit, { id }]) => `${digit}=${id}`).sort()
}

test('labels get 1 to 9 and then 0, in their order', () => {
  expect(names(3)).toEqual(['1=1', '2=2', '3=3'])
  expect(names(12)).toHaveLength(10)
  expect(names(12)).toContain('0=10')
})

test('a chosen digit stays with its label; the others close up around it', () => {
  expect(names(3, { 3: '1' })).toEqual(['1=3', '2=1', '3=2'])
  expect(names(12, { 12: '5' })).toContain('5=12')
})

test('two labels that want one digit: the first keeps it and the other takes what is left', () => {
  expect(names(2, { 1: '7', 2: '7' })).toEqual(['1=2', '7=1'])
})
