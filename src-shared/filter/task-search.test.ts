import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TaskId } from '../domain/ids.ts'
import type { Job, Task } from '../domain/task.ts'
import { printFilter } from './print.ts'
import { taskMatcher } from './task-facts.ts'
import { parseTaskSearch } from './task-search.ts'

const task: Task = {
  id: 5 as TaskId,
  projectId: null,
  name: 'Training: street North (copy)',
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
  objectCount: 25,
  annotatedFrameCount: 0,
  deletedFrameCount: 0,
  checkedFrameCount: 0,
  completedJobCount: 1,
  jobCount: 2,
  video: null,
  revision: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

test.each([
  ['nothing asked', ' ', ''],
  ['words', ' Street north ', 'any like "Street north"'],
  ['a field', 'NAME: Training', 'name like "Training"'],
  [
    'two fields',
    'mode: interpolation AND owner: admin',
    'mode is "interpolation" and owner like "admin"',
  ],
  [
    'small letters',
    'mode: annotation and status: annotation',
    'mode is "annotation" and status is "annotation"',
  ],
  ['or, not and brackets', 'not (a or name: b)', 'not (any like "a" or name like "b")'],
  ['a word with "and" in it is one word', 'sand land', 'any like "sand land"'],
  ['a colon in a name', 'take: 2', 'any like "take: 2"'],
  ['brackets in a name', 'street (copy)', 'any like "street (copy)"'],
  ['an unfinished field asks nothing', 'mode: ', ''],
  ['a dangling AND', 'name: a AND ', 'name like "a"'],
  ['quotes hold words together', 'name: "a and b"', 'name like "a and b"'],
  ['an id', 'id: #5', 'id == 5'],
  ['an id that is none', 'id: five', 'id is "five"'],
  ['operators', 'frames > 100 and name starts with "a"', 'frames > 100 and name starts with "a"'],
  ['a field name as a word', 'project x', 'any like "project x"'],
  ['what is no expression', 'a and (b', 'any like "a and (b"'],
  ['an open quote', '"a', 'any like "\\"a"'],
])('read %s', (_name, text, expected) => {
  const filter = parseTaskSearch(text)
  expect(filter ? printFilter(filter) : '').toBe(expected)
})

const finds = (text: string, searched: Task = task, stages: Job['stage'][] = ['annotation']) =>
  taskMatcher(parseTaskSearch(text))({ task: searched, projectName: 'City streets', stages })

test.each([
  ['', true],
  ['north', true],
  ['(COPY)', true],
  ['south', false],
  ['annotation', true],
  ['name: training', true],
  ['name: train AND mode: annotation', true],
  ['name: train AND mode: interpolation', false],
  ['mode: interpolation OR north', true],
  ['status: annotation', true],
  ['STATUS: Annotation', true],
  ['status: completed', false],
  ['id: 5', true],
  ['id: 55', false],
  ['subset: train', true],
  ['project: city', true],
  ['not project: city', false],
  ['owner: admin', false],
  ['frames >= 10 and objects == 25', true],
])('%j finds the task: %s', (text, found) => expect(finds(text)).toBe(found))

test('a task is completed when each of its jobs is, and in validation when one has come that far', () => {
  const done = { ...task, completedJobCount: 2 }
  expect(finds('status: completed', done)).toBe(true)
  expect(finds('status: completed', { ...done, jobCount: 0, completedJobCount: 0 })).toBe(false)
  expect(finds('status: validation', task, ['annotation', 'validation'])).toBe(true)
  expect(finds('status: validation', done, ['acceptance', 'acceptance'])).toBe(false)
})

test('any text can be searched for, and a name finds its task', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void finds(text)))
  const names = fc.string({
    minLength: 1,
    unit: fc.constantFrom('a', 'B', ' ', '_', '-', '.', '7', '(', ')'),
  })
  fc.assert(
    fc.property(names, (name) => {
      expect(finds(name, { ...task, name })).toBe(true)
    }),
  )
})
