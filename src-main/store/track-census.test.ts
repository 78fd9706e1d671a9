import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Keyframe, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '#shared/domain/ids.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { countTracks, LiveFrames, type TrackCensus } from './track-census.ts'

const FRAMES = 12
const value = { specId: 1 as AttributeId, value: 'x' }

const anyKeyframe: fc.Arbitrary<Omit<Keyframe, 'frame'>> = fc.record({
  points: fc.constant([0, 0, 9, 9]),
  rotation: fc.constantFrom(0, 0, 30, 360, 350),
  occluded: fc.boolean(),
  outside: fc.boolean(),
  zOrder: fc.constantFrom(0, 3),
  attributes: fc.boolean().map((has) => (has ? [value] : [])),
  elements: fc.constant([]),
})

const anyTrack: fc.Arbitrary<Track> = fc
  .record({
    type: fc.constantFrom('rectangle' as const, 'ellipse' as const),
    group: fc.constantFrom(0, 2),
    source: fc.constantFrom('manual' as const, 'file' as const),
    attributes: fc.boolean().map((has) => (has ? [value] : [])),
    frames: fc.uniqueArray(fc.nat(FRAMES - 1), { minLength: 1, maxLength: 5 }),
    keyframes: fc.array(anyKeyframe, { minLength: 5, maxLength: 5 }),
  })
  .map(({ frames, keyframes, ...facts }) => {
    const sorted = frames.toSorted((a, b) => a - b)
    return {
      kind: 'track',
      id: 1 as AnnotationId,
      labelId: 1 as LabelId,
      ...facts,
      frame: sorted[0] ?? 0,
      keyframes: sorted.map((frame, at) => ({ ...(keyframes[at] as Keyframe), frame })),
    }
  })

/** Frame by frame, as an export writes them. */
function counted(tracks: readonly Track[], deleted: readonly number[]): TrackCensus {
  const frames = Array.from({ length: FRAMES }, (_, at) => at).filter((at) => !deleted.includes(at))
  const seen = tracks.map((track) => frames.flatMap((frame) => shapeOn(track, frame) ?? []))
  const shapes = seen.flat()
  const number = (test: (shape: (typeof shapes)[number]) => boolean) => shapes.filter(test).length
  const types = Object.groupBy(shapes, ({ type }) => type)
  return {
    tracks: seen.filter((list) => list.length > 0).length,
    shapes: Object.fromEntries(Object.entries(types).map(([type, list]) => [type, list.length])),
    rotatedRectangles: number((one) => one.type === 'rectangle' && !isUpright(one.rotation)),
    grouped: number((one) => one.group !== 0),
    sourced: number((one) => one.source !== 'file'),
    layered: number((one) => one.zOrder !== 0),
    occluded: number((one) => one.occluded),
    attributed: number((one) => one.attributes.length > 0),
  }
}

test('tracks count as the shapes they are on the frames they are seen on', () => {
  fc.assert(
    fc.property(
      fc.array(anyTrack, { maxLength: 4 }),
      fc.uniqueArray(fc.nat(FRAMES - 1)),
      (tracks, deleted) => {
        const live = new LiveFrames(FRAMES, deleted)
        expect(countTracks(tracks, live)).toEqual(counted(tracks, deleted))
      },
    ),
  )
})

test('a track of a million frames is counted by its keyframes', () => {
  const [track] = fc.sample(anyTrack, 1)
  const keyframe = track?.keyframes[0]
  if (!track || !keyframe) throw new Error('no track')
  const long = { ...track, frame: 0, keyframes: [{ ...keyframe, frame: 0, outside: false }] }
  const live = new LiveFrames(1_000_000, [5, 999_999])
  expect(countTracks([long], live).shapes).toEqual({ [track.type]: 999_998 })
})
