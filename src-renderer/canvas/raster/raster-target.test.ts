import { expect, test } from 'vitest'
import { targetBox } from './raster-target.ts'

const matrix = { a: 2, b: 0, c: 0, d: 2, e: 10, f: -20 }
const target = { matrix, ratio: 1, clip: { x: 0, y: 0, w: 300, h: 100 } }

test.each([
  ['inside', { x1: 20, y1: 20, x2: 30, y2: 25 }, { x: 42, y: 12, w: 36, h: 26 }],
  ['over an edge', { x1: -50, y1: 20, x2: 30, y2: 25 }, { x: 0, y: 12, w: 78, h: 26 }],
  [
    'far beyond every edge',
    { x1: -1e7, y1: -1e7, x2: 1e7, y2: 1e7 },
    { x: 0, y: 0, w: 300, h: 100 },
  ],
  ['beside it', { x1: 9_999_998, y1: 5, x2: 1e7, y2: 6 }, null],
  ['below it', { x1: 5, y1: 100, x2: 6, y2: 101 }, null],
])('what a shape %s can have touched', (_name, box, expected) => {
  expect(targetBox(box, target)).toEqual(expected)
})
