import { expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import { type Label, labelSchema } from '#shared/domain/label.ts'
import { newShape } from '../common/new-shape.ts'
import { toInstances } from './instances.ts'

const isCrowd = {
  id: 1,
  name: 'is_crowd',
  inputType: 'checkbox',
  mutable: false,
  defaultValue: 'true',
  values: ['false', 'true'],
}
const label: Label = labelSchema.parse({
  id: 1,
  name: 'people',
  color: '#ff00aa',
  type: 'any',
  attributes: [isCrowd],
  sublabels: [],
  svg: null,
})
const frame = {
  index: 0,
  absolute: 0,
  name: 'a.jpg',
  fileName: 'a.jpg',
  subset: 'default',
  width: 20,
  height: 12,
}

function instanceOf(points: number[]) {
  const shape: Shape = {
    ...newShape({ frame: 0, labelId: label.id, type: 'polygon', points }),
    id: 1 as Shape['id'],
  }
  return toInstances([shape], frame, new Map([[label.id, label]]))[0]
}

test('a crowd becomes runs', () => {
  expect(instanceOf([1, 1, 6, 1, 6, 5, 1, 5])).toMatchObject({
    isCrowd: true,
    segmentation: { size: [12, 20] },
  })
})

test.each([
  ['thinner than a pixel', [1, 1, 6, 1, 6, 1.01]],
  ['outside the picture', [100, 100, 120, 100, 110, 120]],
])('a crowd %s stays a polygon: as runs it would be gone', (_name, points) => {
  expect(instanceOf(points)).toMatchObject({ isCrowd: false, area: 0, segmentation: [points] })
})
