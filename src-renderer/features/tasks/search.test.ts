import { expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import { matchesSearch, parseSearch } from './search.ts'

const task: Task = {
  id: 5 as TaskId,
  projectId: null,
  name: 'Training: street North',
  mode: 'annotation',
  dimension: '2d',
  size: 10,
  subset: 'Train',
  bugTracker: '',
  segmentSize: 0,
  overlap: 0,
  startFrame: 0,
  stopFrame: 9,
  frameStep: 1,
  sortingMethod: 'natural',
  mediaState: 'ready',
  mediaPaths: ['/photos'],
  problemCount: 0,
  objectCount: 0,
  annotatedFrameCount: 0,
  deletedFrameCount: 0,
  checkedFrameCount: 0,
  completedJobCount: 1,
  jobCount: 2,
  revision: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

test.each([
  ['nothing asked', '', []],
  ['free text', ' Street ', [{ field: 'any', value: 'street' }]],
  ['a field', 'NAME: Training', [{ field: 'name', value: 'training' }]],
  [
    'two fields',
    'mode: annotation and status: annotation',
    [
      { field: 'mode', value: 'annotation' },
      { field: 'status', value: 'annotation' },
    ],
  ],
  ['a word with "and" in it is one word', 'sand land', [{ field: 'any', value: 'sand land' }]],
  ['a colon in a name', 'take: 2', [{ field: 'any', value: 'take: 2' }]],
  ['an unfinished filter asks nothing', 'mode: ', []],
  ['a dangling AND', 'name: a AND ', [{ field: 'name', value: 'a' }]],
  ['quotes hold words together', 'name: "a and b"', [{ field: 'name', value: 'a and b' }]],
])('parse %s', (_name, text, terms) => expect(parseSearch(text)).toEqual(terms))

test.each([
  ['', true],
  ['north', true],
  ['south', false],
  ['name: training', true],
  ['name: train AND mode: annotation', true],
  ['name: train AND mode: interpolation', false],
  ['mode: interpolation', false],
  ['status: annotation', true],
  ['status: completed', false],
  ['id: 5', true],
  ['id: #5', true],
  ['id: 55', false],
  ['subset: train', true],
  ['project: city', true],
  ['owner: admin', false],
])('%j finds the task: %s', (text, found) =>
  expect(matchesSearch(parseSearch(text), { task, projectName: 'City streets' })).toBe(found),
)

test('a task is completed when each of its jobs is', () => {
  const done = { ...task, completedJobCount: 2 }
  const terms = parseSearch('status: completed')
  expect(matchesSearch(terms, { task: done, projectName: '' })).toBe(true)
  expect(
    matchesSearch(terms, { task: { ...done, jobCount: 0, completedJobCount: 0 }, projectName: '' }),
  ).toBe(false)
})
