import { expect, test } from 'vitest'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { newShape } from './new-shape.ts'
import { newTag } from './new-tag.ts'
import { countOtherAttributes } from './other-attributes.ts'

const text = (id: number, name: string, defaultValue: string) => ({
  ...{ id, name, inputType: 'text', mutable: false, defaultValue, values: [] },
})
const label = labelSchema.parse({
  ...{ id: 1, name: 'face', color: '#ff00aa', type: 'any', svg: null, sublabels: [] },
  attributes: [text(1, 'blur', ''), text(2, 'mood', 'calm')],
})
const labelId = label.id as LabelId
const saying = (...values: [number, string][]) =>
  values.map(([id, value]) => ({ specId: id as AttributeId, value }))
const box = (...values: [number, string][]) =>
  ({
    ...newShape({ frame: 0, labelId, type: 'rectangle', points: [0, 0, 1, 1] }),
    ...{ id: 1, attributes: saying(...values) },
  }) as Shape

test.each([
  ['nothing', [box()], 0],
  ['what has a place', [box([1, '2'])], 0],
  ['what is the default anyway', [box([2, 'calm'])], 0],
  ['what has no place, once for each annotation', [box([2, 'wild'], [1, '2']), box([2, 'sad'])], 2],
  [
    'what is not written',
    [{ ...newTag({ frame: 0, labelId }), id: 2, attributes: saying([2, 'x']) } as Tag],
    0,
  ],
])('%s', (_name, annotations, count) => {
  const rules = {
    isWritten: ({ kind }: { kind: string }) => kind === 'shape',
    keeps: (name: string) => name === 'blur',
  }
  expect(countOtherAttributes(annotations, [label], rules)).toBe(count)
})
