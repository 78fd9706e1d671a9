import { expect, test } from 'vitest'
import {
  breadcrumbs,
  type Entry,
  extensionOf,
  joinPath,
  orderEntries,
  typedPath,
} from './entries.ts'

const entry = (name: string, kind: Entry['kind']): Entry => ({
  name,
  path: `/p/${name}`,
  kind,
  sizeBytes: null,
})
const entries = [
  entry('img10.jpg', 'image'),
  entry('img2.jpg', 'image'),
  entry('notes.txt', 'other'),
  entry('set.zip', 'archive'),
  entry('Zoo', 'folder'),
  entry('album', 'folder'),
]

test.each([
  ['a folder is wanted', { mode: 'folder' }, '', ['album', 'Zoo', 'img2.jpg', 'img10.jpg']],
  ['files of some kinds', { mode: 'files', extensions: ['zip'] }, '', ['album', 'Zoo', 'set.zip']],
  ['the filter ignores case', { mode: 'folder' }, 'ZO', ['Zoo']],
] as const)('%s', (_name, request, filter, expected) =>
  expect(orderEntries(entries, request, filter).map((e) => e.name)).toEqual(expected),
)

test.each([
  ['/home/ada', ['/', 'home', 'ada'], ['/', '/home', '/home/ada']],
  ['/', ['/'], ['/']],
  ['C:\\Users', ['C:', 'Users'], ['C:', 'C:\\Users']],
])('breadcrumbs of %s', (path, names, paths) => {
  expect(breadcrumbs(path).map((c) => c.name)).toEqual(names)
  expect(breadcrumbs(path).map((c) => c.path)).toEqual(paths)
})

test.each([
  ['/', 'a', '/a'],
  ['/b', 'a', '/b/a'],
  ['C:\\b', 'a', 'C:\\b\\a'],
])('%s with %s', (folder, name, expected) => expect(joinPath(folder, name)).toBe(expected))

test.each([
  ['a.JPG', 'jpg'],
  ['.hidden', ''],
  ['none', ''],
])('extension of %s', (name, expected) => expect(extensionOf(name)).toBe(expected))

test.each([
  ['photos', null],
  ['/data/photos', { path: '/data/photos', folder: '/data/', rest: 'photos' }],
  [' /data/ ', { path: '/data/', folder: '/data/', rest: '' }],
  ['C:\\data\\pho', { path: 'C:\\data\\pho', folder: 'C:\\data\\', rest: 'pho' }],
])('%s typed as a path', (text, expected) => expect(typedPath(text)).toEqual(expected))
