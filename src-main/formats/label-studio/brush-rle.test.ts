import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeMask } from '#shared/geometry/mask.ts'
import { decodeBrush, encodeBrush } from './brush-rle.ts'

const refuse = (problem: string): never => {
  throw new Error(problem)
}

test('the head of a picture Label Studio wrote', () => {
  // 3332 x 2527 pixels; the bytes it begins with are from a public export.
  const points = encodeMask({ left: 0, top: 0, width: 1, height: 1, data: Uint8Array.of(1) })
  const rle = encodeBrush(points ?? [], 3332, 2527)
  expect(rle.slice(0, 6)).toEqual([2, 1, 233, 240, 57, 27])
})

test('a picture by hand: RGBA samples told one by one and in runs', () => {
  // 2 x 1 pixels, 8 samples: 7 set (a run), then the last one clear: opacity of the second pixel.
  const bits = `${(8).toString(2).padStart(32, '0')}00111${'0010001101111111'}1 00 110 11111111 0 00 000 00000000`
  const text = bits.replaceAll(' ', '').padEnd(96, '0')
  const rle = Array.from({ length: 12 }, (_, i) => Number.parseInt(text.slice(8 * i, 8 * i + 8), 2))
  expect(decodeBrush(rle, 2, 1, refuse)).toEqual([0, 1, 0, 0, 0, 0])
})

const picture = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 1 }),
    }),
  )

test('comes back pixel by pixel', () => {
  fc.assert(
    fc.property(picture, ({ width, height, data }) => {
      const points = encodeMask({ left: 0, top: 0, width, height, data })
      if (points === null) return
      expect(decodeBrush(encodeBrush(points, width, height), width, height, refuse)).toEqual(points)
    }),
  )
})

test('long runs are cut', () => {
  const data = new Uint8Array(300 * 300).fill(1)
  const points = encodeMask({ left: 0, top: 0, width: 300, height: 300, data }) ?? []
  expect(decodeBrush(encodeBrush(points, 300, 301), 300, 301, refuse)).toEqual(points)
})

test.each([
  ['a picture of another size', [0, 0, 0, 9, 57, 27, 0], /9 samples/],
  ['a cut one', [0, 0, 0, 8, 57, 27, 255], /ends before/],
  [
    'a run beyond the end',
    [0, 0, 0, 8, 57, 27, 251, 255, 255, 255, 255],
    /longer than what is left/,
  ],
])('refuses %s', (_name, rle, message) => {
  expect(() => decodeBrush(rle, 2, 1, refuse)).toThrow(message)
})
