import { expect, test } from 'vitest'
import {
  type Shape,
  shapeSchema,
  type Track,
  tagSchema,
  trackSchema,
} from '../domain/annotation.ts'
import { labelSchema } from '../domain/label.ts'
import { duplicates } from './duplicates.ts'
import { lintAnnotation, lintTrack } from './lint.ts'

const spec = (id: number, name: string, inputType: string, values: string[]) => ({
  ...{ id, name, inputType, values, mutable: false, defaultValue: '' },
})
const label = labelSchema.parse({
  ...{ id: 1, name: 'car', color: '#ff0000', type: 'any', svg: null, sublabels: [] },
  attributes: [
    spec(11, 'color', 'select', ['red', 'blue']),
    spec(12, 'age', 'number', ['0', '10', '1']),
    spec(13, 'parked', 'checkbox', ['false', 'true']),
    spec(14, 'plate', 'text', []),
  ],
})
const joint = (id: number, name: string) => ({
  ...{ id, name, color: '#00ff00', type: 'points', attributes: [], svg: null },
})
const skeleton = labelSchema.parse({
  ...{ id: 2, name: 'person', color: '#0000ff', type: 'skeleton', svg: '', attributes: [] },
  sublabels: [joint(3, 'head'), joint(4, 'hand')],
})
const frame = { width: 100, height: 80 }
const plain = { frame: 0, labelId: 1, group: 0, source: 'manual', attributes: [] }

function shape(type: Shape['type'], points: number[], changes: object = {}): Shape {
  return shapeSchema.parse({
    ...{ kind: 'shape', id: 1, ...plain, type, points, rotation: 0, occluded: false },
    ...{ zOrder: 0, score: null, elements: [], ...changes },
  })
}
const valued = (specId: number, value: string) =>
  shape('rectangle', [1, 1, 9, 9], { attributes: [{ specId, value }] })

test.each([
  ['a good box', shape('rectangle', [0, 0, 100, 80]), []],
  ['a box of no width', shape('rectangle', [5, 5, 5, 9]), ['flat']],
  ['a bow tie', shape('polygon', [0, 0, 50, 50, 50, 0, 0, 50]), ['crosses-itself']],
  ['two points as polygon', shape('polygon', [0, 0, 5, 5]), ['no-shape']],
  ['a box beside the picture', shape('rectangle', [200, 0, 220, 20]), ['outside-picture']],
  ['a box half out', shape('rectangle', [90, 0, 120, 20]), ['over-the-edge']],
  ['a box out by rounding', shape('rectangle', [-0.5, 0, 100.9, 20]), []],
  ['a colour not in the list', valued(11, 'green'), ['attribute-value']],
  ['a colour of the list', valued(11, 'blue'), []],
  ['a number out of range', valued(12, '11'), ['attribute-value']],
  ['a number in words', valued(12, 'ten'), ['attribute-value']],
  ['a number of the range', valued(12, '10'), []],
  ['a checkbox that says yes', valued(13, 'yes'), ['attribute-value']],
  ['any text', valued(14, ''), []],
])('%s', (_name, annotation, rules) => {
  expect(lintAnnotation(annotation, label, frame).map(({ rule }) => rule)).toEqual(rules)
})

test('a picture whose size nobody knows has no edge', () => {
  expect(
    lintAnnotation(shape('rectangle', [200, 0, 220, 20]), label, { width: 0, height: 0 }),
  ).toEqual([])
})

test('labels: unknown ones, and ones for another type', () => {
  const box = shape('rectangle', [1, 1, 9, 9])
  expect(lintAnnotation(box, undefined, frame)).toMatchObject([{ rule: 'unknown-label' }])
  expect(lintAnnotation(box, { ...label, type: 'polygon' }, frame)).toEqual([
    { rule: 'label-type', detail: '"car" is for polygon, this is a rectangle' },
  ])
})

test('a skeleton without a hand', () => {
  const elements = [{ labelId: 3, points: [5, 5], occluded: false, outside: false, attributes: [] }]
  expect(lintAnnotation(shape('skeleton', [], { elements }), skeleton, frame)).toEqual([
    { rule: 'joint-missing', detail: '"hand"' },
  ])
})

function track(...keyframes: [frame: number, outside: boolean][]): Track {
  return trackSchema.parse({
    ...{ kind: 'track', id: 1, ...plain, type: 'rectangle' },
    keyframes: keyframes.map(([at, outside]) => ({
      ...{ frame: at, outside, points: [0, 0, 9, 9], rotation: 0, occluded: false, zOrder: 0 },
      attributes: [],
    })),
  })
}

test('tracks that are never seen, or go on behind the end', () => {
  expect(lintTrack(track([0, false], [5, true]), 10)).toEqual([])
  expect(lintTrack(track([0, true], [5, true]), 10)).toMatchObject([{ rule: 'never-seen' }])
  expect(lintTrack(track([0, false], [10, true]), 10)).toMatchObject([{ rule: 'beyond-the-end' }])
})

test('duplicates are of one label and type, and the later one is told', () => {
  const [a, b, c] = [0, 0.2, 5].map((x, id) =>
    shape('rectangle', [x, 0, x + 10, 10], { id: id + 1 }),
  )
  const other = { ...shape('rectangle', [0, 0, 10, 10], { id: 4 }), labelId: skeleton.id }
  const tags = [6, 7].map((id) => tagSchema.parse({ kind: 'tag', id, ...plain }))
  const found = duplicates(
    [a, b, c, other, ...tags].filter((one) => one !== undefined),
    0.9,
  )
  expect(found.map(({ repeats, original }) => [repeats.id, original.id])).toEqual([
    [2, 1],
    [7, 6],
  ])
})
