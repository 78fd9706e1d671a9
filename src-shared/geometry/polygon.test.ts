import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundingBox, boxArea, uniteBoxes } from './box.ts'
import { roundHalfEven } from './ellipse.ts'
import { toFlat, toImagePoints } from './points.ts'
import { distanceToOutline, distanceToSegment, isPointInPolygon, polygonArea } from './polygon.ts'
import { rectangleToPolygon, rotatePoints } from './rectangle.ts'

const coordinate = fc.integer({ min: -1000, max: 1000 })
const polygons = fc
  .array(coordinate, { minLength: 6, maxLength: 20 })
  .map((p) => p.slice(0, p.length - (p.length % 2)))

test.each([
  ['a unit square', [0, 0, 1, 0, 1, 1, 0, 1], 1],
  ['the same square, drawn backwards', [0, 1, 1, 1, 1, 0, 0, 0], 1],
  ['a line folded on itself', [0, 0, 4, 0, 0, 0], 0],
  ['nothing', [], 0],
])('area of %s', (_name, points, area) => expect(polygonArea(points)).toBeCloseTo(area, 9))

test('area does not change when the polygon turns or starts elsewhere', () => {
  fc.assert(
    fc.property(polygons, fc.integer({ min: 0, max: 360 }), (points, degrees) => {
      const area = polygonArea(points)
      expect(polygonArea(rotatePoints(points, degrees, 7, -3))).toBeCloseTo(area, 4)
      expect(polygonArea([...points.slice(2), ...points.slice(0, 2)])).toBeCloseTo(area, 6)
    }),
  )
})

test('boxes', () => {
  expect(boundingBox([3, 4, -1, 9, 2, 2])).toEqual({ left: -1, top: 2, right: 3, bottom: 9 })
  expect(boundingBox([])).toBeNull()
  const united = uniteBoxes(
    { left: 0, top: 0, right: 1, bottom: 1 },
    { left: 3, top: -2, right: 4, bottom: 0 },
  )
  expect(united).toEqual({ left: 0, top: -2, right: 4, bottom: 1 })
  expect(boxArea(united)).toBe(12)
})

describe('point in polygon', () => {
  const notched = [0, 0, 10, 0, 10, 10, 5, 4, 0, 10]
  test.each([
    [1, 1, true],
    [5, 3.9, true],
    [5, 4.1, false],
    [11, 1, false],
    [-0.1, 5, false],
    [9, 8, true],
  ])('(%d, %d) is inside: %s', (x, y, inside) =>
    expect(isPointInPolygon(x, y, notched)).toBe(inside),
  )
})

test.each([
  ['beside the middle', 5, 3, 3],
  ['beyond the end', 13, 4, 5],
  ['on it', 2, 0, 0],
])('distance to a segment, %s', (_name, x, y, distance) =>
  expect(distanceToSegment(x, y, [0, 0, 10, 0])).toBeCloseTo(distance, 9),
)

test('distance to an outline counts the closing edge only when closed', () => {
  const bracket = [0, 0, 10, 0, 10, 10, 0, 10]
  expect(distanceToOutline(0, 5, bracket, true)).toBe(0)
  expect(distanceToOutline(0, 5, bracket, false)).toBe(5)
  expect(distanceToOutline(3, 4, [0, 0], true)).toBe(5)
  expect(distanceToOutline(3, 4, [], true)).toBe(Number.POSITIVE_INFINITY)
})

test('a rectangle turned clockwise by 90 degrees about its centre', () => {
  const corners = rectangleToPolygon([0, 0, 4, 2], 90)
  expect(corners.map((n) => Math.round(n * 1e9) / 1e9)).toEqual([3, -1, 3, 3, 1, 3, 1, -1])
  expect(rectangleToPolygon([0, 0, 4, 2], 0)).toEqual([0, 0, 4, 0, 4, 2, 0, 2])
})

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, 0],
  [-1.5, -2],
  [2.4, 2],
  [2.6, 3],
])('%d rounds to %d', (x, rounded) => expect(roundHalfEven(x) + 0).toBe(rounded))

test('flat points and points are the same thing', () => {
  fc.assert(
    fc.property(polygons, (flat) => {
      expect(toFlat(toImagePoints(flat))).toEqual(flat)
    }),
  )
})
