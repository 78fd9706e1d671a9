import { expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId, TaskId } from '#shared/domain/ids.ts'
import type { Label, LabelType } from '#shared/domain/label.ts'
import { asOfTask } from './clipboard.ts'

const label = (
  id: number,
  name: string,
  type: LabelType = 'any',
  more: Partial<Label> = {},
): Label => ({
  ...{ id: id as LabelId, name, color: '#ffffff', type, svg: null, attributes: [], sublabels: [] },
  ...more,
})
const color = (id: number) => ({
  ...{ id: id as AttributeId, name: 'color', inputType: 'text' as const, mutable: false },
  ...{ defaultValue: '', values: [] },
})
const shape = (labelId: number, more: Partial<Shape> = {}): Shape => ({
  ...{ kind: 'shape', id: 9 as AnnotationId, frame: 0, labelId: labelId as LabelId, group: 0 },
  ...{ source: 'manual', attributes: [], type: 'rectangle', points: [0, 0, 9, 9], rotation: 0 },
  ...{ occluded: false, zOrder: 0, score: null, elements: [] },
  ...more,
})
const [here, there] = [1 as TaskId, 2 as TaskId]
const pasted = (labels: Label[], shapes: Shape[], own: Label[]) =>
  asOfTask({ taskId: there, labels, shapes, at: 1 }, here, own)

test('in its own task a copy stays as it is, as long as its label is there', () => {
  const copied = { taskId: here, labels: [label(1, 'car')], shapes: [shape(1), shape(7)], at: 1 }
  expect(asOfTask(copied, here, [label(1, 'renamed')])).toEqual([shape(1)])
})

test('in another task labels and attributes are found by their names', () => {
  const value = { specId: 5 as AttributeId, value: 'red' }
  const gone = { specId: 6 as AttributeId, value: 'x' }
  const from = label(1, 'car', 'any', { attributes: [color(5)] })
  const to = label(41, 'car', 'any', { attributes: [color(45)] })
  expect(pasted([from], [shape(1, { attributes: [value, gone] })], [label(40, 'bus'), to])).toEqual(
    [shape(41, { attributes: [{ specId: 45 as AttributeId, value: 'red' }] })],
  )
})

test.each<[string, Label[]]>([
  ['no label of that name', [label(41, 'bus')]],
  ['a label that allows no such shape', [label(41, 'car', 'mask')]],
])('%s: it is left out', (_name, own) => {
  expect(pasted([label(1, 'car')], [shape(1)], own)).toEqual([])
})

test('a skeleton comes with all of its joints or not at all', () => {
  const joints = (first: number, ...names: string[]) =>
    names.map((name, i) => label(first + i, name, 'points'))
  const from = label(1, 'arm', 'skeleton', { sublabels: joints(2, 'a', 'b') })
  const element = (labelId: number) => ({
    ...{ labelId: labelId as LabelId, points: [1, 2], occluded: false, outside: false },
    attributes: [],
  })
  const arm = shape(1, { type: 'skeleton', points: [], elements: [element(2), element(3)] })
  const same = label(50, 'arm', 'skeleton', { sublabels: joints(51, 'b', 'a') })
  expect(pasted([from], [arm], [same])[0]?.elements.map(({ labelId }) => labelId)).toEqual([52, 51])
  const less = label(50, 'arm', 'skeleton', { sublabels: joints(51, 'a') })
  expect(pasted([from], [arm], [less])).toEqual([])
})
