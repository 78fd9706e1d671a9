import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Keyframe, Shape, ShapeType, Track } from '../domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '../domain/ids.ts'
import { keyframeFrom, toggleKeyframe, toggleOutside } from './edit.ts'
import { between, positionOn, turnBetween } from './interpolate.ts'
import { mergeToTrack } from './merge.ts'
import { shapeOn, withAttributeOn, withShapeOn } from './on-frame.ts'
import { splitTrack } from './split.ts'

const key = (frame: number, points: number[], more: Partial<Keyframe> = {}): Keyframe => ({
  ...{ frame, points, rotation: 0, occluded: false, outside: false, zOrder: 0 },
  ...{ attributes: [], elements: [], ...more },
})

function track(keyframes: Keyframe[], type: ShapeType = 'rectangle', id = 1): Track {
  return {
    ...{ kind: 'track', id: id as AnnotationId, frame: keyframes[0]?.frame ?? 0, group: 0 },
    ...{ labelId: 1 as LabelId, source: 'manual', attributes: [], type, keyframes },
  }
}

function shape(id: number, frame: number, points: number[]): Shape {
  const { keyframes: _, ...common } = track([key(frame, points)], 'rectangle', id)
  return {
    ...common,
    kind: 'shape',
    points,
    rotation: 0,
    occluded: false,
    zOrder: 0,
    score: null,
    elements: [],
  }
}

describe('between two keyframes (worked examples)', () => {
  const middle = (type: ShapeType, a: number[], b: number[]) => between(type, a, b, 0.5)
  test.each([
    ['polygon', [0, 0, 10, 0, 10, 10], [0, 0, 20, 0, 20, 20, 0, 20], [0, 0, 15, 0, 15, 15, 5, 15]],
    ['polygon', [0, 0, 20, 0, 20, 20, 0, 20], [0, 0, 10, 0, 10, 10], [0, 0, 15, 0, 15, 15, 5, 15]],
    ['polyline', [0, 0, 10, 0, 20, 0], [0, 10, 30, 10], [0, 5, 5, 5, 25, 5]],
    ['points', [0, 0, 1, 1], [5, 5, 6, 6], [0, 0, 1, 1]],
    ['points', [0, 0], [6, 4], [3, 2]],
    ['rectangle', [0, 0, 10, 10], [10, 20, 40, 30], [5, 10, 25, 20]],
  ] as const)('%s %j %j', (type, a, b, expected) => {
    expect(middle(type, [...a], [...b])).toEqual([...expected])
  })

  test.each([
    [350, 10, 0.25, 355],
    [350, 10, 0.5, 0],
    [10, 350, 0.75, 355],
    [0, 180, 0.5, 90],
    [180, 0, 0.5, 270],
    [90, 90, 0.3, 90],
  ])('a turn from %d to %d takes the short way', (left, right, share, expected) => {
    expect(turnBetween(left, right, share)).toBeCloseTo(expected, 9)
  })

  test('curves of any two lengths give a curve of whole, finite points', () => {
    const curve = fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(curve, curve, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        const points = between('polyline', a.flat(), b.flat(), share)
        expect(points.length % 2).toBe(0)
        expect(points.length).toBeGreaterThanOrEqual(2)
        expect(points.every(Number.isFinite)).toBe(true)
      }),
    )
  })
})

describe('a track on a frame', () => {
  const moving = track([
    key(2, [0, 0, 10, 10]),
    key(6, [8, 0, 18, 10], { occluded: true }),
    key(9, [8, 0, 18, 10], { outside: true }),
  ])

  test('is not there before it begins, lies between keyframes, stays after the last, and goes outside', () => {
    expect(shapeOn(moving, 1)).toBeNull()
    expect(shapeOn(moving, 3)?.points).toEqual([2, 0, 12, 10])
    expect(shapeOn(moving, 8)).toMatchObject({ points: [8, 0, 18, 10], occluded: true, id: 1 })
    expect(shapeOn(moving, 9)).toBeNull()
    expect(shapeOn(track([key(0, [1, 1, 2, 2])]), 500)?.points).toEqual([1, 1, 2, 2])
  })

  test('an edit states it there and leaves the other keyframes alone', () => {
    const seen = shapeOn(moving, 4)
    if (!seen) throw new Error('not seen')
    const after = withShapeOn(moving, 4, { ...seen, points: [50, 50, 60, 60] }) as Track
    expect(after.keyframes.map(({ frame }) => frame)).toEqual([2, 4, 6, 9])
    expect(shapeOn(after, 4)?.points).toEqual([50, 50, 60, 60])
    expect(shapeOn(after, 2)).toEqual(shapeOn(moving, 2))
  })

  test('mutable attributes hold from their frame on, others everywhere', () => {
    const [speed, brand] = [
      { id: 1 as AttributeId, mutable: true },
      { id: 2 as AttributeId, mutable: false },
    ]
    const after = withAttributeOn(withAttributeOn(moving, 4, speed, 'fast'), 5, brand, 'Opel')
    const values = (frame: number) => shapeOn(after, frame)?.attributes.map(({ value }) => value)
    expect(values(3)).toEqual(['Opel'])
    expect(values(4)).toEqual(['Opel', 'fast'])
    expect(values(7)).toEqual(['Opel', 'fast'])
    expect(shapeOn(after, 3)?.points).toEqual(shapeOn(moving, 3)?.points)
  })

  test('each joint of a skeleton has keyframes of its own', () => {
    const joint = (labelId: number, x: number, outside = false) => ({
      ...{ labelId: labelId as LabelId, points: [x, 0], occluded: false, outside, attributes: [] },
    })
    const body = track(
      [
        key(0, [], { elements: [joint(1, 0), joint(2, 100)] }),
        key(2, [], { elements: [joint(2, 120)] }),
        key(4, [], { elements: [joint(1, 40), joint(2, 120, true)] }),
      ],
      'skeleton',
    )
    const xs = (frame: number) => shapeOn(body, frame)?.elements.map(({ points }) => points[0])
    expect(xs(1)).toEqual([10, 110])
    expect(xs(3)).toEqual([30, 120])
    expect(shapeOn(body, 5)?.elements.map(({ outside }) => outside)).toEqual([false, true])
  })
})

describe('editing tracks', () => {
  const positions = fc
    .uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 })
    .chain((frames) =>
      fc.tuple(
        ...frames
          .sort((a, b) => a - b)
          .map((frame) =>
            fc
              .tuple(fc.nat(500), fc.boolean())
              .map(([x, outside]) =>
                key(frame, [x, 0, x + 10, 10], { outside: outside && frame !== frames[0] }),
              ),
          ),
      ),
    )
  const seen = (one: Track, frame: number) =>
    shapeOn(one, frame)?.points.map((x) => Math.round(x * 1e6) / 1e6)

  test('a keyframe stated where the track is already changes nothing that is seen, and can be taken back', () => {
    fc.assert(
      fc.property(positions, fc.nat(32), (keyframes, frame) => {
        const before = track(keyframes)
        if (before.keyframes.some((one) => one.frame === frame)) return
        const after = toggleKeyframe(before, frame)
        for (let at = 0; at < 34; at += 1) expect(seen(after, at)).toEqual(seen(before, at))
        expect(toggleKeyframe(after, frame)).toEqual(before)
      }),
    )
  })

  test('split in two, a track is seen where it was, by the one or by the other', () => {
    fc.assert(
      fc.property(positions, fc.nat(32), (keyframes, frame) => {
        const whole = track(keyframes)
        const parts = splitTrack(whole, frame, 2 as AnnotationId)
        if (!parts) return
        for (let at = 0; at < 34; at += 1) {
          const [first, second] = parts.map((part) => seen(part, at))
          expect(at < frame ? second : first).toBeUndefined()
          expect(first ?? second).toEqual(seen(whole, at))
        }
      }),
    )
  })

  test('the parts of a split merge to what they were', () => {
    const whole = track([key(0, [0, 0, 10, 10]), key(8, [80, 0, 90, 10])])
    const parts = splitTrack(whole, 4, 2 as AnnotationId)
    const back = mergeToTrack(parts ?? [], { lastFrame: 100 })
    if (typeof back === 'string') throw new Error(back)
    for (let at = 0; at < 12; at += 1) expect(seen(back, at)).toEqual(seen(whole, at))
    expect(back.id).toBe(whole.id)
  })

  test('shapes of three frames become one track that is not seen in the gap', () => {
    const merged = mergeToTrack(
      [shape(1, 0, [0, 0, 1, 1]), shape(2, 1, [2, 0, 3, 1]), shape(3, 5, [9, 0, 10, 1])],
      { lastFrame: 5 },
    )
    if (typeof merged === 'string') throw new Error(merged)
    expect([0, 1, 2, 4, 5].map((at) => shapeOn(merged, at)?.points[0] ?? null)).toEqual([
      0,
      2,
      null,
      null,
      9,
    ])
    expect(Math.max(...merged.keyframes.map(({ frame }) => frame))).toBe(5)
  })

  test.each([
    ['too-few', [shape(1, 0, [0, 0, 1, 1])]],
    ['same-frame', [shape(1, 0, [0, 0, 1, 1]), shape(2, 0, [5, 5, 6, 6])]],
    [
      'labels-differ',
      [shape(1, 0, [0, 0, 1, 1]), { ...shape(2, 1, [0, 0, 1, 1]), labelId: 2 as LabelId }],
    ],
    [
      'types-differ',
      [shape(1, 0, [0, 0, 1, 1]), { ...shape(2, 1, [0, 0, 1, 1]), type: 'ellipse' as const }],
    ],
  ])('merging is refused: %s', (problem, parts) => {
    expect(mergeToTrack(parts, { lastFrame: 10 })).toBe(problem)
  })

  test('outside is switched from a frame on, and keyframes are walked', () => {
    const one = toggleOutside(track([key(1, [0, 0, 1, 1]), key(7, [6, 0, 7, 1])]), 4)
    expect([3, 4, 6, 7].map((at) => positionOn(one, at)?.outside)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(
      ['first', 'previous', 'next', 'last'].map((step) => keyframeFrom(one, 4, step as 'first')),
    ).toEqual([1, 1, 7, 7])
    expect(keyframeFrom(one, 7, 'next')).toBeNull()
  })
})
