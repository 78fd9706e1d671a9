import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameAt, lastUpTo, presentationTimes } from './frame-times.ts'

const none = Number.NaN

test.each([
  ['times of the packets', [10, 20, 35], [0, 10, 20], [10, 20, 35]],
  ['a start before zero', [-20, -10, 0], [-20, -10, 0], [-20, -10, 0]],
  ['no time at all', [none, none, none], [none, none, none], [0, 1, 2]],
  ['only decoding times, as in AVI', [none, none, none], [0, 2, 4], [0, 2, 4]],
  ['a time missing in between', [10, none, 30], [none, none, none], [10, 11, 30]],
  ['a time twice', [10, 10, 30], [0, 10, 20], [10, 11, 30]],
  ['two recordings in one file', [10, 20, 0, 10], [10, 20, 0, 10], [10, 20, 21, 22]],
])('%s', (_name, times, decoding, expected) => {
  expect([
    ...presentationTimes(
      times,
      decoding.map((dts) => ({ dts })),
    ),
  ]).toEqual(expected)
})

test('whatever the packets say, times ascend', () => {
  const time = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(none))
  fc.assert(
    fc.property(fc.array(fc.record({ pts: time, dts: time }), { minLength: 1 }), (packets) => {
      const found = presentationTimes(
        packets.map(({ pts }) => pts),
        packets,
      )
      expect(found).toHaveLength(packets.length)
      for (let n = 1; n < found.length; n += 1)
        expect(found[n]).toBeGreaterThan(found[n - 1] ?? Number.POSITIVE_INFINITY)
    }),
  )
})

test('frames are found by time and keyframes by frame', () => {
  const times = Float64Array.of(-5, 0, 40, 41)
  expect([-5, 40, 41, 7, 99].map((time) => frameAt(times, time))).toEqual([0, 2, 3, -1, -1])
  const keyframes = Uint32Array.of(0, 12, 24)
  expect([0, 11, 12, 23, 99].map((n) => lastUpTo(keyframes, n))).toEqual([0, 0, 1, 1, 2])
})
