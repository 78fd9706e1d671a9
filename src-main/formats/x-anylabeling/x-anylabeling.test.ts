import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import { shapeTypes } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
} from '../testkit/sample.ts'
import { xAnyLabelingJson } from './index.ts'

const [dog, size, sk] = labels.map(({ id }) => id) as [LabelId, LabelId, LabelId]
const shape = (type: NewShape['type'], points: number[], more: Partial<NewShape> = {}) =>
  newShape({ frame: 0, labelId: size, type, points, ...more })

const joint = (labelId: number, points: number[], more: object = {}) => ({
  ...{ labelId: labelId as LabelId, points, occluded: false, outside: false, attributes: [] },
  ...more,
})

/** One of each type. */
const worked = [
  shape('rectangle', [1.25, 2, 6.75, 8.001], {
    labelId: dog,
    occluded: true,
    attributes: [
      { specId: 11 as never, value: 'true' },
      { specId: 13 as never, value: '7' },
    ],
  }),
  shape('rectangle', [2, 2, 8, 6], { rotation: 90, group: 4 }),
  shape('polygon', [1, 1, 6, 1, 6, 5]),
  shape('polyline', [0, 0, 1, 1]),
  shape('points', [3, 4]),
  shape('points', [3, 4, 5, 6]),
  shape('ellipse', [10, 6, 14, 2]),
  shape('cuboid', [10, 5, 10, 9, 14, 5, 14, 9, 16, 3, 16, 7, 12, 3, 12, 7]),
  shape('mask', [0, 1, 2, 5, 1, 3, 3, 2, 6, 4], { zOrder: 1, score: 0.5 }),
  shape('skeleton', [], {
    labelId: sk,
    elements: [joint(4, [5, 6], { occluded: true }), joint(5, [1, 2], { outside: true })],
  }),
]

test('writes the file a person has checked, beside where its picture is', async () => {
  const tag = { kind: 'tag', frame: 0, labelId: size, group: 0, source: 'file', attributes: [] }
  const files = await exported(xAnyLabelingJson, [...worked, tag as NewAnnotation], true)
  const golden = await readFile(new URL('./testdata/a b.json', import.meta.url), 'utf8')
  expect(textOf(files, 'a b.json')).toBe(golden.trimEnd())
  expect([...files.keys()]).toEqual([
    ...['a b.json', 'deep/er/b.json', 'deep/c.json'],
    ...['a b.jpg', 'deep/er/b.png', 'deep/c.jpg'],
  ])
})

test('comes back whole but for masks and the source', async () => {
  const annotations = fc.array(
    fc.oneof(anyShape(shapeTypes.filter((type) => type !== 'mask')), anyTag()),
    { maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(annotations, async (list) => {
      const files = await exported(xAnyLabelingJson, list)
      const { annotations: back, notes } = await imported(
        xAnyLabelingJson,
        inputOf(files, 'a.zip', 97),
      )
      expect(notes).toEqual([])
      expect(back.map(comparable).sort()).toEqual(list.map(comparable).sort())
    }),
    { numRuns: 100 },
  )
})

/** A box that is a single point has no turn that could be told. */
function turnOf(annotation: NewAnnotation): object {
  if (annotation.kind !== 'shape' || annotation.points.length !== 4) return {}
  const [x1, y1, x2, y2] = annotation.points
  return x1 === x2 && y1 === y2 ? { rotation: 0 } : {}
}

/** Every value said, numbers as near as a turn there and back leaves them. */
function comparable(annotation: NewAnnotation): string {
  const { attributes, ...rest } = annotation
  const label = labels.find(({ id }) => id === annotation.labelId)
  const values = label?.attributes.map(({ id, defaultValue }) => [
    id,
    attributes.find(({ specId }) => specId === id)?.value ?? defaultValue,
  ])
  const whole = { ...rest, ...turnOf(annotation), source: 'file', values }
  const inOrder = Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(Object.fromEntries(inOrder), (key, value) =>
    typeof value !== 'number'
      ? value
      : key === 'rotation' && Math.abs(value - 360) < 1e-6
        ? 0
        : Math.round(value * 1e6) / 1e6 + 0,
  )
}

const file = (shapes: unknown[], more: object = {}) =>
  JSON.stringify({
    ...{
      version: '3.2.1',
      flags: {},
      checked: true,
      shapes,
      imagePath: 'a b.jpg',
      imageData: null,
    },
    ...{ imageHeight: 12, imageWidth: 20, ...more },
  })
const raw = (type: string, points: unknown, more: object = {}) => ({
  ...{ label: 'größe', score: null, points, group_id: null, description: '', difficult: false },
  ...{ shape_type: type, flags: {}, attributes: {}, kie_linking: [], ...more },
})
const read = (text: string, entry = 'a b.json') =>
  imported(xAnyLabelingJson, inputOf({ [entry]: text }, entry))

test('masks become a polygon for each part', async () => {
  const parts = shape('mask', [0, 1, 1, 1, 3, 2, 5, 2])
  const { annotations } = await imported(
    xAnyLabelingJson,
    inputOf(await exported(xAnyLabelingJson, [parts, shape('points', [1, 1], { group: 2 })])),
  )
  expect(annotations).toEqual([
    shape('polygon', [3, 2, 4, 2, 4, 3, 3, 3], { group: 3 }),
    shape('polygon', [5, 2, 6, 2, 6, 3, 5, 3], { group: 3 }),
    shape('points', [1, 1], { group: 2 }),
  ])
})

test('subsets have folders, and say so', async () => {
  const list = [shape('points', [1, 1]), shape('points', [2, 2], { frame: 2 })]
  const files = await exported(xAnyLabelingJson, list, true, undefined, inSubsets)
  expect([...files.keys()]).toEqual([
    ...['train/a b.json', 'train/deep/er/b.json', 'val/deep/c.json'],
    ...['train/a b.jpg', 'train/deep/er/b.png', 'val/deep/c.jpg'],
  ])
  const { annotations, unmatched } = await imported(xAnyLabelingJson, inputOf(files), inSubsets)
  expect(annotations).toEqual(list)
  expect(unmatched).toEqual([])
})

describe('reads', () => {
  test('a turned box, as the program writes it', async () => {
    const corners = [
      [547.56, 374.15],
      [685.33, 332.22],
      [779, 640],
      [641.23, 681.93],
    ]
    const direction = 5.987744470035866
    const { annotations } = await read(file([raw('rotation', corners, { direction })]))
    const [box] = annotations as [NewShape]
    expect(box.type).toBe('rectangle')
    expect((box.rotation * Math.PI) / 180).toBeCloseTo(direction, 4)
    expect((box.points[2] ?? 0) - (box.points[0] ?? 0)).toBeCloseTo(144.01, 1)
  })

  test('what is skewed stays a polygon', async () => {
    const { annotations } = await read(
      file([
        raw('rotation', [
          [0, 0],
          [10, 0],
          [14, 8],
          [0, 8],
        ]),
      ]),
    )
    expect(annotations).toEqual([shape('polygon', [0, 0, 10, 0, 14, 8, 0, 8])])
  })

  test('attributes, texts, the mark of a difficult one, scores', async () => {
    const { annotations, notes } = await read(
      file([
        raw(
          'quadrilateral',
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [0, 5],
          ],
          {
            ...{ label: 'dog & "cat" <x>', description: 'a word', difficult: true, score: 0.75 },
            attributes: { color: 'green', truncated: 'True', age: '3', wings: 'two' },
          },
        ),
        raw('point', [[1, 1]], { score: 7 }),
      ]),
    )
    expect(annotations).toMatchObject([
      {
        type: 'polygon',
        score: 0.75,
        attributes: [
          { specId: 12, value: 'green' },
          { specId: 11, value: 'true' },
          { specId: 13, value: '3' },
        ],
      },
      { type: 'points', score: null },
    ])
    const missing = (name: string) =>
      `1 values of "${name}", which "dog & "cat" <x>" does not have, were left out`
    expect(notes).toEqual(['description', 'difficult', 'wings'].map(missing))
  })

  test('rectangles of two corners, as versions before 2.2 wrote them', async () => {
    const { annotations } = await read(
      file([
        raw('rectangle', [
          [6, 8],
          [1, 2],
        ]),
      ]),
    )
    expect(annotations).toEqual([shape('rectangle', [1, 2, 6, 8])])
  })
})

test('says what it tells otherwise', () => {
  const losses = xAnyLabelingJson.losses({ ...census, shapes: { mask: 3, points: 2 } })
  expect(losses.map(({ severity, count, what }) => `${severity}: ${count} ${what}`)).toEqual([
    'changed: 3 masks become polygons along the edges of their pixels, several parts a group',
    'changed: 2 point sets are drawn there as lines where they have several points, and come back as point sets',
    'changed: 11 annotations lose their source (manual, auto …)',
  ])
})
