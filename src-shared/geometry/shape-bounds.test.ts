import { expect, test } from 'vitest'
import { shapeBounds } from './shape-bounds.ts'

test.each<[string, string, number[], number, number[]]>([
  ['a rectangle is its own box', 'rectangle', [1, 2, 5, 4], 0, [1, 2, 5, 4]],
  ['turned by 90 degrees it stands', 'rectangle', [1, 2, 5, 4], 90, [2, 1, 4, 5]],
  ['drawn from the lower right corner it is the same', 'rectangle', [5, 4, 1, 2], 0, [1, 2, 5, 4]],
  ['a polygon by its outermost points', 'polygon', [3, 1, 9, 5, 0, 7], 0, [0, 1, 9, 7]],
  ['an ellipse by its radii', 'ellipse', [10, 10, 14, 8], 0, [6, 8, 14, 12]],
  ['a turned ellipse stands', 'ellipse', [10, 10, 14, 8], 90, [8, 6, 12, 14]],
  ['a mask reaches to the end of its last pixels', 'mask', [0, 4, 2, 3, 3, 4], 0, [2, 3, 4, 5]],
])('%s', (_name, type, points, rotation, [left, top, right, bottom]) => {
  const box = shapeBounds({ type, points, rotation, elements: [] })
  expect(box?.left).toBeCloseTo(left ?? 0, 9)
  expect(box?.top).toBeCloseTo(top ?? 0, 9)
  expect(box?.right).toBeCloseTo(right ?? 0, 9)
  expect(box?.bottom).toBeCloseTo(bottom ?? 0, 9)
})

test('a skeleton by the joints that are not outside; without any there is no box', () => {
  const joint = { occluded: false }
  const elements = [
    { ...joint, points: [1, 2], outside: false },
    { ...joint, points: [4, 9], outside: false },
    { ...joint, points: [99, 99], outside: true },
  ]
  const skeleton = { type: 'skeleton', points: [], rotation: 0 }
  expect(shapeBounds({ ...skeleton, elements })).toEqual({ left: 1, top: 2, right: 4, bottom: 9 })
  expect(shapeBounds({ ...skeleton, elements: elements.slice(2) })).toBeNull()
})
