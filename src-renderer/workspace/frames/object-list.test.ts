import { expect, test } from 'vitest'
import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { cropAddress, orderObjects } from './object-list.ts'

const label = (id: number, name: string): Label => ({
  id: id as LabelId,
  name,
  color: '#ff0000',
  type: 'any',
  svg: null,
  attributes: [],
  sublabels: [],
})
const object = (id: number, labelId: number, size: number | null): ObjectSummary => ({
  id: id as AnnotationId,
  kind: size === null ? 'tag' : 'shape',
  frame: id,
  labelId: labelId as LabelId,
  type: size === null ? null : 'rectangle',
  box: size === null ? null : { left: 10, top: 20, right: 10 + size, bottom: 20 + size },
})
const labels = [label(1, 'car'), label(2, 'tree'), label(3, 'none')]
const objects = [object(1, 2, 5), object(2, 1, 50), object(3, 1, 8), object(4, 1, null)]

test.each([
  [
    'label',
    [
      ['car', [2, 3]],
      ['tree', [1]],
    ],
  ],
  ['size', [[undefined, [2, 3, 1]]]],
  ['frame', [[undefined, [1, 2, 3]]]],
] as const)('by %s', (order, expected) => {
  const groups = orderObjects(objects, order, labels, null)
  expect(groups.map((group) => [group.label?.name, group.items])).toEqual(expected)
})

test('of one label only', () => {
  expect(orderObjects(objects, 'size', labels, 2 as LabelId)).toEqual([{ label: null, items: [1] }])
})

test('a crop has a margin of whole pixels around the box', () => {
  expect(cropAddress(7, object(3, 1, 100))).toBe('/frames/7/3?crop=-5,5,125,135')
  expect(cropAddress(7, object(3, 1, 3.5))).toBe('/frames/7/3?crop=4,14,20,30')
  expect(cropAddress(7, object(4, 1, null))).toBeNull()
})
