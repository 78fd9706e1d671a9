import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cuboid,
  cuboidFromPoints,
  cuboidFromRectangle,
  cuboidPoints,
  readCuboid,
  visibleSide,
} from './cuboid.ts'
import {
  backInside,
  drawPerspective,
  moveRear,
  moveSide,
  resetPerspective,
  stretchDepth,
  stretchHeight,
  stretchSide,
  switchOrientation,
} from './cuboid-edit.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const corner = fc.record({ x: number(-500, 2500), y: number(-500, 2500) })
const side = fc.constantFrom('left' as const, 'right' as const)
const end = fc.constantFrom('top' as const, 'bottom' as const)
const cuboid: fc.Arbitrary<Cuboid> = fc
  .record({
    left: corner,
    width: number(2, 800),
    slope: number(-300, 300),
    height: number(2, 800),
    scale: number(0.2, 3),
    shift: corner,
  })
  .map(({ left, width, slope, ...rest }) => {
    return { left, right: { x: left.x + width, y: left.y + slope }, ...rest }
  })
const straight = cuboid.map((one) => ({ ...one, scale: 1 }))

/** Any edit there is, with any hand. */
const edit: fc.Arbitrary<(before: Cuboid) => Cuboid> = fc.oneof(
  fc.tuple(side, corner).map(
    ([one, by]) =>
      (c: Cuboid) =>
        moveSide(c, one, by),
  ),
  corner.map((by) => (c: Cuboid) => moveRear(c, by)),
  fc.tuple(side, number(-500, 2500)).map(
    ([one, x]) =>
      (c: Cuboid) =>
        stretchSide(c, one, x),
  ),
  fc.tuple(end, number(-900, 900)).map(
    ([one, by]) =>
      (c: Cuboid) =>
        stretchHeight(c, one, by),
  ),
  corner.map((to) => (c: Cuboid) => stretchDepth(c, to)),
  fc.tuple(end, number(-500, 2500)).map(
    ([one, y]) =>
      (c: Cuboid) =>
        drawPerspective(c, one, y),
  ),
  fc.constant(resetPerspective),
  fc.constant(switchOrientation),
)

function expectModel(points: readonly number[]) {
  const [flx, fly, flx2, flb, frx, fry, frx2, frb, drx, dry, drx2, drb, dlx, dly, dlx2, dlb] =
    points as [number, number, ...number[]] & Record<number, number>
  for (const [top, bottom] of [
    [flx, flx2],
    [frx, frx2],
    [drx, drx2],
    [dlx, dlx2],
  ])
    expect(top).toBe(bottom)
  expect(points.every(Number.isFinite)).toBe(true)
  const near = (a = 0, b = 0) => expect(Math.abs(a - b)).toBeLessThan(1e-6 * (1 + Math.abs(a)))
  near((flb ?? 0) - fly, (frb ?? 0) - (fry ?? 0))
  near((dlb ?? 0) - (dly ?? 0), (drb ?? 0) - (dry ?? 0))
  // Edges of the rear face are parallel to the front's: no cross product between them.
  near(
    ((frx ?? 0) - flx) * ((dry ?? 0) - (dly ?? 0)),
    ((fry ?? 0) - fly) * ((drx ?? 0) - (dlx ?? 0)),
  )
}

const expectClose = (a: readonly number[], b: readonly number[], digits = 4) => {
  expect(a).toHaveLength(b.length)
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i] ?? Number.NaN, digits)
}

describe('laws', () => {
  test('after any edits verticals are vertical and the faces parallel', () => {
    fc.assert(
      fc.property(cuboid, fc.array(edit, { maxLength: 5 }), (start, edits) => {
        expectModel(cuboidPoints(edits.reduce((now, one) => one(now), start)))
      }),
    )
  })
  test('an edit leaves a front face of at least a pixel', () => {
    fc.assert(
      fc.property(cuboid, fc.array(edit, { maxLength: 5 }), (start, edits) => {
        const { left, right, height } = edits.reduce((now, one) => one(now), start)
        expect(right.x - left.x).toBeGreaterThan(0.99)
        expect(height).toBeGreaterThan(0.99)
      }),
    )
  })
  test('what is stored reads back as the same cuboid', () => {
    fc.assert(
      fc.property(cuboid, (one) => {
        const points = cuboidPoints(one)
        expectClose(cuboidPoints(readCuboid(points)), points, 6)
      }),
    )
  })
  test('resetting twice is resetting once', () => {
    fc.assert(
      fc.property(cuboid, (one) => {
        const once = resetPerspective(one)
        expect(once.scale).toBe(1)
        expect(resetPerspective(once)).toEqual(once)
      }),
    )
  })
  test('switching twice gives a regular cuboid back', () => {
    fc.assert(
      fc.property(straight, (one) => {
        expectClose(cuboidPoints(switchOrientation(switchOrientation(one))), cuboidPoints(one), 6)
      }),
    )
  })
  test('switching shows the same eight corners and the other side', () => {
    fc.assert(
      fc.property(
        straight.filter(({ shift }) => Math.abs(shift.x) > 2),
        (one) => {
          const pairs = (c: Cuboid) => {
            const points = cuboidPoints(c)
            const tops = [0, 4, 8, 12].map((i) => [points[i] ?? 0, points[i + 1] ?? 0])
            return tops.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).flat()
          }
          const switched = switchOrientation(one)
          expectClose(pairs(switched), pairs(one), 6)
          expect(visibleSide(switched)).not.toBe(visibleSide(one))
        },
      ),
    )
  })
  test('moving one side leaves the other where it is', () => {
    fc.assert(
      fc.property(cuboid, corner, (one, by) => {
        const moved = cuboidPoints(moveSide(one, 'right', by))
        const before = cuboidPoints(one)
        expect([...moved.slice(0, 4), ...moved.slice(12)]).toEqual([
          ...before.slice(0, 4),
          ...before.slice(12),
        ])
      }),
    )
  })
  test('perspective moves no front corner and not the other end of the edge', () => {
    fc.assert(
      fc.property(
        straight.filter(({ shift }) => shift.x > 2),
        number(-500, 2500),
        (one, y) => {
          const [before, after] = [one, drawPerspective(one, 'top', y)].map(cuboidPoints)
          expectClose(after?.slice(0, 8) ?? [], before?.slice(0, 8) ?? [], 6)
          expectClose(after?.slice(10, 12) ?? [], before?.slice(10, 12) ?? [])
          expect(after?.[8]).toBeCloseTo(before?.[8] ?? 0, 4)
        },
      ),
    )
  })
  test('depth keeps the vanishing point', () => {
    const one = drawPerspective(cuboidFromRectangle({ x1: 0, y1: 0, x2: 100, y2: 80 }), 'top', 4)
    const vanishing = ({ scale, shift }: Cuboid) => [shift.x / (1 - scale), shift.y / (1 - scale)]
    expectClose(vanishing(stretchDepth(one, { x: 130, y: 20 })), vanishing(one), 6)
  })
})

test('from a rectangle, the rear face lies a tenth to the right and up', () => {
  const one = cuboidFromRectangle({ x1: 60, y1: 80, x2: 10, y2: 20 })
  expect(cuboidPoints(one)).toEqual([
    10, 20, 10, 80, 60, 20, 60, 80, 65, 14, 65, 74, 15, 14, 15, 74,
  ])
  expect(visibleSide(one)).toBe('right')
})

describe('by four points', () => {
  const make = (...p: number[]) => {
    const [a, b, c, d] = [0, 2, 4, 6].map((i) => ({ x: p[i] ?? 0, y: p[i + 1] ?? 0 }))
    if (!(a && b && c && d)) throw new Error('eight numbers')
    return cuboidPoints(cuboidFromPoints(a, b, c, d))
  }
  const wanted = [10, 20, 10, 80, 60, 30, 60, 90, 75, 18, 75, 78, 25, 8, 25, 68]
  test.each([
    ['down, then right', [10, 20, 10, 80, 60, 90, 75, 78]],
    ['right, then up', [10, 80, 60, 90, 60, 30, 75, 18]],
    ['left, then down', [60, 30, 10, 20, 10, 80, 25, 68]],
    ['a side a little off the vertical', [12, 20, 10, 80, 60, 90, 75, 78]],
  ])('a front face: %s', (_name, points) => expect(make(...points)).toEqual(wanted))

  test('a top face, the fourth point down: the lower edge is the front', () =>
    expect(make(25, 8, 10, 20, 60, 20, 60, 80)).toEqual([
      10, 20, 10, 80, 60, 20, 60, 80, 75, 8, 75, 68, 25, 8, 25, 68,
    ]))
  test('a bottom face, the fourth point up', () =>
    expect(make(10, 80, 60, 80, 75, 68, 75, 8)).toEqual([
      10, 20, 10, 80, 60, 20, 60, 80, 75, 8, 75, 68, 25, 8, 25, 68,
    ]))
})

test("CVAT's own cuboids, bent by a tenth of a pixel, are taken for the straight ones next to them", () => {
  const cvat = [10, 20.1, 10, 80, 60, 20, 60, 80, 65, 14.1, 65, 73.9, 15, 14.1, 15, 73.9]
  const near = cuboidPoints(readCuboid(cvat))
  for (const [i, value] of near.entries())
    expect(Math.abs(value - (cvat[i] ?? 0))).toBeLessThan(0.1)
})

test.each([
  ['sticking out stays', [-5, 0, -5, 10, 5, 0, 5, 10], [0, 0]],
  ['left of the picture comes to its edge', [-25, 5, -25, 15, -15, 5, -15, 15], [15, 0]],
  ['beyond a corner', [-9, -7, -9, -3, -5, -7, -5, -3], [5, 3]],
  ['below', [5, 60, 5, 70, 15, 60, 15, 70], [0, -10]],
])('%s', (_name, points, [x, y]) => {
  const back = backInside(points, { width: 100, height: 50 })
  expect([back.x + 0, back.y + 0]).toEqual([x, y])
})
