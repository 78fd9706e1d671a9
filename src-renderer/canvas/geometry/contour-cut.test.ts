import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutsOf, recommended } from './contour-cut.ts'
import { type Path, type Place, placeNear } from './outline.ts'

const SQUARE: Path = { points: [0, 0, 100, 0, 100, 100, 0, 100], closed: true }
const LINE: Path = { points: [0, 0, 50, 0, 100, 0, 150, 0], closed: false }
const near = (path: Path, x: number, y: number): Place => {
  const place = placeNear(path, { x, y }, 1, 1)
  if (!place) throw new Error('nothing there')
  return place
}
const points = (path: Path, from: Place, to: Place | null, way: { x: number; y: number }[] = []) =>
  cutsOf(path, from, to, way).map((cut) => cut.points)

describe('a place on an outline', () => {
  test.each([
    ['a vertex', 100.4, 0.3, { edge: 1, t: 0, at: { x: 100, y: 0 } }],
    ['an edge', 30, 0.5, { edge: 0, t: 0.3, at: { x: 30, y: 0 } }],
    ['the closing edge', 0.5, 25, { edge: 3, t: 0.75, at: { x: 0, y: 25 } }],
    ['nothing', 50, 50, null],
  ])('%s', (_name, x, y, place) => expect(placeNear(SQUARE, { x, y }, 1, 1)).toEqual(place))
})

describe('a closed outline', () => {
  test('between vertices: the one part or the other, both in the old direction', () => {
    const [from, to] = [near(SQUARE, 100, 0), near(SQUARE, 0, 100)]
    expect(points(SQUARE, from, to, [{ x: 40, y: 40 }])).toEqual([
      [0, 0, 100, 0, 40, 40, 0, 100],
      [100, 0, 100, 100, 0, 100, 40, 40],
    ])
  })

  test('between edges new points come in', () => {
    const [from, to] = [near(SQUARE, 20, 0), near(SQUARE, 0, 20)]
    expect(points(SQUARE, from, to)).toEqual([
      [0, 0, 20, 0, 0, 20],
      [20, 0, 100, 0, 100, 100, 0, 100, 0, 20],
    ])
  })

  test('what is cut off is counted and measured', () => {
    const [first, second] = cutsOf(SQUARE, near(SQUARE, 20, 0), near(SQUARE, 0, 20), [])
    expect([first?.cutCount, first?.cutLength]).toEqual([3, 360])
    expect([second?.cutCount, second?.cutLength]).toEqual([1, 40])
  })

  test('the first point stays the first wherever it stays', () => {
    const [cut] = cutsOf(SQUARE, near(SQUARE, 0, 0), near(SQUARE, 100, 100), [{ x: 90, y: 10 }])
    expect(cut?.points).toEqual([0, 0, 90, 10, 100, 100, 0, 100])
  })

  test('the two parts together are the whole outline', () => {
    const place = fc
      .tuple(fc.nat(3), fc.integer({ min: 0, max: 9 }))
      .map(([edge, tenth]): Place => {
        const [x1 = 0, y1 = 0] = SQUARE.points.slice(2 * edge)
        const [x2 = 0, y2 = 0] = SQUARE.points.slice((2 * edge + 2) % 8)
        const t = tenth / 10
        return { edge, t, at: { x: x1 + t * (x2 - x1), y: y1 + t * (y2 - y1) } }
      })
    fc.assert(
      fc.property(place, place, (from, to) => {
        fc.pre(from.edge !== to.edge || from.t !== to.t)
        const [a, b] = cutsOf(SQUARE, from, to, [])
        expect((a?.cutLength ?? 0) + (b?.cutLength ?? 0)).toBeCloseTo(400)
        const ends = (from.t === 0 ? 1 : 0) + (to.t === 0 ? 1 : 0)
        expect((a?.cutCount ?? 0) + (b?.cutCount ?? 0)).toBe(4 - ends)
      }),
    )
  })
})

describe('an open outline', () => {
  test('between two places the middle is replaced, in either order', () => {
    const [a, b] = [near(LINE, 50, 0), near(LINE, 120, 0)]
    const way = [
      { x: 60, y: 30 },
      { x: 90, y: 40 },
    ]
    const whole = [0, 0, 50, 0, 60, 30, 90, 40, 120, 0, 150, 0]
    expect(points(LINE, a, b, way)).toEqual([whole])
    expect(points(LINE, b, a, way.toReversed())).toEqual([whole])
  })

  test('with no end it becomes the new end or the new beginning', () => {
    expect(points(LINE, near(LINE, 100, 0), null, [{ x: 110, y: 40 }])).toEqual([
      [0, 0, 50, 0, 100, 0, 110, 40],
      [110, 40, 100, 0, 150, 0],
    ])
  })

  test('from its last point the line grows: nothing is cut', () => {
    const [tail, head] = cutsOf(LINE, near(LINE, 150, 0), null, [{ x: 170, y: 0 }])
    expect(tail?.points).toEqual([...LINE.points, 170, 0])
    expect(tail && head && recommended(tail, head)).toBe(tail)
  })
})

describe('intelligent cropping', () => {
  const cut = (cutCount: number, cutLength: number) => ({ points: [], cutCount, cutLength })
  test.each([
    ['both say the first', cut(1, 10), cut(5, 90), 0],
    ['both say the second', cut(7, 99), cut(5, 90), 1],
    ['they disagree', cut(1, 99), cut(5, 90), null],
    ['as many points: the length decides', cut(5, 99), cut(5, 90), 1],
    ['as long: the points decide', cut(4, 90), cut(5, 90), 0],
    ['no difference at all', cut(4, 90), cut(4, 90), null],
  ])('%s', (_name, first, second, which) => {
    expect(recommended(first, second)).toBe(which === null ? null : [first, second][which])
  })
})
