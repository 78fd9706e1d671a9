import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clampMove, movePoints } from './move.ts'
import { RECTANGLE_HANDLES, rectangleHandles, resizeRectangle, rotationTowards } from './resize.ts'

const number = fc.double({ min: -500, max: 500, noNaN: true })

test('whatever handle is dragged wherever, the opposite one stays in the picture', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RECTANGLE_HANDLES.keys()),
      fc.double({ min: 0, max: 359, noNaN: true }),
      fc.record({ x: number, y: number }),
      (handle, rotation, pointer) => {
        const before = [10, 20, 110, 70]
        const after = resizeRectangle(before, rotation, handle, pointer)
        const fixed = rectangleHandles(before, rotation)[(handle + 4) % 8]
        // Dragged across, the fixed corner takes another place in the order; it is still one of the eight.
        const distances = rectangleHandles(after, rotation).map((place) =>
          Math.hypot(place.x - (fixed?.x ?? 0), place.y - (fixed?.y ?? 0)),
        )
        expect(Math.min(...distances)).toBeLessThan(1e-6)
      },
    ),
  )
})

test.each([
  ['bottom right', 4, { x: 50, y: 60 }, [0, 0, 50, 60]],
  ['right edge keeps the height', 3, { x: 50, y: 999 }, [0, 0, 50, 20]],
  ['top left dragged across flips', 0, { x: 50, y: 60 }, [40, 20, 50, 60]],
])('an upright rectangle: %s', (_name, handle, pointer, expected) => {
  expect(resizeRectangle([0, 0, 40, 20], 0, handle, pointer)).toEqual(expected)
})

test.each([
  [{ x: 0, y: -10 }, 0, 0],
  [{ x: 10, y: 0 }, 0, 90],
  [{ x: -10, y: 0 }, 0, 270],
  [{ x: 10, y: -11 }, 15, 45],
])('the rotation handle at %o with step %d', (pointer, step, degrees) => {
  expect(rotationTowards({ x: 0, y: 0 }, pointer, step)).toBeCloseTo(degrees, 9)
})

test.each([
  ['inside', { x1: 10, y1: 10, x2: 20, y2: 20 }, { x: 5, y: 5 }, { x: 5, y: 5 }],
  ['to the edge', { x1: 10, y1: 10, x2: 20, y2: 20 }, { x: -50, y: 900 }, { x: -10, y: 80 }],
  [
    'sticking out may come back',
    { x1: -10, y1: 0, x2: 20, y2: 20 },
    { x: 30, y: 0 },
    { x: 30, y: 0 },
  ],
  ['but not further out', { x1: -10, y1: 0, x2: 20, y2: 20 }, { x: -5, y: 0 }, { x: 0, y: 0 }],
])('a move is clamped: %s', (_name, box, by, expected) => {
  const { x, y } = clampMove(box, by, { width: 200, height: 100 })
  expect([x + 0, y + 0]).toEqual([expected.x, expected.y])
})

test('a mask moves by whole pixels and keeps its runs', () => {
  expect(movePoints('mask', [0, 4, 5, 6, 6, 7], { x: 1.6, y: -1.4 })).toEqual([0, 4, 7, 5, 8, 6])
})
