import { expect, test } from 'vitest'
import type { PreviewLabel } from '#shared/domain/import-preview.ts'
import {
  type Destination,
  destinationOf,
  type ImportWish,
  withDestination,
  withSuggestions,
} from './import-wish.ts'

const wish: ImportWish = {
  jobId: null,
  path: 'a.zip',
  format: null,
  mode: 'replace',
  labels: {},
  createLabels: [],
}

function label(name: string, changes: Partial<PreviewLabel> = {}): PreviewLabel {
  const plain = { count: 1, parent: null, target: null, suggestion: null, attributes: [] }
  return { name, state: 'unknown', ...plain, ...changes }
}

test('a label goes to one place at a time', () => {
  const mapped = withDestination(wish, 'Car', { to: 'label', name: 'car' })
  expect(mapped).toMatchObject({ labels: { Car: 'car' }, createLabels: [] })
  const made = withDestination(mapped, 'Car', { to: 'new' })
  expect(made).toMatchObject({ labels: {}, createLabels: ['Car'] })
  const gone = withDestination(made, 'Car', { to: 'nowhere' })
  expect(gone).toMatchObject({ labels: { Car: null }, createLabels: [] })
  expect(withDestination(gone, 'Car', { to: 'label', name: 'Car' })).toEqual(wish)
})

test('what nobody decided on goes to the nearest label or is made; joints go with their skeleton', () => {
  const labels = [
    label('Car', { suggestion: 'car' }),
    label('truck'),
    label('1', { parent: 'person' }),
    label('here', { state: 'here', target: 'here' }),
  ]
  expect(withSuggestions(wish, labels)).toMatchObject({
    labels: { Car: 'car' },
    createLabels: ['truck'],
  })
})

test.each([
  [label('a'), null],
  [label('a', { state: 'created', target: 'a' }), { to: 'new' }],
  [label('a', { state: 'left-out' }), { to: 'nowhere' }],
  [label('a', { state: 'mapped', target: 'b' }), { to: 'label', name: 'b' }],
])('where a label goes', (one, destination) => {
  expect(destinationOf(one, wish)).toEqual(destination)
})

test('what a person has said since counts before it was looked at', () => {
  const one = label('a', { state: 'mapped', target: 'b' })
  const said = (to: Destination) => destinationOf(one, withDestination(wish, 'a', to))
  expect(said({ to: 'new' })).toEqual({ to: 'new' })
  expect(said({ to: 'nowhere' })).toEqual({ to: 'nowhere' })
  expect(said({ to: 'label', name: 'c' })).toEqual({ to: 'label', name: 'c' })
})
