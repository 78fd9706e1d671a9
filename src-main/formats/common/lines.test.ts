import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inputOf } from '../testkit/sample.ts'
import { streamLines } from './lines.ts'

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
