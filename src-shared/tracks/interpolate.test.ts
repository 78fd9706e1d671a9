import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Keyframe } from '../domain/annotation.ts'
import type { AttributeId, LabelId } from '../domain/ids.ts'
import { between, positionOn, turnBetween } from './interpolate.ts'
import { interpolateCurves } from './match-curves.ts'
import { box, key, keyframeLists, rounded, track } from './testing.ts'

/** formats.md 36.1, read aloud: no halving, no index. */
function plainly(keyframes: readonly Keyframe[], frame: number, deleted: ReadonlySet<number>) {
  const counted = keyframes.filter((one) => !deleted.has(one.frame))
  const left = counted.filter((one) => one.frame <= frame).at(-1)
  const right = counted.find((one) => one.frame > frame)
  if (!left) return null
  if (!right || left.outside || left.frame === frame) return { ...left, frame }
  const share = (frame - left.frame) / (right.frame - left.frame)
  const points = left.points.map((x, at) => x + ((right.points[at] ?? 0) - x) * share)
  return { ...left, frame, points, rotation: turnBetween(left.rotation, right.rotation, share) }
}

const deletions = fc.uniqueArray(fc.nat(30), { maxLength: 10 }).map((list) => new Set(list))

test('rectangles lie where the rule puts them; keyframes of deleted frames count for nothing when they are to be skipped', () => {
  fc.assert(
    fc.property(keyframeLists, deletions, fc.nat(35), (keyframes, deleted, frame) => {
      const one = track(keyframes)
      const skipped = { isDeleted: (at: number) => deleted.has(at) }
      expect(positionOn(one, frame, skipped)).toEqual(plainly(keyframes, frame, deleted))
      expect(positionOn(one, frame)).toEqual(plainly(keyframes, frame, new Set()))
    }),
  )
})

test('a keyframe is where it says, to the last bit', () => {
  fc.assert(
    fc.property(keyframeLists, (keyframes) => {
      for (const one of keyframes) expect(positionOn(track(keyframes), one.frame)).toEqual(one)
    }),
  )
})

test('of each attribute the last value set so far holds, also one set on a deleted frame', () => {
  const values = fc.array(
    fc.record({ frame: fc.nat(20), specId: fc.integer({ min: 1, max: 3 }), value: fc.string() }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(values, fc.nat(24), (given, frame) => {
      const frames = [...new Set([0, ...given.map((one) => one.frame)])].sort((a, b) => a - b)
      const keyframes = frames.map((at) => {
        const here = new Map(
          given.filter((one) => one.frame === at).map((one) => [one.specId, one]),
        )
        const attributes = [...here.values()].map(({ specId, value }) => ({
          specId: specId as AttributeId,
          value,
        }))
        return key(at, box(0), { attributes })
      })
      const expected = new Map<number, string>()
      for (const { frame: at, attributes } of keyframes)
        if (at <= frame) for (const { specId, value } of attributes) expected.set(specId, value)
      const got = positionOn(track(keyframes), frame, { isDeleted: (at) => at % 2 === 1 })
      expect(new Map(got?.attributes.map(({ specId, value }) => [specId, value]))).toEqual(expected)
    }),
  )
})

test('a joint lies between the keyframes that state it, and on deleted frames nothing is stated', () => {
  const joint = (labelId: number, x: number) => ({
    ...{ labelId: labelId as LabelId, points: [x, 0], occluded: false, outside: false },
    attributes: [],
  })
  const body = track(
    [
      key(0, [], { elements: [joint(1, 0), joint(2, 0)] }),
      key(2, [], { elements: [joint(2, 90)] }),
      key(4, [], { elements: [joint(1, 40), joint(2, 40)] }),
    ],
    'skeleton',
  )
  const xs = (skip: boolean) =>
    positionOn(body, 1, skip ? { isDeleted: (at) => at === 2 } : undefined)?.elements.map(
      ({ points }) => points[0],
    )
  expect([xs(false), xs(true)]).toEqual([
    [10, 45],
    [10, 10],
  ])
})

test.each([
  ['350 to 10', 350, 10, [355, 0, 5]],
  ['3 to -3', 3, 357, [1.5, 0, 358.5]],
  ['half a turn goes clockwise', 0, 180, [45, 90, 135]],
])('a turn of %s takes the short way', (_name, left, right, expected) => {
  expect([0.25, 0.5, 0.75].map((share) => turnBetween(left, right, share))).toEqual(expected)
})

/** The matching of formats.md 36.3 by its words: the nearest fraction is looked for among all. */
function nearestByLooking(fractions: readonly number[], wanted: number): number {
  let best = 0
  fractions.forEach((fraction, at) => {
    if (Math.abs(fraction - wanted) < Math.abs((fractions[best] ?? 0) - wanted)) best = at
  })
  return best
}

test('curves of equally many, equally spaced points go straight from point to point', () => {
  const ring = (count: number, size: number) =>
    Array.from({ length: count }, (_, at) => [
      size * Math.cos((2 * Math.PI * at) / count),
      size * Math.sin((2 * Math.PI * at) / count),
    ]).flat()
  for (const count of [3, 4, 7, 40, 500]) {
    const [a, b] = [ring(count, 10), ring(count, 30)]
    expect(rounded(between('polygon', a, b, 0.5))).toEqual(rounded(ring(count, 20)))
  }
})

test.each([
  [
    [14.6, 2.7, 71.6, 73.9, 86.3, 81.8],
    [83.6, 74.3, 3.6, 33.9, 15, 65.9, 38.3, 29.9],
    [31.85, 20.6, 54.6, 63.9, 68.475, 77.825, 74.3, 68.825],
  ],
  [
    [53.1, 58, 90.8, 93.2, 93.2, 56],
    [74.2, 8.8, 15.2, 47.3, 93.1, 65, 2, 19.2],
    [58.375, 45.7, 81.6375, 83.9375, 70.4, 46.8],
  ],
])(
  'a quarter of the way two points are as far apart as the threshold: which stay is decided as by CVAT (%#)',
  (left, right, expected) => {
    // Worked out with square roots of sums of squares, as CVAT's page and server both do it.
    expect(rounded(between('polygon', left, right, 0.25))).toEqual(expected)
  },
)

test('points that repeat, and curves of no length, match the first that is as near', () => {
  const curve = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 9 })
  fc.assert(
    fc.property(curve, curve, (a, b) => {
      const shares = (points: readonly (readonly [number, number])[]) => {
        const lengths = points.map((_, at) =>
          points
            .slice(1, at + 1)
            .reduce(
              (sum, [x, y], i) =>
                sum + Math.hypot(x - (points[i]?.[0] ?? 0), y - (points[i]?.[1] ?? 0)),
              0,
            ),
        )
        const total = lengths.at(-1) ?? 0
        return lengths.map((length) => (total === 0 ? 0 : length / total))
      }
      const [left, right] = [shares(a), shares(b)]
      const chosen = left.map((share) => nearestByLooking(right, share))
      // Where every point is matched once, in order, nothing is thinned and the middle is known.
      if (a.length !== b.length || chosen.some((to, at) => to !== at)) return
      const middle = a.flatMap(([x, y], at) => [
        x + ((b[at]?.[0] ?? 0) - x) * 0.5,
        y + ((b[at]?.[1] ?? 0) - y) * 0.5,
      ])
      expect(interpolateCurves(a.flat(), b.flat(), 0.5, false)).toEqual(middle)
    }),
    { numRuns: 500 },
  )
})
