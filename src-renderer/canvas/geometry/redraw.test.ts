import { expect, test } from 'vitest'
import { redrawn } from './redraw.ts'

// Vertices:             0      1       2         3
const square = [0, 0, 100, 0, 100, 100, 0, 100]
const line = [0, 0, 50, 0, 100, 0, 150, 0]

test.each([
  [
    'a way between neighbours',
    square,
    true,
    0,
    1,
    [{ x: 50, y: 20 }],
    [0, 0, 50, 20, 100, 0, 100, 100, 0, 100],
  ],
  [
    'the same the other way round',
    square,
    true,
    1,
    0,
    [{ x: 50, y: 20 }],
    [0, 0, 50, 20, 100, 0, 100, 100, 0, 100],
  ],
  [
    'over the first vertex, the shorter side goes',
    [0, 0, 100, 0, 100, 40, 50, 10, 0, 40],
    true,
    4,
    1,
    [
      { x: 20, y: -10 },
      { x: 80, y: -10 },
    ],
    [100, 0, 100, 40, 50, 10, 0, 40, 20, -10, 80, -10],
  ],
  ['no way at all cuts a vertex off', square, true, 0, 2, [], [0, 0, 100, 100, 0, 100]],
  [
    'an open line has one way only',
    line,
    false,
    3,
    0,
    [
      { x: 75, y: 9 },
      { x: 25, y: 9 },
    ],
    [0, 0, 25, 9, 75, 9, 150, 0],
  ],
])('%s', (_name, points, closed, from, to, path, expected) => {
  expect(redrawn(points, closed, from, to, path)).toEqual(expected)
})
