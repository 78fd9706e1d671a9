import fc from 'fast-check'
import { expect, test } from 'vitest'
import { polygonArea } from './polygon.ts'
import { rectangleToPolygon, rotatePoints } from './rectangle.ts'
import { smallestRectangle } from './smallest-rectangle.ts'

test.each([
  ['an upright box', [0, 0, 4, 0, 4, 2, 0, 2], [0, 0, 4, 2], 0],
  [
    'a diamond',
    [2, 0, 4, 2, 2, 4, 0, 2],
    [2 - Math.SQRT2, 2 - Math.SQRT2, 2 + Math.SQRT2, 2 + Math.SQRT2],
    45,
  ],
  ['points inside and on an edge', [0, 0, 2, 0, 4, 0, 4, 2, 2, 1, 0, 2], [0, 0, 4, 2], 0],
  ['a line', [0, 0, 3, 3], [1.5 - 1.5 * Math.SQRT2, 1.5, 1.5 + 1.5 * Math.SQRT2, 1.5], 45],
  ['a point', [3, 4], [3, 4, 3, 4], 0],
])('around %s', (_name, points, box, rotation) => {
  const found = smallestRectangle(points)
  expect(found.rotation).toBeCloseTo(rotation, 9)
  for (const [i, n] of box.entries()) expect(found.points[i]).toBeCloseTo(n, 9)
})

const number = fc.double({ min: -100, max: 100, noNaN: true })

test('holds every point, and no upright box is smaller', () => {
  const points = fc.array(fc.tuple(number, number), { minLength: 3, maxLength: 12 })
  fc.assert(
    fc.property(points, (list) => {
      const { points: box, rotation } = smallestRectangle(list.flat())
      const [x1, y1, x2, y2] = box
      const back = rotatePoints(list.flat(), -rotation, (x1 + x2) / 2, (y1 + y2) / 2)
      for (let i = 0; i < back.length; i += 2) {
        expect(back[i]).toBeGreaterThan(x1 - 1e-6)
        expect(back[i]).toBeLessThan(x2 + 1e-6)
        expect(back[i + 1]).toBeGreaterThan(y1 - 1e-6)
        expect(back[i + 1]).toBeLessThan(y2 + 1e-6)
      }
      const xs = list.map(([x]) => x)
      const ys = list.map(([, y]) => y)
      const upright = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys))
      expect((x2 - x1) * (y2 - y1)).toBeLessThan(upright + 1e-6)
      expect(rotation).toBeGreaterThanOrEqual(0)
      expect(rotation).toBeLessThan(90.000001)
    }),
  )
})

test('finds the rectangle whose corners they are', () => {
  const side = fc.double({ min: 1, max: 50, noNaN: true })
  fc.assert(
    fc.property(
      side,
      side,
      fc.double({ min: 0, max: 360, noNaN: true }),
      (width, height, degrees) => {
        const corners = rectangleToPolygon([0, 0, width, height], degrees)
        const { points, rotation } = smallestRectangle(corners)
        expect(polygonArea(rectangleToPolygon(points, rotation))).toBeCloseTo(width * height, 6)
      },
    ),
  )
})
