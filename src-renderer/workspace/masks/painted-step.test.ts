import { describe, expect, test } from 'vitest'
import { newShape } from '#renderer/state/steps.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { applyAll, invertAll } from '#shared/operations/algebra.ts'
import { type Painted, paintedStep, type Underlying } from './painted-step.ts'

const LABEL = 1 as LabelId
const NEW = 99 as AnnotationId
const id = (n: number) => n as AnnotationId

/** A filled box of pixels, far edges inclusive. */
const block = (left: number, top: number, right: number, bottom: number) => [
  0,
  (right - left + 1) * (bottom - top + 1),
  left,
  top,
  right,
  bottom,
]
const mask = (n: number, points: number[], zOrder = 0): Annotation =>
  newShape({ type: 'mask', points, rotation: 0 }, { id: id(n), frame: 3, labelId: LABEL, zOrder })

const painted = (points: number[], more: Partial<Painted> = {}): Painted => ({
  points,
  frame: 3,
  labelId: LABEL,
  edited: null,
  id: NEW,
  zOrder: 0,
  ...more,
})
const over = (annotations: Annotation[], untouchable: number[] = []): Underlying => ({
  annotations,
  isTouchable: (one) => !untouchable.includes(one),
})
const pointsOf = (annotation: Annotation | undefined) =>
  annotation?.kind === 'shape' ? annotation.points : undefined

describe('a finished mask', () => {
  test('new, it is one drawing', () => {
    const step = paintedStep(painted(block(0, 0, 3, 3)), null, 'car')
    expect(step?.title).toEqual({ key: 'draw', count: 1, type: 'mask', label: 'car' })
    expect(step?.operations).toHaveLength(1)
  })

  test('painted on, it keeps everything but its pixels', () => {
    const before = { ...mask(1, block(0, 0, 3, 3), 5), attributes: [] } as Annotation
    const step = paintedStep(painted(block(0, 0, 9, 9), { edited: before }), null, 'car')
    expect(step?.title.key).toBe('repaint')
    expect(step?.operations).toEqual([
      { kind: 'update', before, after: { ...before, points: block(0, 0, 9, 9) } },
    ])
  })

  test('painted on and left as it was, it is no step', () => {
    const edited = mask(1, block(0, 0, 3, 3))
    expect(paintedStep(painted(block(0, 0, 3, 3), { edited }), null, 'car')).toBeNull()
  })
})

describe('removing underlying pixels', () => {
  const below = mask(1, block(0, 0, 9, 0))
  const covered = mask(2, block(2, 0, 3, 0))
  const apart = mask(3, block(50, 50, 60, 60))
  const beside = mask(4, block(0, 1, 9, 1))
  const all = [below, covered, apart, beside]
  const document = new Map(all.map((one) => [one.id, one]))

  test('takes the pixels from what is below, deletes what is left empty, and undo restores all', () => {
    const step = paintedStep(painted(block(2, 0, 4, 0)), over(all), 'car')
    const after = applyAll(document, (step?.operations ?? []) as never)
    expect(pointsOf(after.get(id(1)))).toEqual([0, 2, 3, 5, 0, 0, 9, 0])
    expect(after.has(id(2))).toBe(false)
    expect(after.get(id(3))).toBe(apart)
    expect(after.get(id(4))).toBe(beside)
    expect(applyAll(after, invertAll((step?.operations ?? []) as never) as never)).toEqual(document)
  })

  test('leaves locked and hidden ones alone, and what lies nearer', () => {
    const nearer = mask(5, block(2, 0, 4, 0), 7)
    const step = paintedStep(painted(block(2, 0, 4, 0)), over([...all, nearer], [1, 2]), 'car')
    expect(step?.operations.map(({ kind }) => kind)).toEqual(['create'])
  })

  test('a mask never takes its own pixels', () => {
    const step = paintedStep(painted(block(0, 0, 1, 0), { edited: below }), over([below]), 'car')
    expect(step?.operations.map(({ kind }) => kind)).toEqual(['update'])
  })
})
