import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskArea } from './mask.ts'
import { maskIntersect, maskUnion, uniteMasks } from './mask-algebra.ts'
import { fillPolygonMask } from './mask-raster.ts'
import { sliceMask } from './slice-mask.ts'

const block = (x: number, y: number, w: number, h: number) =>
  fillPolygonMask([x, y, x + w, y, x + w, y + h, x, y + h], 200, 200) ?? []

const areas = (points: number[], cut: number[]) => {
  const result = sliceMask(points, cut)
  return 'pieces' in result ? result.pieces.map((piece) => maskArea(piece)) : result.problem
}
const two = maskUnion(block(0, 0, 10, 10), block(20, 0, 6, 10))

test.each<[string, number[], number[], number[] | string]>([
  ['down the middle', block(0, 0, 10, 10), [5, -1, 5, 11], [50, 50]],
  [
    'through the centres of pixels: they go to one side',
    block(0, 0, 10, 10),
    [4.5, -1, 4.5, 11],
    [50, 50],
  ],
  ['across', block(0, 0, 10, 10), [-1, 3, 11, 3], [70, 30]],
  ['a corner', block(0, 0, 10, 10), [-1, 5, 5, 5, 5, -1], [75, 25]],
  ['both ends inside: prolonged', block(0, 0, 10, 10), [2, 3, 8, 3], [70, 30]],
  ['one part of two: the other goes with the larger side', two, [-1, 3, 12, 3], [130, 30]],
  ['beside it', block(0, 0, 10, 10), [20, 0, 20, 10], 'misses'],
  ['between the parts', two, [15, -1, 15, 11], 'misses'],
  [
    'a line that crosses itself',
    block(0, 0, 10, 10),
    [5, -1, 5, 8, 8, 8, 2, 4, 12, 4],
    'crosses-itself',
  ],
])('%s', (_name, points, cut, expected) => expect(areas(points, cut)).toEqual(expected))

const rectangle = fc
  .record({
    x: fc.nat(40),
    y: fc.nat(40),
    w: fc.integer({ min: 1, max: 30 }),
    h: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ x, y, w, h }) => block(x, y, w, h))
const place = fc.oneof(
  fc.integer({ min: -5000, max: 75_000 }).map((n) => n / 1000),
  fc.integer({ min: -5, max: 75 }).map((n) => n + 0.5),
)
const line = fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 5 }).map((p) => p.flat())

test('every pixel is in exactly one of the two', () => {
  let sliced = 0
  fc.assert(
    fc.property(fc.array(rectangle, { minLength: 1, maxLength: 5 }), line, (parts, cut) => {
      const mask = uniteMasks(parts) ?? []
      const result = sliceMask(mask, cut)
      if ('problem' in result) return
      sliced++
      const [a, b] = result.pieces.map((piece) => [...piece])
      if (!a || !b) throw new Error('a slice has two sides')
      expect(maskUnion(a, b)).toEqual(mask)
      expect(maskIntersect(a, b)).toBeNull()
      expect(maskArea(a)).toBeGreaterThanOrEqual(maskArea(b))
    }),
    { numRuns: 300 },
  )
  expect(sliced).toBeGreaterThan(50)
})
