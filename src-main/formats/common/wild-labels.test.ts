import { expect, test } from 'vitest'
import { inputOf } from '../testkit/sample.ts'
import { entryNames, labelFiles, readNameList } from './wild-labels.ts'

const found = (...names: string[]) =>
  labelFiles(new Map(names.map((name) => [name, name]))).map(({ name, subset }) => [name, subset])

test.each<[string, [string, string | undefined][]]>([
  ['labels/train/a/b.txt', [['a/b', 'train']]],
  ['set/train/labels/a/b.txt', [['a/b', 'train']]],
  ['labels/a/b.txt', [['a/b', undefined]]],
  ['obj_night_data/a/b.txt', [['a/b', 'night']]],
  ['valid/b.TXT', [['b', 'valid']]],
  ['b.txt', [['b', undefined]]],
  ['labels/test.txt', [['test', undefined]]],
  ['test.txt', []],
  ['README.dataset.txt', []],
  ['labels/classes.txt', []],
  ['a.json', []],
])('%s', (name, expected) => {
  expect(found(name)).toEqual(expected)
})

test('names by number: a blank line has none, and keeps its number', async () => {
  const input = inputOf({ 'x/classes.txt': 'a\r\n\r\nb\r\n' })
  expect([...((await readNameList(input, entryNames(input))) ?? [])]).toEqual([
    [0, 'a'],
    [2, 'b'],
  ])
})
