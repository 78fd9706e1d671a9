import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Keyframe, Track } from '../domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '../domain/ids.ts'
import { applyAll, invertAll } from '../operations/algebra.ts'
import type { AnnotationOperation } from '../operations/operation.ts'
import { positionOn } from './interpolate.ts'
import {
  commonRoom,
  deleteKeyframesIn,
  dropOutside,
  firstSeen,
  lastSeen,
  moveKeyframe,
  shiftKeyframes,
  shiftRoom,
  trimTrack,
} from './retime.ts'

const range = { start: 0, stop: 30 }

/** `10` a keyframe on frame 10 with its left edge at x = 10, `10o` one that is outside. */
function track(...said: readonly (number | string)[]): Track {
  const keyframes = said.map((one): Keyframe => {
    const frame = Number.parseInt(String(one), 10)
    return {
      frame,
      points: [frame, 0, frame + 10, 10],
      rotation: 0,
      occluded: false,
      outside: String(one).endsWith('o'),
      zOrder: 0,
      attributes: [],
      elements: [],
    }
  })
  return {
    kind: 'track',
    id: 1 as AnnotationId,
    frame: keyframes[0]?.frame ?? 0,
    labelId: 1 as LabelId,
    group: 0,
    source: 'manual',
    attributes: [{ specId: 9 as AttributeId, value: 'red' }],
    type: 'rectangle',
    keyframes,
  }
}

const told = ({ keyframes }: Track) =>
  keyframes.map(({ frame, outside }) => `${frame}${outside ? 'o' : ''}`).join(' ')

describe('a keyframe on another frame', () => {
  test.each<[string, Track, from: number, to: number, string]>([
    ['goes there', track(0, 10, 20), 10, 15, '0 15 20'],
    ['stops at the next one', track(0, 10, 20), 10, 25, '0 19 20'],
    ['stops at the one before', track(0, 10, 20), 10, 0, '0 1 20'],
    ['stops at the ends of the job', track(5, 10), 5, -4, '0 10'],
    ['the last one too', track(5, 10), 10, 99, '5 30'],
    ['there is none there', track(5, 10), 7, 9, '5 10'],
    ['stays outside', track(5, '10o'), 10, 20, '5 20o'],
  ])('%s', (_what, before, from, to, after) => {
    expect(told(moveKeyframe(before, from, to, range))).toBe(after)
  })

  test('keeps what it states, and its track begins where its first keyframe is', () => {
    const moved = moveKeyframe(track(5, 10), 5, 3, range)
    expect(moved.frame).toBe(3)
    expect(moved.keyframes[0]?.points).toEqual([5, 0, 15, 10])
  })

  test('what lies outside of the job does not move', () => {
    const before = track(2, 12)
    expect(moveKeyframe(before, 2, 4, { start: 5, stop: 20 })).toBe(before)
    expect(told(moveKeyframe(before, 12, 1, { start: 5, stop: 20 }))).toBe('2 5')
  })
})

describe('keyframes moved together', () => {
  test('stop as soon as one of them is at a neighbour', () => {
    expect(told(shiftKeyframes(track(0, 5, 8, 20), { start: 4, stop: 9 }, 40, range))).toBe(
      '0 16 19 20',
    )
  })

  test('of several tracks by what each has room for', () => {
    const chosen = { start: 4, stop: 9 }
    const rooms = [track(0, 5, 12), track(2, 8, 9)].map((one) => shiftRoom(one, chosen, range))
    expect(rooms).toEqual([
      { back: -4, on: 6 },
      { back: -5, on: 21 },
    ])
    expect(commonRoom(rooms)).toEqual({ back: -4, on: 6 })
  })
})

describe('keyframes taken away', () => {
  test.each<[string, Track, [number, number], string]>([
    ['those in the range', track(0, 5, 10, 20), [4, 12], '0 20'],
    ['the first: it begins later', track(0, 5, 10), [0, 3], '5 10'],
    ['all: the first stays', track(0, 5, 10), [0, 30], '0'],
    ['none', track(0, 10), [3, 8], '0 10'],
  ])('%s', (_what, before, [start, stop], after) => {
    expect(told(deleteKeyframesIn(before, { start, stop }, range))).toBe(after)
  })

  test.each<[string, Track, [number, number], string]>([
    ['a gap closes', track(0, '5o', 10, '20o'), [3, 12], '0 10 20o'],
    ['the end opens', track(0, '5o', 10, '20o'), [15, 30], '0 5o 10'],
    ['one that is never seen stays', track('4o'), [0, 30], '4o'],
  ])('outside ones: %s', (_what, before, [start, stop], after) => {
    expect(told(dropOutside(before, { start, stop }, range))).toBe(after)
  })
})

describe('the end of a track', () => {
  test.each<[string, Track, number, string]>([
    ['cut between two keyframes', track(0, 20), 10, '0 10 11o'],
    ['cut on a keyframe', track(0, 10, 20), 10, '0 10 11o'],
    ['cut to one frame', track(5, 20), 5, '5 6o'],
    ['no farther than its first frame', track(5, 20), 0, '5 6o'],
    ['cut in a gap: it ended before it', track(0, '5o', 10, 20), 7, '0 5o'],
    ['moved on', track(0, 10, '11o'), 20, '0 10 21o'],
    ['moved on to the last frame: it stays', track(0, 10, '11o'), 30, '0 10'],
    ['beyond the last frame', track(0, 10, '11o'), 99, '0 10'],
    [
      'moved on from between keyframes: those frames stay as they are',
      track(0, '11o'),
      20,
      '0 10 21o',
    ],
    ['where it is already', track(0, '11o'), 10, '0 11o'],
  ])('%s', (_what, before, frame, after) => {
    expect(told(trimTrack(before, 'end', frame, range))).toBe(after)
  })
})

describe('the start of a track', () => {
  test.each<[string, Track, number, string]>([
    ['cut between two keyframes', track(0, 20), 10, '10 20'],
    ['cut on a keyframe', track(0, 10, 20), 10, '10 20'],
    ['cut in a gap: it begins after it', track(0, '5o', 10, 20), 7, '10 20'],
    ['moved back', track(10, 20), 4, '4 10 20'],
    ['moved back over where it was not seen', track('2o', 10, 20), 4, '4 10 20'],
    ['beyond the first frame', track(10, 20), -5, '0 10 20'],
    ['no farther than its last frame', track(0, 10, '13o'), 20, '12 13o'],
  ])('%s', (_what, before, frame, after) => {
    const trimmed = trimTrack(before, 'start', frame, range)
    expect(told(trimmed)).toBe(after)
    expect(trimmed.frame).toBe(trimmed.keyframes[0]?.frame)
  })

  test('cut, it begins with the values it has by then', () => {
    const before = track(0, 10, 20)
    const said = [{ specId: 1 as AttributeId, value: 'left' }]
    const [first, ...others] = before.keyframes
    if (!first) throw new Error('no keyframe')
    const speaking = { ...before, keyframes: [{ ...first, attributes: said }, ...others] }
    expect(trimTrack(speaking, 'start', 15, range).keyframes[0]?.attributes).toEqual(said)
  })

  test('in an earlier job, it is left alone', () => {
    const before = track(0, 20)
    expect(trimTrack(before, 'start', 12, { start: 10, stop: 30 })).toBe(before)
  })
})

describe('a skeleton whose keyframes state some joints only', () => {
  const joint = (labelId: number, x: number) => ({
    labelId: labelId as LabelId,
    points: [x, 0],
    occluded: false,
    outside: false,
    attributes: [],
  })
  const walker: Track = {
    ...track(0, 10, 20),
    type: 'skeleton',
    keyframes: [
      { ...(track(0).keyframes[0] as Keyframe), points: [], elements: [joint(1, 0), joint(2, 50)] },
      { ...(track(10).keyframes[0] as Keyframe), points: [], elements: [joint(1, 10)] },
      { ...(track(20).keyframes[0] as Keyframe), points: [], elements: [joint(2, 70)] },
    ],
  }

  test('moves with a keyframe only the joints it states', () => {
    const moved = moveKeyframe(walker, 10, 14, range)
    expect(moved.keyframes[1]?.elements).toEqual([joint(1, 10)])
    expect(positionOn(moved, 7)?.elements.map(({ points }) => points[0])).toEqual([5, 57])
  })

  test.each([3, 10, 17])('cut at %i, every joint stays where it is until then', (end) => {
    const cut = trimTrack(walker, 'end', end, range)
    for (let frame = 0; frame <= end; frame += 1)
      expect(positionOn(cut, frame)?.elements).toEqual(positionOn(walker, frame)?.elements)
  })
})

const tracks = fc
  .uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 })
  .chain((frames) =>
    fc.tuple(
      fc.constant(frames.toSorted((a, b) => a - b)),
      fc.array(fc.boolean(), { minLength: frames.length, maxLength: frames.length }),
    ),
  )
  .map(([frames, outside]) =>
    track(...frames.map((frame, at) => (outside[at] ? `${frame}o` : frame))),
  )
const frame = fc.integer({ min: -5, max: 35 })
const span = fc
  .tuple(frame, frame)
  .map(([a, b]) => ({ start: Math.min(a, b), stop: Math.max(a, b) }))
const jobs = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .map(([a, b]) => ({ start: Math.min(a, b), stop: Math.max(a, b) }))
const edits = fc.oneof(
  fc.tuple(frame, frame, jobs).map(
    ([a, b, job]) =>
      (one: Track) =>
        moveKeyframe(one, a, b, job),
  ),
  fc.tuple(span, fc.integer({ min: -40, max: 40 }), jobs).map(
    ([chosen, by, job]) =>
      (one: Track) =>
        shiftKeyframes(one, chosen, by, job),
  ),
  fc.tuple(span, jobs).map(
    ([chosen, job]) =>
      (one: Track) =>
        deleteKeyframesIn(one, chosen, job),
  ),
  fc.tuple(span, jobs).map(
    ([chosen, job]) =>
      (one: Track) =>
        dropOutside(one, chosen, job),
  ),
  fc.tuple(fc.constantFrom('start' as const, 'end' as const), frame, jobs).map(
    ([edge, at, job]) =>
      (one: Track) =>
        trimTrack(one, edge, at, job),
  ),
)

test('whatever is done, frames stay unique, in order and on the task, and the track begins with its first keyframe', () => {
  fc.assert(
    fc.property(tracks, fc.array(edits, { maxLength: 5 }), (before, steps) => {
      const after = steps.reduce((one, step) => step(one), before)
      const frames = after.keyframes.map((keyframe) => keyframe.frame)
      expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b))
      expect(frames.length).toBeGreaterThan(0)
      expect(frames.every((at) => at >= 0 && at <= 30)).toBe(true)
      expect(after.frame).toBe(frames[0])
      expect({ ...after, keyframes: [], frame: 0 }).toEqual({ ...before, keyframes: [], frame: 0 })
    }),
  )
})

test('undo gives back exactly what was there', () => {
  fc.assert(
    fc.property(tracks, edits, (before, edit) => {
      const whole = structuredClone(before)
      const step: AnnotationOperation[] = [{ kind: 'update', before, after: edit(before) }]
      const start = new Map([[before.id, before]])
      expect(applyAll(applyAll(start, step), invertAll(step)).get(before.id)).toEqual(whole)
    }),
  )
})

test('shifting on and back again is nothing, as far as there was room', () => {
  fc.assert(
    fc.property(tracks, span, fc.integer({ min: -9, max: 9 }), (before, chosen, by) => {
      const room = shiftRoom(before, chosen, range)
      fc.pre(by >= room.back && by <= room.on)
      const there = shiftKeyframes(before, chosen, by, range)
      const meant = before.keyframes.filter(
        (one) => one.frame >= Math.max(0, chosen.start) && one.frame <= Math.min(30, chosen.stop),
      )
      const [first, last] = [meant[0], meant.at(-1)]
      if (!first || !last) return
      const back = { start: first.frame + by, stop: last.frame + by }
      expect(shiftKeyframes(there, back, -by, range)).toEqual(before)
    }),
  )
})

test('a trimmed track is seen up to there, and looks as it did on the frames that stay', () => {
  fc.assert(
    fc.property(tracks, fc.integer({ min: 0, max: 30 }), (before, at) => {
      const [start, end] = [firstSeen(before), lastSeen(before, range.stop)]
      fc.pre(start !== null && end !== null && at >= (start ?? 0))
      const after = trimTrack(before, 'end', at, range)
      const isGap = positionOn(before, at)?.outside ?? false
      if (!isGap || at > (end ?? 0)) expect(lastSeen(after, range.stop)).toBe(at)
      for (let frame = start ?? 0; frame <= Math.min(at, end ?? 0); frame += 1) {
        const [was, is] = [positionOn(before, frame), positionOn(after, frame)]
        expect(is?.outside).toBe(was?.outside)
        if (!was?.outside) expect(is?.points[0]).toBeCloseTo(was?.points[0] ?? Number.NaN, 9)
      }
    }),
  )
})
