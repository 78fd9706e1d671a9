import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clampView,
  clock,
  follow,
  frameAt,
  niceStep,
  pan,
  ticksOf,
  timeAt,
  viewOf,
  xOf,
  zoomAt,
} from './time-view.ts'

const extents = fc.record({
  size: fc.integer({ min: 1, max: 200_000 }),
  width: fc.integer({ min: 40, max: 4000 }),
})
const views = fc.record({
  first: fc.double({ min: -1e5, max: 3e5, noNaN: true }),
  perFrame: fc.double({ min: 1e-4, max: 500, noNaN: true }),
})

test('what can be looked at is never smaller than the width, never beyond the ends, and once clamped stays', () => {
  fc.assert(
    fc.property(views, extents, (view, extent) => {
      const clamped = clampView(view, extent)
      const margin = (extent.width * 0.02) / clamped.perFrame + 1e-6
      expect(clamped.first).toBeGreaterThanOrEqual(-margin)
      const end = timeAt(clamped, extent.width)
      const isWhole = clamped.first <= 0
      expect(isWhole || end <= extent.size + 2 * margin).toBe(true)
      const again = clampView(clamped, extent)
      expect(again.first).toBeCloseTo(clamped.first, 6)
      expect(again.perFrame).toBeCloseTo(clamped.perFrame, 9)
    }),
  )
})

test('zooming keeps the time under the pointer, as far as the ends allow', () => {
  const extent = { size: 10_000, width: 1000 }
  const view = { first: 4000, perFrame: 2 }
  const zoomed = zoomAt(view, 300, 3, extent)
  expect(zoomed.perFrame).toBe(6)
  expect(timeAt(zoomed, 300)).toBeCloseTo(timeAt(view, 300), 9)
  expect(zoomAt(zoomed, 300, 1 / 3, extent)).toEqual(view)
})

test('panning moves by pixels', () => {
  expect(pan({ first: 100, perFrame: 4 }, 40, { size: 1000, width: 400 }).first).toBe(110)
})

describe('fitted', () => {
  test.each([
    [0, 99, 100],
    [20, 39, 100],
    [0, 0, 1],
    [5, 5, 1000],
  ])('frames %i to %i of %i are all in sight', (start, stop, size) => {
    const extent = { size, width: 800 }
    const view = viewOf({ start, stop }, extent)
    expect(xOf(view, start)).toBeGreaterThanOrEqual(-1e-9)
    expect(xOf(view, stop + 1)).toBeLessThanOrEqual(800 + 1e-9)
  })
})

describe('followed', () => {
  const extent = { size: 1000, width: 500 }
  const view = { first: 100, perFrame: 5 }

  test('in sight: the very same view', () => {
    expect(follow(view, 199, extent)).toBe(view)
  })

  test.each([200, 900, 99, 0])('out of sight: a page turned to frame %i', (frame) => {
    const turned = follow(view, frame, extent)
    const x = xOf(turned, frame)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + 5).toBeLessThanOrEqual(500)
  })
})

test('a place is of the frame that begins at or before it', () => {
  const view = { first: 10, perFrame: 8 }
  expect([0, 7.9, 8, -0.1].map((x) => frameAt(view, x))).toEqual([10, 10, 11, 9])
})

test.each([
  [0.3, 1],
  [1, 1],
  [1.2, 2],
  [3, 5],
  [7, 10],
  [12, 20],
  [260, 500],
  [501, 1000],
])('at least %d frames apart is every %i', (least, step) => {
  expect(niceStep(least)).toBe(step)
})

test('small ticks divide what is named', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 96, noNaN: true }), (perFrame) => {
      const { major, minor } = ticksOf({ first: 0, perFrame })
      expect(major % minor).toBe(0)
      expect(major * perFrame).toBeGreaterThanOrEqual(72 - 1e-9)
    }),
  )
})

test.each([
  [0, 1, '0:00'],
  [4.5, 0.5, '0:04.5'],
  [2 / 3, 2 / 3, '0:00.67'],
  [59.999, 1, '1:00'],
  [3725.04, 0.04, '1:02:05.04'],
])('%d s in steps of %d s is %s', (seconds, step, text) => {
  expect(clock(seconds, step)).toBe(text)
})
