import { expect, test } from 'vitest'
import type { AnnotationId, AttributeId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { shapeText } from './shape-text.ts'
import { newShape } from './steps.ts'

const label: Label = {
  id: 1 as LabelId,
  name: 'car',
  color: '#000000',
  type: 'any',
  svg: null,
  sublabels: [],
  attributes: [spec(1, 'color', 'red'), spec(2, 'plate', '')],
}

function spec(id: number, name: string, defaultValue: string) {
  return {
    id: id as AttributeId,
    name,
    inputType: 'text' as const,
    mutable: false,
    defaultValue,
    values: [],
  }
}

const shape = newShape(
  { type: 'rectangle', points: [10, 10, 130, 90], rotation: 0 },
  { id: 12 as AnnotationId, frame: 0 as FrameIndex, labelId: label.id, zOrder: 0 },
)

test.each([
  [['id', 'label'] as const, 'car 12'],
  [['label'] as const, 'car'],
  [[] as const, ''],
  [['dimensions', 'label'] as const, 'car · 120 × 80 px'],
  [['attributes', 'source', 'id'] as const, '12 · manual · color: red'],
])('%j', (content, text) => {
  expect(shapeText(shape, label, [...content])).toBe(text)
})

test('a value given goes before the default, and a label that is gone leaves the id', () => {
  const given = { ...shape, attributes: [{ specId: 2 as AttributeId, value: 'AB 1' }] }
  expect(shapeText(given, label, ['attributes'])).toBe('color: red · plate: AB 1')
  expect(shapeText(shape, undefined, ['id', 'label', 'attributes'])).toBe('12')
})
