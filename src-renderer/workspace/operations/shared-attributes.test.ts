import { expect, test } from 'vitest'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { sharedAttributes, withShared } from './shared-attributes.ts'

const spec = (id: number, name: string, values: string[]) => ({
  ...{ id: id as AttributeId, name, inputType: 'select' as const, mutable: false, values },
  defaultValue: values[0] ?? '',
})
const label = (id: number, attributes: Label['attributes']): Label => ({
  ...{ id: id as LabelId, name: `label ${id}`, color: '#ffffff', type: 'any', svg: null },
  ...{ attributes, sublabels: [] },
})
const car = label(1, [spec(1, 'color', ['red', 'blue']), spec(2, 'doors', ['2', '4'])])
const van = label(2, [spec(3, 'color', ['red', 'blue']), spec(4, 'doors', ['4', '5'])])
const labels = new Map([car, van].map((one) => [one.id, one]))

const tag = (id: number, of: Label, values: Record<number, string> = {}): Annotation => ({
  ...{ kind: 'tag', id: id as AnnotationId, frame: 0, labelId: of.id, group: 0, source: 'manual' },
  attributes: Object.entries(values).map(([at, value]) => ({
    specId: Number(at) as AttributeId,
    value,
  })),
})
const names = (...annotations: Annotation[]) =>
  sharedAttributes(annotations, labels, 0).map((one) => [one.spec.name, one.value])

test.each<[string, Annotation[], [string, string | null][]]>([
  [
    'one label: all of its attributes',
    [tag(1, car), tag(2, car)],
    [
      ['color', 'red'],
      ['doors', '2'],
    ],
  ],
  [
    'values that differ are none',
    [tag(1, car), tag(2, car, { 1: 'blue' })],
    [
      ['color', null],
      ['doors', '2'],
    ],
  ],
  ['two labels: what both have alike', [tag(1, car), tag(2, van)], [['color', 'red']]],
  ['nothing of a label that is gone', [tag(1, car), tag(2, label(9, []))], []],
])('%s', (_name, annotations, expected) => expect(names(...annotations)).toEqual(expected))

test('each annotation gets the value in its own label’s attribute', () => {
  const both = [tag(1, car), tag(2, van, { 3: 'blue' })]
  const [color] = sharedAttributes(both, labels, 0)
  if (!color) throw new Error('both have a colour')
  const [changed, same] = both.map((one) => withShared(one, color, 'blue', 0))
  expect(changed?.attributes).toEqual([{ specId: 1, value: 'blue' }])
  expect(same).toBe(both[1])
})
