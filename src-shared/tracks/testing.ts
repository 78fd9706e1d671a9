import fc from 'fast-check'
import type { Keyframe, Shape, ShapeType, Track } from '../domain/annotation.ts'
import type { AnnotationId, LabelId } from '../domain/ids.ts'

/** Shared by the tests of this folder. */

export const key = (
  frame: number,
  points: readonly number[],
  more: Partial<Keyframe> = {},
): Keyframe => ({
  ...{ frame, points: [...points], rotation: 0, occluded: false, outside: false, zOrder: 0 },
  ...{ attributes: [], elements: [], ...more },
})

export function track(keyframes: Keyframe[], type: ShapeType = 'rectangle', id = 1): Track {
  return {
    ...{ kind: 'track', id: id as AnnotationId, frame: keyframes[0]?.frame ?? 0, group: 0 },
    ...{ labelId: 1 as LabelId, source: 'manual', attributes: [], type, keyframes },
  }
}

export function shape(id: number, frame: number, points: number[], labelId = 1): Shape {
  return {
    ...{ kind: 'shape', id: id as AnnotationId, frame, labelId: labelId as LabelId, group: 0 },
    ...{ source: 'manual', attributes: [], type: 'rectangle', points, rotation: 0 },
    ...{ occluded: false, zOrder: 0, score: null, elements: [] },
  }
}

/** The upright square of this side with its corner at x, 0. */
export const box = (x: number, side = 10): number[] => [x, 0, x + side, side]

/** Rectangle tracks of a few keyframes on frames 0 … 30, some of them outside, the first one never. */
export const keyframeLists: fc.Arbitrary<Keyframe[]> = fc
  .uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 })
  .chain((frames) =>
    fc.tuple(
      ...frames
        .sort((a, b) => a - b)
        .map((frame, at) =>
          fc
            .tuple(fc.nat(500), fc.boolean(), fc.nat(359), fc.boolean())
            .map(([x, outside, rotation, occluded]) =>
              key(frame, box(x), { outside: outside && at > 0, rotation, occluded }),
            ),
        ),
    ),
  )

/** A number as far as people see it. */
export const rounded = (values: readonly number[] | undefined): number[] | undefined =>
  values?.map((value) => Math.round(value * 1e6) / 1e6)
