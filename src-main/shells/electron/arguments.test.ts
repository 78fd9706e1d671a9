import { resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { readArguments } from './arguments.ts'

vi.mock('electron', () => ({ app: { isPackaged: false, getAppPath: () => resolve('/app') } }))

const cwd = resolve('/home/me')

test.each([
  ['paths, made absolute', ['electron', '/app', 'photos', '/b.zip'], ['photos', '/b.zip']],
  ['nothing to open', ['electron', '/app'], []],
  [
    "Chromium's switches passed over",
    ['electron', '--no-sandbox', '/app', '--inspect=0', 'a'],
    ['a'],
  ],
  ['the entry named by its file', ['node', '/app/dist/main/electron.js', 'a'], ['a']],
])('%s', (_name, argv, paths) => {
  expect(readArguments(argv, cwd).paths).toEqual(paths.map((path) => resolve(cwd, path)))
})

test.each([
  [['electron', '/app', '--data-dir', 'here', 'a']],
  [['electron', '/app', '--data-dir=here', 'a']],
])('the data directory: %j', (argv) => {
  expect(readArguments(argv, cwd)).toEqual({
    dataDir: resolve(cwd, 'here'),
    paths: [resolve(cwd, 'a')],
  })
})
