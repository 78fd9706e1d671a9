import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnnotationId, AttributeId } from '../domain/ids.ts'
import { countShapes, trackToShapes } from './convert.ts'
import { mergeToTrack } from './merge.ts'
import { shapeOn } from './on-frame.ts'
import { box, key, keyframeLists, track } from './testing.ts'

const idOf = (frame: number) => (frame + 100) as AnnotationId
const all = { first: 0, last: 35, every: 'frame', skipped: { isDeleted: () => false } } as const

test('each frame on which the track is seen gets the shape it is there', () => {
  fc.assert(
    fc.property(keyframeLists, fc.nat(35), fc.nat(35), (keyframes, a, b) => {
      const one = track(keyframes)
      const range = { ...all, first: Math.min(a, b), last: Math.max(a, b) }
      const shapes = [...trackToShapes(one, range, idOf)]
      const expected = Array.from({ length: 36 }, (_, frame) => shapeOn(one, frame))
        .filter((shape) => shape !== null)
        .filter(({ frame }) => frame >= range.first && frame <= range.last)
      expect(shapes).toEqual(expected.map((shape) => ({ ...shape, id: idOf(shape.frame) })))
      expect(countShapes(one, range)).toBe(shapes.length)
    }),
  )
})

test('shapes of all frames, merged, are the track again', () => {
  fc.assert(
    fc.property(keyframeLists, (keyframes) => {
      const one = track(keyframes)
      const shapes = [...trackToShapes(one, all, idOf)]
      const back = mergeToTrack(shapes, { lastFrame: 35 })
      if (typeof back === 'string') {
        expect(shapes.length).toBeLessThan(2)
        return
      }
      for (let frame = 0; frame <= 35; frame += 1) {
        const [was, is] = [shapeOn(one, frame), shapeOn(back, frame)]
        expect(is && { points: is.points, rotation: is.rotation, occluded: is.occluded }).toEqual(
          was && { points: was.points, rotation: was.rotation, occluded: was.occluded },
        )
      }
    }),
  )
})

test('only keyframes, not on deleted frames, with the values in force there', () => {
  const speed = { specId: 1 as AttributeId, value: 'fast' }
  const one = track([
    key(0, box(0), { attributes: [speed] }),
    key(4, box(40)),
    key(6, box(60)),
    key(8, box(60), { outside: true }),
    key(9, box(90)),
  ])
  const skipped = { isDeleted: (frame: number) => frame === 4 }
  const shapes = [...trackToShapes(one, { ...all, every: 'keyframe', skipped }, idOf)]
  expect(shapes.map(({ frame, attributes }) => [frame, attributes])).toEqual([
    [0, [speed]],
    [6, [speed]],
    [9, [speed]],
  ])
  expect(countShapes(one, { ...all, last: 8, skipped })).toBe(7)
})
