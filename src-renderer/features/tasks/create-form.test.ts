import { expect, test } from 'vitest'
import { createTaskInput } from '#shared/contract/index.ts'
import type { ProjectId } from '#shared/domain/ids.ts'
import { type CreateForm, nameFromPaths, newForm, problemsOf, toInput } from './create-form.ts'

const form = (change: Partial<CreateForm> = {}): CreateForm => ({
  ...newForm(null, ['/photos/street']),
  ...change,
})

test.each([
  [['/photos/street'], 'street'],
  [['/photos/street/'], 'street'],
  [['C:\\photos\\set.one.zip'], 'set.one'],
  [['/a/scan.tar.gz'], 'scan'],
  [['/a/.zip'], '.zip'],
  [['/a/crossing.day.MP4'], 'crossing.day'],
  [[], ''],
])('the name of %j is %j', (paths, expected) => expect(nameFromPaths(paths)).toBe(expected))

test.each([
  ['all is well', {}, {}],
  ['no pictures', { paths: [] }, { paths: 'needData' }],
  ['a video', { paths: ['/a/b.mp4'] }, {}],
  ['two videos', { paths: ['/a/b.mp4', '/a/c.mkv'] }, { paths: 'videoAlone' }],
  ['a video beside a folder', { paths: ['/a', '/a/c.mkv'] }, { paths: 'videoAlone' }],
  ['jobs that share everything', { segmentSize: 10, overlap: 10 }, { overlap: 'overlapTooLarge' }],
  ['an overlap without jobs asks nothing', { overlap: 10 }, {}],
  ['an end before the start', { startFrame: 5, stopFrame: 4 }, { stopFrame: 'stopBeforeStart' }],
  ['one frame', { startFrame: 5, stopFrame: 5 }, {}],
] as const)('%s', (_name, change, expected) => expect(problemsOf(form(change))).toEqual(expected))

test('an untouched form asks for the whole folder in one job, named after it', () =>
  expect(toInput(form())).toMatchObject({
    name: 'street',
    labels: [],
    segmentSize: 0,
    overlap: null,
    frameStep: 1,
    startFrame: 0,
    stopFrame: null,
  }))

test("a project's task brings no labels", () =>
  expect(toInput(form({ projectId: 1 as ProjectId }))).not.toHaveProperty('labels'))

test.each([form(), form({ segmentSize: 100, overlap: 5, stopFrame: 0, name: ' x ' })])(
  'the contract takes what the form makes',
  (filled) => expect(createTaskInput.safeParse(toInput(filled)).success).toBe(true),
)
