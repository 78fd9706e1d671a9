import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { screenPoint } from './space.ts'
import { fitView, focusView, panView, toImage, toScreen, viewMatrix, zoomView } from './viewport.ts'

const size = { width: 1920, height: 1080 }
const screen = { width: 1600, height: 900 }
const place = fc.record({
  x: fc.double({ min: -3000, max: 3000, noNaN: true }),
  y: fc.double({ min: -3000, max: 3000, noNaN: true }),
})
const view = fc.record({
  scale: fc.double({ min: 0.05, max: 60, noNaN: true }),
  x: fc.double({ min: -3000, max: 3000, noNaN: true }),
  y: fc.double({ min: -3000, max: 3000, noNaN: true }),
  angle: fc.constantFrom(0, 90, 180, 270),
})

describe('laws', () => {
  test('to the screen and back is the same point', () => {
    fc.assert(
      fc.property(view, place, (v, p) => {
        const m = viewMatrix(v, size)
        const back = toImage(m, toScreen(m, p))
        expect(back.x).toBeCloseTo(p.x, 6)
        expect(back.y).toBeCloseTo(p.y, 6)
      }),
    )
  })

  test('zooming keeps the image point under the cursor', () => {
    fc.assert(
      fc.property(view, place, fc.double({ min: 0.2, max: 5, noNaN: true }), (v, p, factor) => {
        const cursor = screenPoint(p.x, p.y)
        const before = toImage(viewMatrix(v, size), cursor)
        const after = toScreen(viewMatrix(zoomView(v, size, factor, cursor), size), before)
        expect(after.x).toBeCloseTo(cursor.x, 5)
        expect(after.y).toBeCloseTo(cursor.y, 5)
      }),
    )
  })

  test('panning moves every point by the same screen distance', () => {
    fc.assert(
      fc.property(view, place, (v, p) => {
        const before = toScreen(viewMatrix(v, size), p)
        const after = toScreen(viewMatrix(panView(v, 13, -7), size), p)
        expect(after.x - before.x).toBeCloseTo(13, 5)
        expect(after.y - before.y).toBeCloseTo(-7, 5)
      }),
    )
  })
})

test('at zoom 8 an image pixel lands exactly where it belongs', () => {
  const m = viewMatrix({ scale: 8, x: -4000, y: -2000, angle: 0 }, size)
  expect(toScreen(m, { x: 600.5, y: 300.25 })).toEqual({ x: 804, y: 402 })
})

test.each([
  [0, [0, 0]],
  [90, [400, 0]],
  [180, [400, 400]],
  [270, [0, 400]],
])('turned by %d degrees the top-left corner goes clockwise', (angle, corner) => {
  const m = viewMatrix({ scale: 1, x: 0, y: 0, angle }, { width: 400, height: 400 })
  const { x, y } = toScreen(m, { x: 0, y: 0 })
  expect([x, y]).toEqual(corner)
})

describe('fit', () => {
  test.each([0, 90, 180, 270])('at %d degrees the whole picture is in the middle', (angle) => {
    const m = viewMatrix(fitView(size, screen, angle), size)
    const [a, b] = [toScreen(m, { x: 0, y: 0 }), toScreen(m, { x: 1920, y: 1080 })]
    expect((a.x + b.x) / 2).toBeCloseTo(800, 6)
    expect((a.y + b.y) / 2).toBeCloseTo(450, 6)
    for (const p of [a, b]) {
      expect(p.x).toBeGreaterThanOrEqual(0)
      expect(p.x).toBeLessThanOrEqual(1600)
      expect(p.y).toBeGreaterThanOrEqual(0)
      expect(p.y).toBeLessThanOrEqual(900)
    }
  })

  test('focus puts the middle of the box in the middle of the screen', () => {
    const box = { x1: 100, y1: 200, x2: 140, y2: 260 }
    const m = viewMatrix(focusView(box, size, screen, 0), size)
    const middle = toScreen(m, { x: 120, y: 230 })
    expect(middle.x).toBeCloseTo(800, 6)
    expect(middle.y).toBeCloseTo(450, 6)
  })
})
