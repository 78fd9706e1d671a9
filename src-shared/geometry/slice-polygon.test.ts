import fc from 'fast-check'
import { expect, test } from 'vitest'
import { polygonArea } from './polygon.ts'
import { slicePolygon } from './slice-polygon.ts'

const square = [0, 0, 10, 0, 10, 10, 0, 10]
const cee = [0, 0, 10, 0, 10, 3, 3, 3, 3, 7, 10, 7, 10, 10, 0, 10]
/** A square with a square hole, joined by a bridge. */
const frame = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 3, 3, 3, 7, 7, 7, 7, 3, 3, 3]

const pieces = (points: number[], cut: number[]) => {
  const result = slicePolygon(points, cut)
  return 'pieces' in result ? result.pieces.map((piece) => polygonArea(piece)) : result.problem
}

test.each<[string, number[], number[], number[] | string]>([
  ['straight through', square, [5, -1, 5, 11], [50, 50]],
  ['a bent line', square, [-1, 5, 5, 5, 5, -1], [75, 25]],
  ['from corner to corner, exactly', square, [0, 0, 10, 10], [50, 50]],
  ['through a corner from outside', square, [-5, -5, 15, 15], [50, 50]],
  ['both ends inside: prolonged straight on', square, [5, 2, 5, 8], [50, 50]],
  ['begins inside, leaves', square, [5, 2, 5, 12], [50, 50]],
  ['begins on the border', square, [5, 0, 5, 12], [50, 50]],
  ['twice through: three pieces', cee, [8, -1, 8, 11], [60, 6, 6]],
  ['in and out of one edge', square, [2, -1, 2, 5, 8, 5, 8, -1], [70, 30]],
  ['through a hole: two pieces', frame, [-1, 5, 11, 5], [42, 42]],
  ['from the hole to the outside: still one piece', frame, [5, 5, 5, 12], 'misses'],
  ['beside it', square, [20, 0, 20, 10], 'misses'],
  ['along an edge', square, [0, -5, 0, 15], 'misses'],
  ['touching a corner', square, [-5, 5, 5, -5], 'misses'],
  ['a single point', square, [5, 5], 'misses'],
  ['the same point twice', square, [5, 5, 5, 5], 'misses'],
  ['a line that crosses itself', square, [5, -1, 5, 8, 8, 8, 2, 4, 12, 4], 'crosses-itself'],
  ['both wings of a bow tie', [0, 0, 10, 10, 10, 0, 0, 10], [-1, 5.5, 11, 5], 'four'],
])('%s', (_name, points, cut, expected) => {
  const found = pieces(points, cut)
  if (expected === 'four') {
    expect(found).toHaveLength(4)
    return
  }
  if (typeof expected === 'string') expect(found).toBe(expected)
  else {
    expect(found).toHaveLength(expected.length)
    for (const [i, area] of expected.entries()) expect(found[i]).toBeCloseTo(area, 5)
  }
})

const coordinate = fc.integer({ min: -20_000, max: 120_000 }).map((n) => n / 1000)
/** Whole coordinates meet vertices and edges exactly, again and again. */
const cutOf = (at: fc.Arbitrary<number>) =>
  fc.array(fc.tuple(at, at), { minLength: 2, maxLength: 6 }).map((line) => line.flat())

const star = fc
  .array(fc.integer({ min: 5, max: 50 }), { minLength: 3, maxLength: 30 })
  .map((radii) =>
    radii.flatMap((radius, i) => {
      const angle = (2 * Math.PI * i) / radii.length
      return [50 + Math.round(radius * Math.cos(angle)), 50 + Math.round(radius * Math.sin(angle))]
    }),
  )
  .filter((points) => {
    const keys = points.flatMap((x, i) => (i % 2 === 0 ? [`${x},${points[i + 1]}`] : []))
    return new Set(keys).size === keys.length && polygonArea(points) > 50
  })

test.each([
  ['any line', cutOf(coordinate)],
  [
    'lines through whole numbers, so through vertices and along edges',
    cutOf(fc.integer({ min: -2, max: 12 }).map((n) => n * 10)),
  ],
])('%s: the areas of the pieces add up to the whole', (_name, cut) => {
  let sliced = 0
  fc.assert(
    fc.property(star, cut, (points, line) => {
      const result = slicePolygon(points, line)
      if ('problem' in result) return
      sliced++
      expect(result.pieces.length).toBeGreaterThan(1)
      const sum = result.pieces.reduce((total, piece) => total + polygonArea(piece), 0)
      expect(Math.abs(sum - polygonArea(points))).toBeLessThan(1e-6)
    }),
    { numRuns: 500 },
  )
  expect(sliced).toBeGreaterThan(50)
})
