import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { boxOfCorners } from './corners.ts'

const side = fc.double({ min: 0.5, max: 4000, noNaN: true })
const place = fc.double({ min: -2000, max: 8000, noNaN: true })
const degrees = fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })

test('a turned rectangle is found again by its corners, told either way round', () => {
  fc.assert(
    fc.property(place, place, side, side, degrees, fc.boolean(), (x, y, w, h, turn, back) => {
      const points = [x, y, x + w, y + h]
      const [ax, ay, bx, by, cx, cy, dx, dy] = rectangleToPolygon(points, turn)
      // The other way round: the lower edge first, as on a picture that was mirrored.
      const mirrored = [dx, dy, cx, cy, bx, by, ax, ay] as number[]
      const box = boxOfCorners(back ? mirrored : ([ax, ay, bx, by, cx, cy, dx, dy] as number[]))
      for (const [i, n] of points.entries()) expect(box?.points[i]).toBeCloseTo(n, 6)
      const off = Math.abs((box?.rotation ?? Number.NaN) - turn) % 360
      expect(Math.min(off, 360 - off)).toBeLessThan(1e-6)
    }),
  )
})

test('corners a person rounded are those of the nearest rectangle', () => {
  const box = boxOfCorners([1492, 450, 1628, 468, 1590, 755, 1454, 738])
  expect(box?.rotation).toBeCloseTo(7.529, 2)
})

test('what is no rectangle is none', () => {
  expect(boxOfCorners([0, 0, 10, 0, 14, 8, 0, 8])).toBeNull()
  expect(boxOfCorners([0, 0, 10, 0, 14, 8])).toBeNull()
})

test('one without width or height', () => {
  expect(boxOfCorners([5, 5, 5, 5, 5, 5, 5, 5])).toEqual({ points: [5, 5, 5, 5], rotation: 0 })
  const upright = boxOfCorners([5, 1, 5, 1, 5, 9, 5, 9])
  expect(upright).toEqual({ points: [5, 1, 5, 9], rotation: 0 })
})
