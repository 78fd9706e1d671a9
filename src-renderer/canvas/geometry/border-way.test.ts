import { expect, test } from 'vitest'
import { borderWay } from './border-way.ts'

/** Six vertices; the edge from 2 to 3 is much longer than the others. */
const RING = { points: [0, 0, 10, 0, 20, 0, 20, 90, 10, 90, 0, 90], closed: true }
const LINE = { points: RING.points, closed: false }

test.each([
  ['the shorter way', RING, 0, 2, null, [0, 1, 2]],
  ['the shorter way over the first vertex', RING, 1, 5, null, [1, 0, 5]],
  ['the way over a vertex, however long', RING, 0, 2, 4, [0, 5, 4, 3, 2]],
  ['the same backwards', RING, 2, 0, 4, [2, 3, 4, 5, 0]],
  ['forwards over a vertex', RING, 4, 1, 5, [4, 5, 0, 1]],
  ['to where it is', RING, 3, 3, null, [3]],
  ['along a line there is one way', LINE, 4, 1, 5, [4, 3, 2, 1]],
  ['forwards along a line', LINE, 1, 3, null, [1, 2, 3]],
])('%s', (_name, outline, from, to, via, way) => {
  expect(borderWay(outline, from, to, via)).toEqual(way)
})
