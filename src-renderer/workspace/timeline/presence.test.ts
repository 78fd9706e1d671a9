import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSeenOn, type Lane } from './lane.ts'
import { highest, Presence } from './presence.ts'
import { lane } from './testing.ts'

const SIZE = 24
const lanes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: SIZE - 1 }), fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  })
  .map((said) => {
    const places = new Map(said)
    const frames = [...places.keys()].sort((a, b) => a - b)
    return lane(1, ...frames.map((frame) => `${frame}${places.get(frame) ? 'o' : ''}`))
  })

const counted = (all: readonly Lane[]) =>
  Array.from({ length: SIZE }, (_, frame) => all.filter((one) => isSeenOn(one, frame)).length)

test('counts what is seen on each frame, whatever came and went', () => {
  fc.assert(
    fc.property(fc.array(lanes), fc.array(lanes), (stay, go) => {
      const presence = new Presence(SIZE)
      for (const one of [...stay, ...go]) presence.add(one, 1)
      for (const one of go) presence.add(one, -1)
      expect([...presence.counts()]).toEqual(counted(stay))
    }),
  )
})

test('each part has the most of its frames; fewer frames than parts are drawn broad', () => {
  expect([...highest(Uint32Array.from([1, 5, 2, 0]), 2)]).toEqual([5, 2])
  expect([...highest(Uint32Array.from([3, 1]), 4)]).toEqual([3, 3, 1, 1])
})
