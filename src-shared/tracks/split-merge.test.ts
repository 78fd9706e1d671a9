import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shape, Track } from '../domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '../domain/ids.ts'
import { positionOn } from './interpolate.ts'
import { mergeToTrack } from './merge.ts'
import { shapeOn } from './on-frame.ts'
import { onlyRange, splitTrack, withoutRange } from './split.ts'
import { box, key, keyframeLists, rounded, shape, track } from './testing.ts'

const FRAMES = Array.from({ length: 36 }, (_, frame) => frame)
const seen = (one: Track | null, frame: number) => {
  const here = one && shapeOn(one, frame)
  return here ? { points: rounded(here.points), occluded: here.occluded } : null
}
const merged = (parts: readonly (Shape | Track)[], mutable?: ReadonlyMap<AttributeId, string>) => {
  const whole = mergeToTrack(parts, { lastFrame: 40, ...(mutable && { mutable }) })
  if (typeof whole === 'string') throw new Error(whole)
  return whole
}

describe('split and merged back', () => {
  test('a track is seen where it was, on every frame', () => {
    fc.assert(
      fc.property(keyframeLists, fc.nat(34), (keyframes, frame) => {
        const whole = track(keyframes)
        const parts = splitTrack(whole, frame, 2 as AnnotationId)
        if (!parts) return
        const back = merged(parts)
        for (const at of FRAMES) expect(seen(back, at)).toEqual(seen(whole, at))
        expect(back.id).toBe(whole.id)
      }),
    )
  })

  test('between keyframes nothing is left of the split: the keyframes are those there were', () => {
    const polygon = track(
      [key(0, [0, 0, 10, 0, 10, 10]), key(9, [0, 0, 20, 0, 20, 20, 0, 20]), key(20, box(1))],
      'polygon',
    )
    for (const frame of [1, 4, 9, 10, 15, 20, 25]) {
      const parts = splitTrack(polygon, frame, 2 as AnnotationId)
      expect(parts?.[1].keyframes[0]?.frame).toBe(frame)
      expect(merged(parts ?? [])).toEqual(polygon)
    }
  })

  test('in either order the result is the same but for the id', () => {
    const whole = track([key(0, box(0)), key(8, box(80))])
    const [left, right] = splitTrack(whole, 4, 2 as AnnotationId) ?? []
    if (!left || !right) throw new Error('not split')
    expect(merged([right, left]).keyframes).toEqual(merged([left, right]).keyframes)
  })

  test('what was changed in between stays', () => {
    const whole = track([key(0, box(0)), key(8, box(80))])
    const [left, right] = splitTrack(whole, 4, 2 as AnnotationId) ?? []
    if (!left || !right) throw new Error('not split')
    const moved = { ...right, keyframes: [key(4, box(300)), ...right.keyframes.slice(1)] }
    expect(seen(merged([left, moved]), 4)?.points).toEqual(box(300))
    expect(rounded(shapeOn(merged([left, moved]), 2)?.points)).toEqual(box(20))
  })

  test('split where it is not seen, the second begins where it is seen again', () => {
    const gap = track([key(0, box(0)), key(5, box(0), { outside: true }), key(12, box(50))])
    const parts = splitTrack(gap, 8, 2 as AnnotationId)
    expect(parts?.map(({ frame }) => frame)).toEqual([0, 12])
    expect(merged(parts ?? [])).toEqual(gap)
  })
})

describe('merging', () => {
  const ended = (from: number, to: number, x: number, id: number): Track =>
    track(
      [key(from, box(x)), key(to, box(x)), key(to + 1, box(x), { outside: true })],
      'rectangle',
      id,
    )

  test('across a gap the object is not seen in between', () => {
    const whole = merged([ended(0, 4, 0, 1), ended(10, 14, 100, 2)])
    expect([4, 5, 9, 10, 15].map((at) => seen(whole, at) !== null)).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
  })

  test('a track that never went outside leads over to the next', () => {
    const whole = merged([track([key(0, box(0))]), track([key(10, box(100))], 'rectangle', 2)])
    expect(rounded(shapeOn(whole, 5)?.points)).toEqual(box(50))
  })

  test('shapes fill the gaps of a track, whatever the order of picking', () => {
    const parts = [shape(3, 5, box(50)), ended(0, 4, 0, 1), shape(4, 6, box(60))]
    for (const list of [parts, [...parts].reverse()]) {
      const whole = merged(list)
      expect([4, 5, 6, 7].map((at) => seen(whole, at)?.points?.[0] ?? null)).toEqual([
        0,
        50,
        60,
        null,
      ])
    }
  })

  test('an end that lies in another part is none', () => {
    const twice = track([
      ...[key(0, box(0)), key(3, box(0), { outside: true })],
      key(12, box(0), { outside: true }),
    ])
    const whole = merged([twice, ended(10, 14, 70, 2)])
    expect(seen(whole, 13)?.points).toEqual(box(70))
  })

  test.each<[string, (Shape | Track)[], string]>([
    ['two tracks beside each other', [ended(0, 10, 0, 1), ended(5, 15, 50, 2)], 'overlap'],
    ['a shape while the track is seen', [ended(0, 10, 0, 1), shape(2, 5, box(9))], 'overlap'],
    ['two shapes of a frame', [shape(1, 5, box(0)), shape(2, 5, box(9))], 'same-frame'],
    [
      'two labels',
      [shape(1, 5, box(0)), { ...shape(2, 6, box(9)), labelId: 2 as LabelId }],
      'labels-differ',
    ],
    [
      'two types',
      [shape(1, 5, box(0)), { ...shape(2, 6, box(9)), type: 'ellipse' }],
      'types-differ',
    ],
    ['one part', [shape(1, 5, box(0))], 'too-few'],
  ])('%s is refused', (_name, parts, problem) => {
    expect(mergeToTrack(parts, { lastFrame: 40 })).toBe(problem)
  })

  test('mutable attributes of shapes become those of keyframes; a silent part has the default', () => {
    const speed = 7 as AttributeId
    const said = (id: number, frame: number, value?: string): Shape => ({
      ...shape(id, frame, box(0)),
      attributes: value === undefined ? [] : [{ specId: speed, value }],
    })
    const whole = merged(
      [said(1, 0, 'fast'), said(2, 1), said(3, 2, 'slow')],
      new Map([[speed, 'none']]),
    )
    expect(whole.attributes).toEqual([])
    expect([0, 1, 2].map((at) => shapeOn(whole, at)?.attributes[0]?.value)).toEqual([
      'fast',
      'none',
      'slow',
    ])
  })
})

describe('a range taken out of a track', () => {
  const range = fc.tuple(fc.nat(32), fc.nat(32)).map(([a, b]) => ({
    first: Math.min(a, b),
    last: Math.max(a, b),
  }))
  test('is not seen there and unchanged elsewhere; what was taken is the rest', () => {
    fc.assert(
      fc.property(keyframeLists, range, (keyframes, { first, last }) => {
        const whole = track(keyframes)
        const [rest, part] = [
          withoutRange(whole, { first, last }, 35),
          onlyRange(whole, { first, last }, 35),
        ]
        for (const at of FRAMES) {
          const isInside = at >= first && at <= last
          expect(seen(rest, at)).toEqual(isInside ? null : seen(whole, at))
          expect(seen(part, at)).toEqual(isInside ? seen(whole, at) : null)
        }
        for (const one of [rest, part])
          if (one) expect(positionOn(one, one.frame)?.outside).toBe(false)
      }),
    )
  })
})
