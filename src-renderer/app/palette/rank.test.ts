import { expect, test } from 'vitest'
import { best, rank } from './rank.ts'

test.each([
  ['nothing asked finds everything', '', 'Open folder', true],
  ['words in any order', 'folder open', 'Open folder', true],
  ['case does not matter', 'OPEN', 'Open folder', true],
  ['a missing word', 'open video', 'Open folder', false],
  ['signs are letters, not patterns', 'a.b', 'a*b', false],
])('%s', (_name, query, text, found) => expect(rank(query, text) > 0).toBe(found))

test('the start of the text wins over the start of a word, which wins over its middle', () => {
  const texts = ['Reopen last', 'Task: open', 'Open folder', 'Close']
  expect(best(texts, 'open', (text) => text, 9)).toEqual([
    'Open folder',
    'Task: open',
    'Reopen last',
  ])
})

test('no more than asked for', () =>
  expect(best(['a1', 'a2', 'a3'], 'a', (text) => text, 2)).toEqual(['a1', 'a2']))
