import { expect, test } from 'vitest'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '#shared/domain/ids.ts'
import {
  endOf,
  gapCount,
  hasKeyframe,
  isSeenOn,
  keyframeBefore,
  laneOf,
  seenFrames,
  startOf,
  unpackLane,
} from './lane.ts'
import { lane } from './testing.ts'

test.each([
  ['before the first', 3, -1],
  ['on one', 5, 0],
  ['between two', 8, 0],
  ['after the last', 99, 2],
])('the keyframe %s', (_what, frame, at) => {
  expect(keyframeBefore(lane(1, 5, 9, 20), frame)).toBe(at)
})

test.each<[string, ReturnType<typeof lane>, (number | null)[]]>([
  ['stays to the last frame', lane(1, 5, 9), [5, 29, 25, 0]],
  ['ends', lane(1, 5, 9, '12o'), [5, 11, 7, 0]],
  ['goes and comes back', lane(1, 5, '9o', 15, '20o'), [5, 19, 9, 1]],
  ['begins unseen', lane(1, '2o', 5, '9o'), [5, 8, 4, 0]],
  ['is never seen', lane(1, '2o'), [null, null, 0, 0]],
  ['begins on the last frame', lane(1, 29), [29, 29, 1, 0]],
])('a track that %s', (_what, one, [start, end, seen, gaps]) => {
  expect([startOf(one), endOf(one, 29), seenFrames(one, 29), gapCount(one)]).toEqual([
    start,
    end,
    seen,
    gaps,
  ])
})

test('is it a keyframe, is it seen', () => {
  const one = lane(1, 5, '9o', 15)
  expect([4, 5, 8, 9, 14, 15].map((frame) => isSeenOn(one, frame))).toEqual([
    ...[false, true, true, false, false, true],
  ])
  expect([5, 6, 9].map((frame) => hasKeyframe(one, frame))).toEqual([true, false, true])
})

test('a track and what the core packs of it are one lane', () => {
  const at = (frame: number, said: Partial<Keyframe>): Keyframe => ({
    ...{ frame, points: [0, 0, 1, 1], rotation: 0, occluded: false, outside: false, zOrder: 0 },
    ...{ attributes: [], elements: [] },
    ...said,
  })
  const value = { specId: 3 as AttributeId, value: 'red' }
  const head = {
    ...{ id: 4 as AnnotationId, labelId: 2 as LabelId, group: 7, source: 'file' as const },
    type: 'ellipse' as const,
  }
  const track: Track = {
    ...{ kind: 'track', ...head, frame: 1, attributes: [] },
    keyframes: [at(1, { occluded: true }), at(6, { outside: true, attributes: [value] })],
  }
  const packed = { ...head, attributes: [value], keyframes: [1 * 4 + 2, 6 * 4 + 1] }
  expect(laneOf(track)).toEqual(unpackLane(packed))
})
