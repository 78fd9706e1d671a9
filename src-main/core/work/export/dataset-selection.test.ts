import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { createFinder } from './dataset-selection.ts'

const FRAMES = 14
const label = labelSchema.parse({
  ...{
    id: 1,
    name: 'car',
    color: '#000000',
    type: 'any',
    attributes: [],
    svg: null,
    sublabels: [],
  },
})

const anyTrack: fc.Arbitrary<Track> = fc
  .uniqueArray(
    fc.record({
      frame: fc.nat(FRAMES - 1),
      x: fc.nat(40),
      width: fc.integer({ min: 1, max: 30 }),
      occluded: fc.boolean(),
      outside: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5, selector: (one) => one.frame },
  )
  .map((places) => {
    const keyframes = places
      .toSorted((a, b) => a.frame - b.frame)
      .map(({ frame, x, width, occluded, outside }): Keyframe => {
        const form = { points: [x, 1, x + width, 9], rotation: 0, zOrder: 0, elements: [] }
        return { frame, occluded, outside, attributes: [], ...form }
      })
    const common = { labelId: 1 as LabelId, group: 0, source: 'manual' as const, attributes: [] }
    const frame = keyframes[0]?.frame ?? 0
    return { kind: 'track', id: 1 as AnnotationId, ...common, type: 'rectangle', frame, keyframes }
  })

test.each([
  'width > 12',
  'occluded == true',
  'frame >= 4 and frame <= 8',
  'label == "car"',
  'label == "bus"',
])('where %s holds a track is as it was, elsewhere it is not seen', (text) => {
  const finder = createFinder(text, [label])
  if (!finder) throw new Error('no filter')
  fc.assert(
    fc.property(anyTrack, (track) => {
      const part = finder.partOf(track, { start: 0, stop: FRAMES - 1 })
      for (let frame = 0; frame < FRAMES; frame += 1) {
        const before = shapeOn(track, frame)
        const after = part && shapeOn(part, frame)
        const isFound = before !== null && finder.isFound(track, frame)
        expect(after?.occluded ?? null).toBe(isFound ? before.occluded : null)
        for (const [at, value] of (isFound ? before.points : []).entries())
          expect(after?.points[at]).toBeCloseTo(value, 6)
      }
    }),
  )
})

test('no filter is no finder', () => expect(createFinder('  ', [label])).toBeNull())
