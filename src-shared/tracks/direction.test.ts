import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startingAt, trackStartingAt, trackTurnedRound, turnedRound } from './direction.ts'
import { between } from './interpolate.ts'
import { key, rounded, track } from './testing.ts'

test.each([
  ['polygon', [0, 0, 1, 0, 1, 1], 1, [1, 0, 1, 1, 0, 0]],
  ['polygon', [0, 0, 1, 0, 1, 1], 0, [0, 0, 1, 0, 1, 1]],
  ['polyline', [0, 0, 1, 0, 1, 1], 2, [1, 1, 1, 0, 0, 0]],
] as const)('a %s %j that begins at vertex %d', (type, points, vertex, expected) => {
  expect(startingAt(type, points, vertex)).toEqual(expected)
})

test('turned round twice it is what it was, and a polygon keeps its first point', () => {
  const points = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 3, maxLength: 9 })
  fc.assert(
    fc.property(points, fc.constantFrom('polygon' as const, 'polyline' as const), (list, type) => {
      const flat = list.flat()
      expect(turnedRound(type, turnedRound(type, flat))).toEqual(flat)
      if (type === 'polygon') expect(turnedRound(type, flat).slice(0, 2)).toEqual(flat.slice(0, 2))
      const one = track([key(0, flat), key(5, flat)], type)
      expect(trackTurnedRound(trackTurnedRound(one, type), type)).toEqual(one)
    }),
  )
})

test('with every keyframe turned round the outline in between is the same one, the other way', () => {
  const [a, b] = [
    [0, 0, 10, 0, 10, 10, 0, 10],
    [5, 5, 25, 5, 25, 25, 5, 25],
  ]
  const turned = between('polygon', turnedRound('polygon', a), turnedRound('polygon', b), 0.5)
  expect(rounded(turned)).toEqual(rounded(turnedRound('polygon', between('polygon', a, b, 0.5))))
})

test('every keyframe begins at the same corner, also one with more points', () => {
  const square = [0, 0, 10, 0, 10, 10, 0, 10]
  const finer = [0, 0, 5, 0, 10, 0, 10, 5, 10, 10, 5, 10, 0, 10, 0, 5]
  const one = track([key(0, square), key(5, finer), key(9, square)], 'polygon')
  const after = trackStartingAt(one, 'polygon', { points: square, vertex: 2 })
  expect(after.keyframes.map(({ points }) => points.slice(0, 2))).toEqual([
    [10, 10],
    [10, 10],
    [10, 10],
  ])
  expect(trackStartingAt(one, 'polygon', { points: square, vertex: 0 })).toEqual(one)
})
