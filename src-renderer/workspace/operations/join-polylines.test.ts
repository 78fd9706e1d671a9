import { expect, test } from 'vitest'
import { joinPolylines } from './join-polylines.ts'

test.each<[string, number[][], number[]]>([
  ['one stays', [[0, 0, 1, 1]], [0, 0, 1, 1]],
  [
    'end to start',
    [
      [0, 0, 10, 0],
      [12, 0, 20, 0],
    ],
    [0, 0, 10, 0, 12, 0, 20, 0],
  ],
  [
    'end to end: the second is turned',
    [
      [0, 0, 10, 0],
      [20, 0, 12, 0],
    ],
    [0, 0, 10, 0, 12, 0, 20, 0],
  ],
  [
    'start to end: it goes before',
    [
      [0, 0, 10, 0],
      [-9, 0, -1, 0],
    ],
    [-9, 0, -1, 0, 0, 0, 10, 0],
  ],
  [
    'start to start: turned and before',
    [
      [0, 0, 10, 0],
      [-1, 0, -9, 0],
    ],
    [-9, 0, -1, 0, 0, 0, 10, 0],
  ],
  [
    'a shared end is kept once',
    [
      [0, 0, 10, 0],
      [10, 0, 20, 5],
    ],
    [0, 0, 10, 0, 20, 5],
  ],
  [
    'three, whatever their order',
    [
      [0, 0, 10, 0],
      [22, 0, 30, 0],
      [12, 0, 20, 0],
    ],
    [0, 0, 10, 0, 12, 0, 20, 0, 22, 0, 30, 0],
  ],
])('%s', (_name, lines, expected) => expect(joinPolylines(lines)).toEqual(expected))
