import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Keyframe, Track } from '../domain/annotation.ts'
import type { LabelId } from '../domain/ids.ts'
import { key, track } from '../tracks/testing.ts'
import { invert } from './algebra.ts'
import type { Operation } from './operation.ts'
import { invertEdit, packed, sentOperationSchema, unpackAll, unpacked } from './track-edit.ts'

const long = (count = 60): Track =>
  track(Array.from({ length: count }, (_, at) => key(at * 3, [at, 0, at + 9, 9])))
const update = (before: Track, after: Track): Operation => ({ kind: 'update', before, after })

/** A few keyframes of a long track moved, taken away or added, and what belongs to all of it changed. */
const edited = fc
  .array(fc.tuple(fc.nat(200), fc.nat(500), fc.boolean()), { minLength: 1, maxLength: 8 })
  .chain((changes) => fc.tuple(fc.constant(changes), fc.nat(3)))
  .map(([changes, group]): Track => {
    const before = long()
    const keyframes = new Map<number, Keyframe>(before.keyframes.map((one) => [one.frame, one]))
    for (const [frame, x, gone] of changes)
      if (gone) keyframes.delete(frame)
      else keyframes.set(frame, key(frame, [x, 1, x + 9, 10]))
    const list = [...keyframes.values()].sort((a, b) => a.frame - b.frame)
    return { ...before, group, frame: list[0]?.frame ?? 0, keyframes: list }
  })

test('what was packed is, unpacked, what it was; and its inverse the inverse', () => {
  fc.assert(
    fc.property(edited, (after) => {
      const before = long()
      const sent = packed(update(before, after))
      if (sent.kind !== 'track') throw new Error('sent whole')
      expect(sentOperationSchema.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent)
      expect(unpacked(sent, before)).toEqual(update(before, after))
      expect(unpacked(invertEdit(sent), after)).toEqual(invert(update(before, after)))
      expect(invertEdit(invertEdit(sent))).toEqual(sent)
    }),
  )
})

test('one keyframe moved is one keyframe sent', () => {
  const before = long()
  const keyframes = before.keyframes.map((one) => (one.frame === 9 ? key(9, [7, 7, 8, 8]) : one))
  expect(packed(update(before, { ...before, keyframes }))).toMatchObject({
    kind: 'track',
    keyframes: [{ frame: 9, after: { points: [7, 7, 8, 8] } }],
  })
})

test.each<[string, Operation]>([
  ['a short track', update(long(5), { ...long(5), group: 2 })],
  ['a track with another label', update(long(), { ...long(), labelId: 2 as LabelId })],
  [
    'a track drawn anew',
    update(long(), track(long().keyframes.map((one) => key(one.frame, [1, 1, 2, 2])))),
  ],
  ['a new track', { kind: 'create', after: long() }],
])('%s is sent whole', (_name, operation) => {
  expect(packed(operation)).toBe(operation)
})

test('several edits of one track follow each other; of a track nobody has there is nothing to unpack', () => {
  const [a, b] = [long(), { ...long(), group: 1 }]
  const c = { ...b, group: 2 }
  const sent = [packed(update(a, b)), packed(update(b, c))]
  expect(unpackAll(sent, () => a)).toEqual([update(a, b), update(b, c)])
  expect(unpackAll(sent, () => undefined)).toBeNull()
})
