import { expect, test } from 'vitest'
import { testShape } from '../tools/fake-hand.ts'
import { fitInto } from './fit-into.ts'

const SIZE = { width: 100, height: 50 }

test.each([
  ['what fits stays', testShape(1, [10, 10, 20, 20]), [10, 10, 20, 20]],
  ['what lies outside is moved in', testShape(1, [190, 60, 200, 70]), [90, 40, 100, 50]],
  ['what is larger is cut off', testShape(1, [-10, 10, 150, 90]), [0, 0, 100, 50]],
  [
    'a polygon keeps its form when it can',
    testShape(1, [100, 10, 120, 10, 120, 30]),
    [80, 10, 100, 10, 100, 30],
  ],
  [
    'an ellipse is moved, not cut',
    testShape(1, [120, 20, 130, 15], { type: 'ellipse' }),
    [90, 20, 100, 15],
  ],
  [
    'a mask moves by its box',
    testShape(1, [0, 4, 200, 9, 201, 10], { type: 'mask' }),
    [0, 4, 98, 9, 99, 10],
  ],
])('%s', (_name, shape, points) => expect(fitInto(shape, SIZE).points).toEqual(points))

test("a skeleton's joints move with it", () => {
  const joint = { labelId: 1, points: [130, 20], occluded: false, outside: false, attributes: [] }
  const shape = testShape(1, [], { type: 'skeleton', elements: [joint as never] })
  expect(fitInto(shape, SIZE).elements[0]?.points).toEqual([100, 20])
})
