import { describe, expect, test } from 'vitest'
import { newShape } from '#renderer/state/steps.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { convertForm } from '#shared/geometry/convert.ts'
import { asPolygons, convertStep, idsNeeded } from './convert-step.ts'

const mask = (points: number[], more: Partial<Shape> = {}): Shape => ({
  ...newShape(
    { type: 'mask', points, rotation: 0 },
    { id: 7 as AnnotationId, frame: 0, labelId: 1 as LabelId, zOrder: 4 },
  ),
  ...more,
})
const ids = (...numbers: number[]) => numbers as AnnotationId[]

/** Two pixels beside each other, and one apart. */
const twoParts = [0, 2, 1, 1, 0, 0, 3, 0]

describe('masks to polygons', () => {
  test('one part takes the place of the mask: same id, label, layer', () => {
    const shape = mask([0, 4, 5, 5, 6, 6])
    const step = convertStep(asPolygons([shape], 1), [], 'car')
    expect(step?.title).toMatchObject({ key: 'convert', count: 1, type: 'polygon', label: 'car' })
    expect(step?.operations).toEqual([
      {
        kind: 'update',
        before: shape,
        after: { ...shape, type: 'polygon', points: [5, 5, 7, 5, 7, 7, 5, 7] },
      },
    ])
  })

  test('several parts are several polygons in one new group', () => {
    const converted = asPolygons([mask(twoParts)], 1)
    expect(idsNeeded(converted)).toBe(2)
    const after = convertStep(converted, ids(50, 51), 'car')?.operations.map((op) =>
      op.kind === 'create' || op.kind === 'update' ? op.after : null,
    )
    expect(after).toMatchObject([
      { id: 7, group: 50, type: 'polygon', zOrder: 4 },
      { id: 51, group: 50, type: 'polygon', zOrder: 4 },
    ])
  })

  test('a mask in a group stays in it', () => {
    const converted = asPolygons([mask(twoParts, { group: 3 })], 1)
    expect(idsNeeded(converted)).toBe(1)
    const step = convertStep(converted, ids(51), 'car')
    expect(step?.operations).toMatchObject([
      { after: { group: 3 } },
      { after: { group: 3, id: 51 } },
    ])
  })

  test('a hole is cut out: back as a mask it is the same', () => {
    const ring = [0, 4, 1, 4, 0, 0, 2, 2]
    const [polygon] = asPolygons([mask(ring)], 1)[0]?.forms ?? []
    const size = { width: 10, height: 10 }
    expect(polygon && convertForm(polygon, 'mask', { size })).toMatchObject([{ points: ring }])
  })
})

test('what nothing is left of is not converted, the others are', () => {
  const tiny = mask([0, 1, 0, 0, 0, 0])
  const step = convertStep(
    [{ shape: tiny, forms: [] }, ...asPolygons([mask([0, 4, 5, 5, 6, 6])], 1)],
    [],
    'car',
  )
  expect(step?.operations).toHaveLength(1)
  expect(convertStep([{ shape: tiny, forms: [] }], [], 'car')).toBeNull()
})
