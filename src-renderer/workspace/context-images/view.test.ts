import { expect, test } from 'vitest'
import { panned, plainView, shownSize, turned, zoomAt } from './view.ts'

test('the point under the pointer stays under it', () => {
  const at = { x: 30, y: -20 }
  const before = zoomAt(plainView, { x: 5, y: 5 }, 2)
  const after = zoomAt(before, at, 3)
  // Where on the image the pointer is, in units of the fitting image.
  const place = (view: typeof after) => [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale]
  expect(place(after)[0]).toBeCloseTo(place(before)[0] ?? 0, 12)
  expect(place(after)[1]).toBeCloseTo(place(before)[1] ?? 0, 12)
})

test('never smaller than the panel, and then in its middle', () => {
  const near = panned(
    zoomAt(plainView, { x: 10, y: 10 }, 4),
    { x: 40, y: 40 },
    { width: 100, height: 80 },
  )
  expect(zoomAt(near, { x: 0, y: 0 }, 0.01)).toEqual(plainView)
})

test('four turns are none, either way', () => {
  let view = plainView
  for (const _ of [1, 2, 3, 4]) view = turned(view, 1)
  expect(view).toEqual(plainView)
  expect(turned(plainView, -1).turn).toBe(270)
})

test('it cannot be pushed out of the panel', () => {
  const far = panned(plainView, { x: 1e6, y: -1e6 }, { width: 100, height: 80 })
  expect([far.x, far.y]).toEqual([50, -40])
})

test.each([
  [0, 100, 50],
  [90, 160, 80],
] as const)(
  'an image of 200 x 100 turned by %i fits a panel of 100 x 160',
  (turn, width, height) => {
    const size = shownSize(
      { width: 200, height: 100 },
      { width: 100, height: 160 },
      { ...plainView, turn },
    )
    expect(size).toEqual({ width, height })
  },
)
