import { expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { type Label, labelSchema } from '#shared/domain/label.ts'
import type { LabelIndex, NewAnnotation } from '../../ports.ts'
import { FoundLabels } from './found-labels.ts'

const joint = (id: number, name: string) => ({
  ...{ id, name, color: '#ff00aa', type: 'points', attributes: [], svg: null },
})
const skeleton = labelSchema.parse({
  ...{ id: 1, name: 'sk', color: '#ff00aa', type: 'skeleton', attributes: [], svg: '<svg/>' },
  sublabels: [joint(2, 'nose'), joint(3, 'tail')],
}) as Label
const known: LabelIndex = {
  label: (name) => (name === 'sk' ? skeleton : null),
  sublabel: (_, name) => skeleton.sublabels.find((one) => one.name === name) ?? null,
  attribute: () => null,
}

test('the joints of a skeleton that is here are the same among its sublabels as by their names', () => {
  const found = new FoundLabels(known)
  const label = found.label('sk')
  expect(label.sublabels.map(({ name }) => name)).toEqual(['nose', 'tail'])
  expect(found.sublabel(label, 'tail')?.id).toBe(label.sublabels[1]?.id)
  // Asked for is what was seen; the other is not told of.
  expect([...(found.byName.get('sk')?.joints.keys() ?? [])]).toEqual(['tail'])
})

test('joints become those that are here, however a reader came by them', () => {
  const found = new FoundLabels(known)
  const label = found.label('sk')
  const element = (labelId: LabelId | undefined) =>
    ({ labelId, points: [1, 2], occluded: false, outside: false, attributes: [] }) as never
  const read = {
    ...{ kind: 'shape', frame: 0, labelId: label.id, group: 0, source: 'file', attributes: [] },
    ...{ type: 'skeleton', points: [], rotation: 0, occluded: false, zOrder: 0, score: null },
    elements: [element(found.sublabel(label, 'nose')?.id), element(label.sublabels[1]?.id)],
  } as NewAnnotation
  const ours = found.asKnown(read) as Omit<Shape, 'id'>
  expect(ours.labelId).toBe(1)
  expect(ours.elements.map(({ labelId }) => labelId)).toEqual([2, 3])
})
