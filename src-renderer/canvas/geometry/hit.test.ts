import { expect, test } from 'vitest'
import { testShape } from '../tools/fake-hand.ts'
import { hitShape } from './hit.ts'
import { shapeBox } from './shape-box.ts'

const cuboid = [10, 10, 10, 30, 30, 10, 30, 30, 40, 5, 40, 25, 20, 5, 20, 25]

test.each([
  ['inside a rectangle', testShape(1, [0, 0, 10, 10]), [5, 5], true],
  ['just outside, within tolerance', testShape(1, [0, 0, 10, 10]), [11.5, 5], true],
  ['outside a rectangle', testShape(1, [0, 0, 10, 10]), [13, 5], false],
  [
    'the corner that a turned rectangle left',
    testShape(1, [0, 0, 10, 10], { rotation: 45 }),
    [-2.5, -2.5],
    false,
  ],
  [
    'where a turned rectangle reaches',
    testShape(1, [0, 0, 10, 10], { rotation: 45 }),
    [5, -1.9],
    true,
  ],
  ['the dent of a polygon', testShape(1, [0, 0, 40, 0, 20, 20, 40, 40, 0, 40]), [35, 20], false],
  ['inside an ellipse', testShape(1, [50, 50, 70, 40], { type: 'ellipse' }), [66, 50], true],
  [
    'beside a turned ellipse',
    testShape(1, [50, 50, 70, 40], { type: 'ellipse', rotation: 90 }),
    [66, 50],
    false,
  ],
  ['on a polyline', testShape(1, [0, 0, 50, 50], { type: 'polyline' }), [25, 26], true],
  [
    'between the ends of an open line',
    testShape(1, [0, 0, 50, 0, 50, 50], { type: 'polyline' }),
    [25, 25],
    false,
  ],
  ['near a point', testShape(1, [5, 5], { type: 'points' }), [7, 7], true],
  [
    'a set pixel of a mask',
    testShape(1, [1, 2, 1, 10, 10, 11, 11], { type: 'mask' }),
    [11.5, 10.5],
    true,
  ],
  [
    'an unset pixel of a mask',
    testShape(1, [1, 2, 1, 10, 10, 11, 11], { type: 'mask' }),
    [10.5, 10.5],
    false,
  ],
  ['a side face of a cuboid', testShape(1, cuboid, { type: 'cuboid' }), [36, 15], true],
])('%s', (_name, shape, [x = 0, y = 0], expected) => {
  expect(hitShape(shape, { x, y }, 2)).toBe(expected)
})

test.each([
  ['a turned rectangle', testShape(1, [0, 0, 10, 20], { rotation: 90 }), [-5, 5, 15, 15]],
  ['an ellipse', testShape(1, [50, 50, 70, 40], { type: 'ellipse' }), [30, 40, 70, 60]],
  ['a mask, far edges included', testShape(1, [0, 4, 5, 6, 6, 7], { type: 'mask' }), [5, 6, 7, 8]],
])('the box of %s', (_name, shape, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => {
  const box = shapeBox(shape)
  expect(box.x1).toBeCloseTo(x1, 9)
  expect(box.y1).toBeCloseTo(y1, 9)
  expect(box.x2).toBeCloseTo(x2, 9)
  expect(box.y2).toBeCloseTo(y2, 9)
})
