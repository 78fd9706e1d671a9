import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { fromPercentBox, fromPercentEllipse, toPercentBox, toPercentEllipse } from './percent.ts'

const side = fc.double({ min: 0, max: 4000, noNaN: true })
const place = fc.double({ min: -1000, max: 4000, noNaN: true })
const degrees = fc.oneof(
  fc.constantFrom(0, 90, 180, 270),
  fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
)
const size = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
})

test('the corner a box is told by is its own, and the box comes back', () => {
  fc.assert(
    fc.property(place, place, side, side, degrees, size, (x, y, w, h, turn, picture) => {
      const points = [x, y, x + w, y + h]
      const box = toPercentBox(points, turn, picture)
      const [cornerX, cornerY] = rectangleToPolygon(points, turn)
      expect((box.x / 100) * picture.width).toBeCloseTo(cornerX ?? Number.NaN, 6)
      expect((box.y / 100) * picture.height).toBeCloseTo(cornerY ?? Number.NaN, 6)
      const back = fromPercentBox(box, picture)
      expect(back.rotation).toBe(turn)
      for (const [i, n] of points.entries()) expect(back.points[i]).toBeCloseTo(n, 6)
    }),
  )
})

test('an ellipse comes back', () => {
  fc.assert(
    fc.property(place, place, side, side, degrees, size, (x, y, rx, ry, turn, picture) => {
      const points = [x, y, x + rx, y - ry]
      const back = fromPercentEllipse(toPercentEllipse(points, turn, picture), picture)
      expect(back.rotation).toBe(turn)
      for (const [i, n] of points.entries()) expect(back.points[i]).toBeCloseTo(n, 6)
    }),
  )
})

test('the example of the manual: a quarter turn about the top-left corner', () => {
  // 100 x 50 pixels at (200, 100), turned: it then lies left of that corner and below it.
  const box = { x: 20, y: 20, width: 10, height: 10, rotation: 90 }
  const { points } = fromPercentBox(box, { width: 1000, height: 500 })
  const xs = rectangleToPolygon(points, 90).filter((_, i) => i % 2 === 0)
  expect(Math.min(...xs)).toBeCloseTo(150)
  expect(Math.max(...xs)).toBeCloseTo(200)
})
