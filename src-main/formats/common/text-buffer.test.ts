import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixed2, pythonFloat } from './decimals.ts'
import { TextBuffer } from './text-buffer.ts'

function written(fill: (buffer: TextBuffer) => void): string {
  const buffer = new TextBuffer()
  fill(buffer)
  return buffer.take()
}

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map((n) => n / 100),
  fc.integer({ min: -9000, max: 9000 }).map((n) => n / 8),
  fc.constantFrom(0, -0, 0.005, -0.001, 9_999_999.99, 1e7, -1e9),
)

test('numbers are what pythonFloat and fixed2 make of them', () => {
  fc.assert(
    fc.property(fc.array(numbers), (list) => {
      expect(written((buffer) => buffer.floats(list, ','))).toBe(list.map(pythonFloat).join(','))
      const fixed = written((buffer) => {
        for (const x of list) buffer.fixed2(x)
      })
      expect(fixed).toBe(list.map(fixed2).join(''))
    }),
    { numRuns: 2000 },
  )
})

test('whole numbers of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger()), (list) => {
      const more = [...list, ...list.map((n) => n % 100_000), 0, 9, 10, 99, 100, 999, 1e9 - 1, 1e9]
      expect(written((buffer) => buffer.wholes(more, ', '))).toBe(more.join(', '))
    }),
  )
})

test('text and JSON strings, whatever characters they hold', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 90 })
  fc.assert(
    fc.property(fc.array(anyText), (texts) => {
      const plain = written((buffer) => {
        for (const text of texts) buffer.text(text)
      })
      expect(plain).toBe(texts.map((text) => text.toWellFormed()).join(''))
      const json = written((buffer) => {
        for (const text of texts) buffer.jsonString(text)
      })
      expect(json).toBe(texts.map((text) => JSON.stringify(text)).join(''))
    }),
  )
})

test('grows past a piece and starts over after it', () => {
  const buffer = new TextBuffer()
  const long = 'ä'.repeat(300_000)
  buffer.text('a')
  expect(buffer.isFull()).toBe(false)
  buffer.text(long)
  expect(buffer.isFull()).toBe(true)
  expect(buffer.take()).toBe(`a${long}`)
  expect(buffer.take()).toBe('')
})
