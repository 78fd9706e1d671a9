import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Annotation, Tag, Track } from '../domain/annotation.ts'
import type { AnnotationId, LabelId } from '../domain/ids.ts'
import { applyAll } from './algebra.ts'
import { isOnFrame, onFrame } from './on-frame.ts'
import type { Operation } from './operation.ts'

const tag = (id: number, frame: number): Tag => ({
  kind: 'tag',
  id: id as AnnotationId,
  frame,
  labelId: 1 as LabelId,
  group: 0,
  source: 'manual',
  attributes: [],
})
const track = (id: number, frame: number): Track => ({
  ...tag(id, frame),
  kind: 'track',
  type: 'rectangle',
  keyframes: [
    {
      frame,
      points: [0, 0, 1, 1],
      rotation: 0,
      occluded: false,
      outside: false,
      zOrder: 0,
      attributes: [],
      elements: [],
    },
  ],
})

describe('what an operation means for one frame', () => {
  const moved: Operation = { kind: 'update', before: tag(1, 2), after: tag(1, 5) }
  const later: Operation = { kind: 'update', before: track(1, 2), after: track(1, 5) }
  test.each<[string, Operation, number, string | null]>([
    ['a tag is created on its frame', { kind: 'create', after: tag(1, 2) }, 2, 'create'],
    ['and on no later one', { kind: 'create', after: tag(1, 2) }, 3, null],
    ['moved away, it is deleted here', moved, 2, 'delete'],
    ['and created there', moved, 5, 'create'],
    [
      'a track is created on its first keyframe',
      { kind: 'create', after: track(1, 2) },
      2,
      'create',
    ],
    ['and on every later frame', { kind: 'create', after: track(1, 2) }, 9, 'create'],
    ['and on none before', { kind: 'create', after: track(1, 2) }, 1, null],
    [
      'a track deleted is so on later frames too',
      { kind: 'delete', before: track(1, 2) },
      9,
      'delete',
    ],
    ['beginning later, it leaves the frames between', later, 3, 'delete'],
    ['and is changed on those after', later, 7, 'update'],
    [
      'a shape that becomes a track appears on later frames',
      { kind: 'update', before: tag(1, 2), after: track(1, 2) },
      3,
      'create',
    ],
    [
      'a frame marked says nothing of annotations',
      {
        kind: 'frame',
        frame: 2,
        before: { deleted: false, checked: false },
        after: { deleted: true, checked: false },
      },
      2,
      null,
    ],
  ])('%s', (_name, operation, frame, kind) => {
    expect(onFrame([operation], frame)[0]?.kind ?? null).toBe(kind)
  })
})

const annotation = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), frame: fc.nat(4), isTrack: fc.boolean() })
  .map(({ id, frame, isTrack }) => (isTrack ? track(id, frame) : tag(id, frame)))

test('on each frame, the operations seen there do what they do to the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(annotation, fc.boolean()), { maxLength: 12 }), (gestures) => {
      const operations: Operation[] = []
      let whole: ReadonlyMap<AnnotationId, Annotation> = new Map()
      for (const [after, removes] of gestures) {
        const before = whole.get(after.id)
        const operation: Operation = !before
          ? { kind: 'create', after }
          : removes
            ? { kind: 'delete', before }
            : { kind: 'update', before, after }
        operations.push(operation)
        whole = applyAll(whole, [operation])
      }
      for (const frame of [0, 1, 2, 3, 4]) {
        const expected = [...whole].filter(([, one]) => isOnFrame(one, frame))
        expect(applyAll(new Map(), onFrame(operations, frame))).toEqual(new Map(expected))
      }
    }),
  )
})
