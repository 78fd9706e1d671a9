import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossesItself, type FormType, formProblem, isFlat } from './shape-rules.ts'

describe('form', () => {
  test.each<[FormType, number[], RegExp | null]>([
    ['rectangle', [0, 0, 10, 10], null],
    ['rectangle', [0, 0, 10], /4 numbers/],
    ['rectangle', [0, 0, Number.NaN, 10], /not a finite number/],
    ['ellipse', [5, 5, 10, 0], null],
    ['polygon', [0, 0, 9, 0, 9, 9], null],
    ['polygon', [0, 0, 9, 0], /at least 3 points/],
    ['polygon', [0, 0, 9, 0, 9, 9, 1], /at least 3 points/],
    ['polyline', [0, 0, 9, 9], null],
    ['polyline', [0, 0], /at least 2 points/],
    ['points', [3, 3], null],
    ['points', [], /at least 1 point/],
    ['points', [3, 1e300], /further away/],
    ['points', [3, Number.POSITIVE_INFINITY], /not a finite number/],
    ['mask', [0, 4, 0, 0, 1, 1], null],
    ['mask', [0, 5, 0, 0, 1, 1], /add up/],
    ['skeleton', [1, 1], /no points of its own/],
  ])('%s %j', (type, points, problem) => {
    if (problem) expect(formProblem(type, points)).toMatch(problem)
    else expect(formProblem(type, points)).toBeNull()
  })
})

describe('flat', () => {
  test.each<[string, FormType, number[], boolean]>([
    ['a box of one pixel', 'rectangle', [0, 0, 1, 1], false],
    ['a box without height', 'rectangle', [0, 5, 90, 5], true],
    ['an ellipse without a radius', 'ellipse', [5, 5, 9, 5], true],
    ['an ellipse', 'ellipse', [5, 5, 9, 3], false],
    ['three points on a line', 'polygon', [0, 0, 5, 5, 9, 9], true],
    ['a triangle', 'polygon', [0, 0, 9, 0, 9, 9], false],
    ['a bow whose halves cancel out', 'polygon', [0, 0, 9, 9, 9, 0, 0, 9], false],
    ['a line', 'polyline', [0, 0, 0, 9], false],
    ['a line of one place', 'polyline', [3, 3, 3, 3], true],
    ['a point', 'points', [3, 3], false],
  ])('%s', (_name, type, points, flat) => expect(isFlat(type, points)).toBe(flat))
})

describe('crossing itself', () => {
  test.each<[string, number[], boolean, boolean]>([
    ['a bow', [0, 0, 9, 9, 9, 0, 0, 9], true, true],
    ['the same line left open', [0, 0, 9, 9, 9, 0, 0, 9], false, true],
    ['a square', [0, 0, 9, 0, 9, 9, 0, 9], true, false],
    ['what only its closing edge crosses', [0, 0, 9, 0, 5, 5, 5, -5, 9, -5], true, true],
    ['a zigzag that would cross if it were closed', [0, 0, 3, 9, 6, 0, 9, 9, 5, 4], false, false],
    ['the zigzag closed', [0, 0, 3, 9, 6, 0, 9, 9, 5, 4], true, true],
    ['a vertex that touches an edge', [0, 0, 9, 0, 9, 9, 5, 0, 0, 9], true, false],
  ])('%s', (_name, points, closed, crosses) => {
    expect(crossesItself(points, closed)).toBe(crosses)
  })

  test('a convex outline never does; wherever it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.nat(39), (n, first) => {
        const ring = Array.from({ length: n }, (_, i) => {
          const angle = (2 * Math.PI * (i + first)) / n
          return [100 * Math.cos(angle), 100 * Math.sin(angle)]
        }).flat()
        return !crossesItself(ring, true)
      }),
    )
  })

  test('the order of the points does not matter backwards', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 12 }), (places) => {
        const back = places.toReversed().flat()
        return crossesItself(places.flat(), true) === crossesItself(back, true)
      }),
    )
  })

  test('a line of 100,000 points is looked through', () => {
    const spiral = Array.from({ length: 100_000 }, (_, i) => {
      const [angle, radius] = [i / 200, i / 50]
      return [radius * Math.cos(angle), radius * Math.sin(angle)]
    }).flat()
    expect(crossesItself(spiral, false)).toBe(false)
  })
})
