import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BooleanVerb, combinePolygons, partArea, resolvePolygon } from './boolean-polygons.ts'
import { polygonArea } from './polygon.ts'
import { bridgeHoles } from './polygon-bridges.ts'

const square = (x: number, y: number, size: number) => [
  x,
  y,
  x + size,
  y,
  x + size,
  y + size,
  x,
  y + size,
]
const area = (verb: BooleanVerb, ...polygons: number[][]) =>
  combinePolygons(verb, polygons).reduce((sum, part) => sum + partArea(part), 0)

test.each<[string, BooleanVerb, number[][], number, number]>([
  ['union of overlapping squares', 'union', [square(0, 0, 10), square(5, 5, 10)], 175, 1],
  [
    'union of squares that touch along an edge',
    'union',
    [square(0, 0, 10), square(10, 0, 10)],
    200,
    1,
  ],
  ['union of squares apart', 'union', [square(0, 0, 10), square(20, 0, 10)], 200, 2],
  ['subtract a bite', 'subtract', [square(0, 0, 10), square(5, 5, 10)], 75, 1],
  [
    'subtract a band: two parts',
    'subtract',
    [square(0, 0, 10), [-1, 4, 11, 4, 11, 6, -1, 6]],
    80,
    2,
  ],
  ['subtract the inside: a hole', 'subtract', [square(0, 0, 10), square(3, 3, 4)], 84, 1],
  ['subtract everything: nothing', 'subtract', [square(3, 3, 4), square(0, 0, 10)], 0, 0],
  ['intersect', 'intersect', [square(0, 0, 10), square(5, 5, 10)], 25, 1],
  [
    'intersect of three',
    'intersect',
    [square(0, 0, 10), square(5, 5, 10), square(0, 8, 10)],
    10,
    1,
  ],
  ['intersect of squares apart: nothing', 'intersect', [square(0, 0, 1), square(2, 2, 1)], 0, 0],
  ['exclude', 'exclude', [square(0, 0, 10), square(5, 5, 10)], 150, 2],
])('%s', (_name, verb, polygons, expected, parts) => {
  const result = combinePolygons(verb, polygons)
  expect(result).toHaveLength(parts)
  expect(result.reduce((sum, part) => sum + partArea(part), 0)).toBeCloseTo(expected, 5)
})

test('a bow tie is its two wings: the even-odd rule', () => {
  const wings = resolvePolygon([0, 0, 10, 10, 10, 0, 0, 10])
  expect(wings.map((wing) => partArea(wing))).toEqual([25, 25])
})

test('vertices that were there stay exactly what they were', () => {
  const a = [0.1, 0.2, 33.333333333333336, 0.7, 30.000000001, 29.3]
  const [only] = combinePolygons('union', [a, [100.1, 100, 110, 100.7, 105, 130]]).filter(
    ({ outer }) => outer.includes(0.1),
  )
  expect(new Set(only?.outer)).toEqual(new Set(a))
})

test('holes joined by bridges cover the same, and are found again', () => {
  const [ring] = combinePolygons('subtract', [
    square(0, 0, 100),
    square(10, 10, 20),
    square(60, 60, 20),
    square(10, 60, 20),
  ])
  if (!ring) throw new Error('nothing left')
  const outline = bridgeHoles(ring)
  const [again] = resolvePolygon(outline)
  expect(again?.holes).toHaveLength(3)
  expect(polygonArea(outline)).toBeCloseTo(10_000 - 1200, 6)
})

const decimal = (min: number, max: number) =>
  fc.integer({ min: min * 1e6, max: max * 1e6 }).map((n) => n / 1e6)

/** A star around a point: simple, however ragged. */
const polygon = fc
  .tuple(
    decimal(20, 80),
    decimal(20, 80),
    fc.array(decimal(3, 40), { minLength: 3, maxLength: 24 }),
  )
  .map(([x, y, radii]) =>
    radii.flatMap((radius, i) => {
      const angle = (2 * Math.PI * i) / radii.length
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
    }),
  )

describe('areas', () => {
  const law = (name: string, holds: (a: number[], b: number[]) => void) =>
    test(name, () => fc.assert(fc.property(polygon, polygon, holds), { numRuns: 200 }))

  law('|A or B| + |A and B| = |A| + |B|', (a, b) => {
    expect(area('union', a, b) + area('intersect', a, b)).toBeCloseTo(
      area('union', a) + area('union', b),
      1,
    )
  })
  law('|A without B| + |A and B| = |A|', (a, b) => {
    expect(area('subtract', a, b) + area('intersect', a, b)).toBeCloseTo(area('union', a), 1)
  })
  law('|A xor B| = |A or B| - |A and B|', (a, b) => {
    expect(area('exclude', a, b)).toBeCloseTo(area('union', a, b) - area('intersect', a, b), 1)
  })
  law('union and intersection do not ask who comes first', (a, b) => {
    expect(area('union', a, b)).toBeCloseTo(area('union', b, a), 3)
    expect(area('intersect', a, b)).toBeCloseTo(area('intersect', b, a), 3)
  })
})
