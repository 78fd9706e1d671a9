import { expect, test } from 'vitest'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import { type AnnotationId, annotationIdSchema, type LabelId } from '#shared/domain/ids.ts'
import type { NewAnnotation } from '../ports.ts'
import { mergeFile, type Told } from './merge.ts'

const label = 1 as LabelId
const box = (id: number, points: number[], more: Partial<Shape> = {}): Shape => ({
  ...{ kind: 'shape', id: id as AnnotationId, frame: 0, labelId: label, type: 'rectangle', points },
  ...{ group: 0, source: 'manual', attributes: [], rotation: 0, occluded: false, zOrder: 0 },
  ...{ score: null, elements: [] },
  ...more,
})
const inFile = ({ id: _, ...rest }: Shape, more: Partial<Shape> = {}): NewAnnotation => ({
  ...rest,
  source: 'file',
  ...more,
})
const told = (stored: Shape | Tag | null, ...parts: NewAnnotation[]): Told => ({ stored, parts })

function merge(all: readonly Told[], file: readonly NewAnnotation[]) {
  let next = 100
  return mergeFile(all, file, () => annotationIdSchema.parse(next++))
}

const a = box(1, [0, 0, 10, 10])
const b = box(2, [50, 50, 60, 60])

test('a file that says what it said changes nothing, in whatever order, and rounded', () => {
  const all = [told(a, inFile(a)), told(b, inFile(b))]
  expect(merge(all, [inFile(b), inFile(a, { points: [0.004, 0, 10, 10] })])).toEqual([])
})

test('what was moved keeps its id, its source, and what the file does not say', () => {
  const layered = { ...a, zOrder: 3, attributes: [{ specId: 7 as never, value: 'x' }] }
  const all = [told(layered, inFile(a)), told(b, inFile(b))]
  const moved = inFile(a, { points: [2, 2, 12, 12] })
  expect(merge(all, [moved, inFile(b)])).toEqual([
    { kind: 'update', before: layered, after: { ...layered, points: [2, 2, 12, 12] } },
  ])
})

test('of two that were moved each is the one that lies nearest', () => {
  const all = [told(a, inFile(a)), told(b, inFile(b))]
  const file = [inFile(b, { points: [51, 50, 61, 60] }), inFile(a, { points: [1, 0, 11, 10] })]
  const operations = merge(all, file)
  expect(operations.map((each) => each.kind === 'update' && each.after.id)).toEqual([1, 2])
  expect(operations).toHaveLength(2)
})

test('what is new is made, what is gone goes', () => {
  const fresh = inFile(box(0, [5, 5, 6, 6], { type: 'ellipse' }))
  expect(merge([told(a, inFile(a))], [fresh])).toEqual([
    { kind: 'delete', before: a },
    { kind: 'create', after: { ...fresh, id: 100 } },
  ])
})

test('another label is another annotation', () => {
  const other = inFile(a, { labelId: 2 as LabelId })
  expect(merge([told(a, inFile(a))], [other]).map(({ kind }) => kind)).toEqual(['delete', 'create'])
})

test('what the format has no place for stays, and what is of a track', () => {
  const line = box(3, [0, 0, 1, 1], { type: 'polyline' })
  expect(merge([told(line), told(null, inFile(b))], [])).toEqual([])
})

test('one that the format takes apart is left while all its parts are there, else the parts are what there is', () => {
  const mask = box(4, [0, 4, 0, 0, 1, 1], { type: 'mask' })
  const parts = [inFile(box(0, [0, 0, 1, 1])), inFile(box(0, [4, 4, 5, 5]))]
  const all = [told(mask, ...parts)]
  expect(merge(all, [...parts].reverse())).toEqual([])
  const [first] = parts
  if (!first) return
  expect(merge(all, [first])).toEqual([
    { kind: 'delete', before: mask },
    { kind: 'create', after: { ...first, id: 100 } },
  ])
})

test('attributes are changed one by one', () => {
  const value = (specId: number, text: string) => ({ specId: specId as never, value: text })
  const stored = { ...a, attributes: [value(1, 'a'), value(2, 'b'), value(3, 'own')] }
  const said = inFile(a, { attributes: [value(1, 'a'), value(2, 'b')] })
  const says = inFile(a, { attributes: [value(1, 'changed')] })
  const [operation] = merge([told(stored, said)], [says])
  expect(operation).toMatchObject({
    kind: 'update',
    after: { attributes: [value(1, 'changed'), value(3, 'own')] },
  })
})

test('two of the same are two', () => {
  const twins = [told(a, inFile(a)), told({ ...a, id: 9 as AnnotationId }, inFile(a))]
  expect(merge(twins, [inFile(a), inFile(a)])).toEqual([])
  expect(merge(twins, [inFile(a)])).toMatchObject([{ kind: 'delete' }])
})
