import { describe, expect, test } from 'vitest'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Proposal } from '#shared/domain/prediction.ts'
import { notYetHere } from './already-here.ts'

const box = (points: number[], more: Partial<Shape> = {}): Shape => ({
  ...{ kind: 'shape', id: 1 as AnnotationId, frame: 0 as FrameIndex, labelId: 1 as LabelId },
  ...{ group: 0, source: 'auto', attributes: [], type: 'rectangle', points, rotation: 0 },
  ...{ occluded: false, zOrder: 0, score: 0.5, elements: [] },
  ...more,
})
const proposed = ({ id: _, ...rest }: Annotation): Proposal => rest as Proposal
const tag = (labelId: number): Annotation => ({
  ...{ kind: 'tag', id: 2 as AnnotationId, frame: 0 as FrameIndex, labelId: labelId as LabelId },
  ...{ group: 0, source: 'auto', attributes: [] },
})

describe('a detector that is run again', () => {
  test('makes nothing twice, whatever its score is now', () => {
    const here = box([10, 10, 50, 40])
    expect(notYetHere([proposed({ ...here, score: 0.9, zOrder: 4 })], [here])).toEqual([])
    expect(notYetHere([proposed({ ...here, points: [10.2, 10, 50, 39.8] })], [here])).toEqual([])
  })

  test.each<[string, Partial<Shape>]>([
    ['another label', { labelId: 2 as LabelId }],
    ['another place', { points: [10, 10, 52, 40] }],
    ['another type', { type: 'ellipse' }],
    ['turned', { rotation: 90 }],
    ['more points', { points: [10, 10, 50, 40, 60, 60] }],
  ])('keeps what is new: %s', (_what, change) => {
    const here = box([10, 10, 50, 40])
    const one = proposed({ ...here, ...change })
    expect(notYetHere([one], [here])).toEqual([one])
  })

  test('a tag is there once a frame', () => {
    expect(notYetHere([proposed(tag(1)), proposed(tag(2))], [tag(1)])).toEqual([proposed(tag(2))])
  })
})
