import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inputOf } from '../testkit/sample.ts'
import { readLines, streamLines } from './lines.ts'

async function read(text: string, pieceLength: number) {
  const lines = []
  for await (const list of streamLines(inputOf({ a: text }, 'x.zip', pieceLength), 'a')) {
    lines.push(...list)
  }
  return lines
}

test.each([1, 2, 3, 100])('any kind of line end, in pieces of %i characters', async (length) => {
  const lines = await read('\uFEFFa \r\n\nb\rc\r\n', length)
  expect(lines.map(({ text }) => text)).toEqual(['a ', '', 'b', 'c', ''])
  expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
})

test('wherever it is cut, the lines are the same', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n') })
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (lines, length) => {
      const expected = lines.replace(/\r$/, '').split(/\r\n|\n|\r/)
      expect((await read(lines, length)).map((line) => line.text)).toEqual(expected)
    }),
  )
})

test.each([
  ['a stream', (text: string) => read(text, 2 ** 17)],
  ['a list', (text: string) => readLines(inputOf({ a: text }, 'x.zip', 2 ** 17), 'a')],
])('%s with a line of megabytes is refused by its number', async (_name, reader) => {
  await expect(reader(`a\n${'x'.repeat(2 ** 22)}`)).rejects.toMatchObject({
    code: 'DATASET_INVALID',
    message: expect.stringContaining('a, line 2: it is longer than any line'),
  })
})
