import { expect, test } from 'vitest'
import type { Shape, SkeletonElement, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { withJoints, withJointsOccluded } from './with-joints.ts'

const joint = (id: number, more: Partial<SkeletonElement> = {}): SkeletonElement => ({
  ...{ labelId: id as LabelId, points: [id, id], occluded: false, outside: false, attributes: [] },
  ...more,
})
const shape = (elements: SkeletonElement[]): Shape => ({
  ...{ kind: 'shape', id: 1 as AnnotationId, frame: 0, labelId: 9 as LabelId, group: 0 },
  ...{ source: 'manual', attributes: [], type: 'skeleton', points: [], rotation: 0 },
  ...{ occluded: false, zOrder: 0, score: null, elements },
})

test('a whole skeleton is occluded by its joints; outside ones stay as they are', () => {
  const before = shape([joint(1), joint(2, { outside: true })])
  const after = withJointsOccluded(before, true)
  expect(after.occluded).toBe(true)
  expect(after.elements).toEqual([joint(1, { occluded: true }), joint(2, { outside: true })])
})

test('of a track, the joints of every keyframe change, or nothing does', () => {
  const keyframe = (frame: number, elements: SkeletonElement[]) => ({
    ...{ frame, points: [], rotation: 0, occluded: false, outside: false, zOrder: 0 },
    ...{ attributes: [], elements },
  })
  const keyframes = [keyframe(0, [joint(1)]), keyframe(4, [joint(1), joint(2)])]
  const { points: _, score: __, ...rest } = shape([])
  const track = { ...rest, kind: 'track', keyframes } as unknown as Track
  const lifted = withJoints(track, (all) => all.map((one) => ({ ...one, outside: true })))
  expect((lifted as Track).keyframes.map(({ elements }) => elements.length)).toEqual([1, 2])
  expect(withJoints(track, (all) => (all.length === 2 ? null : [...all]))).toBeNull()
})
