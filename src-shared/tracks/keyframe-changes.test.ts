import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Keyframe } from '#shared/domain/annotation.ts'
import { keyframeChanges } from './keyframe-changes.ts'

const keyframe = (frame: number, x: number): Keyframe => ({
  ...{ frame, points: [x, 0, x + 1, 1], rotation: 0, occluded: false, outside: false, zOrder: 0 },
  ...{ attributes: [], elements: [] },
})
const list = fc
  .uniqueArray(fc.nat(12), { maxLength: 8 })
  .chain((frames) =>
    fc.tuple(
      ...frames.sort((a, b) => a - b).map((frame) => fc.nat(2).map((x) => keyframe(frame, x))),
    ),
  )

test('taking away what is gone and adding what has come makes the one list of the other', () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const { gone, come } = keyframeChanges(before, after)
      const kept = before.filter(({ frame }) => !gone.includes(frame))
      expect([...kept, ...come].sort((a, b) => a.frame - b.frame)).toEqual(after)
    }),
  )
})

test('what says the same is not touched', () => {
  const before = [keyframe(0, 0), keyframe(3, 1), keyframe(9, 2)]
  const after = [keyframe(0, 0), keyframe(3, 5), keyframe(9, 2)]
  expect(keyframeChanges(before, after)).toEqual({ gone: [3], come: [after[1]] })
  expect(keyframeChanges(before, structuredClone(before))).toEqual({ gone: [], come: [] })
})
