import { expect, test } from 'vitest'
import { newShape } from '#renderer/state/steps.ts'
import type { AnnotationId, AttributeId, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { searchObjects } from './search-objects.ts'

const color = { id: 1 as AttributeId, name: 'color', inputType: 'text' as const }
const car: Label = {
  ...{ id: 1 as LabelId, name: 'Car', color: '#000000', type: 'any', svg: null, sublabels: [] },
  attributes: [{ ...color, mutable: false, defaultValue: 'red', values: [] }],
}
const shape = (id: number, type: 'rectangle' | 'polygon', value?: string) =>
  newShape(
    { type, points: [0, 0, 1, 1, 2, 0], rotation: 0 },
    {
      ...{ id: id as AnnotationId, frame: 0, labelId: car.id, zOrder: 0 },
      attributes: value === undefined ? [] : [{ specId: color.id, value }],
    },
  )
const all = [shape(1, 'rectangle'), shape(12, 'polygon', 'blue'), shape(123, 'polygon')]
const found = (text: string) =>
  searchObjects(all, text, new Map([[car.id, car]])).map(({ id }) => Number(id))

test.each([
  ['', [1, 12, 123]],
  ['  ', [1, 12, 123]],
  ['12', [12, 123]],
  ['CAR poly', [12, 123]],
  ['blue', [12]],
  ['red polygon', [123]],
  ['truck', []],
])('"%s"', (text, ids) => {
  expect(found(text)).toEqual(ids)
})
