import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import { shapeTypes, type Track } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { pngFile } from '../common/png/file.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
import { anyTrack } from '../testkit/arbitrary-track.ts'
import { census, exported, imported, inputOf, labels, textOf, videoOf } from '../testkit/sample.ts'
import { labelmeJson } from './index.ts'

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
  shape('mask', [0, 1, 2, 5, 1, 3, 3, 2, 6, 4], { zOrder: 1, score: 0.5 }),
  shape('skeleton', [], {
    labelId: sk,
    elements: [joint(4, [5, 6], { occluded: true }), joint(5, [1, 2], { outside: true })],
  }),
]

test('writes the file a person has checked, beside where its picture is', async () => {
  const tag = { kind: 'tag', frame: 0, labelId: size, group: 0, source: 'file', attributes: [] }
  const files = await exported(labelmeJson, [...worked, tag as NewAnnotation], true)
  const golden = await readFile(new URL('./testdata/a b.json', import.meta.url), 'utf8')
  expect(textOf(files, 'a b.json')).toBe(golden.trimEnd())
  expect([...files.keys()]).toEqual([
    ...['a b.json', 'deep/er/b.json', 'deep/c.json'],
    ...['a b.jpg', 'deep/er/b.png', 'deep/c.jpg'],
  ])
})

test('comes back whole but for the source', async () => {
  const annotations = fc.array(fc.oneof(anyShape(shapeTypes), anyTag()), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(annotations, async (list) => {
      const files = await exported(labelmeJson, list)
      const { annotations: back, notes } = await imported(labelmeJson, inputOf(files, 'a.zip', 97))
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

test('tracks are joined again by what their shapes say', async () => {
  const video = videoOf(10)
  const tracks = fc.array(anyTrack(['rectangle'], 10, [13]), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(tracks, async (list) => {
      const files = await exported(labelmeJson, list, false, undefined, video)
      const { annotations } = await imported(labelmeJson, inputOf(files, 'a.zip', 97), video)
      expect(annotations.map(({ kind }) => kind)).toEqual(list.map(() => 'track'))
      for (const [i, track] of list.entries()) {
        for (let frame = 0; frame < 10; frame += 1) {
          const [before, after] = [seen(track, frame), seen(annotations[i], frame)]
          expect(after?.occluded).toBe(before?.occluded)
          expect(after?.points.length).toBe(before?.points.length)
          for (const [k, n] of before?.points.entries() ?? []) {
            expect(after?.points[k]).toBeCloseTo(n, 6)
          }
        }
      }
    }),
    { numRuns: 30 },
  )
})

function seen(track: NewAnnotation | undefined, frame: number) {
  const position = positionOn(track as Track, frame)
  return position?.outside ? null : position
}

const file = (shapes: unknown[], more: object = {}) =>
  JSON.stringify({
    ...{ version: '5.4.1', flags: {}, shapes, imagePath: 'a b.jpg', imageData: null },
    ...{ imageHeight: 12, imageWidth: 20, ...more },
  })
const raw = (type: string, points: unknown, more: object = {}) => ({
  ...{ label: 'größe', points, group_id: null, shape_type: type, flags: {}, ...more },
})
const read = (text: string, entry = 'a b.json') =>
  imported(labelmeJson, inputOf({ [entry]: text }, entry))

describe('reads', () => {
  test.each([
    [
      'corners the other way round',
      [
        [6, 8],
        [1, 2],
      ],
    ],
    [
      'corners from the lower left',
      [
        [1, 8],
        [6, 2],
      ],
    ],
    [
      'four corners',
      [
        [1, 2],
        [6, 2],
        [6, 8],
        [1, 8],
      ],
    ],
  ])('a rectangle told by %s', async (_name, points) => {
    const { annotations } = await read(file([raw('rectangle', points)]))
    expect(annotations).toEqual([shape('rectangle', [1, 2, 6, 8])])
  })

  test('a turned rectangle told clockwise and the other way round, with rounded corners', async () => {
    const corners = [
      [10, 2],
      [14, 6],
      [10, 10],
      [6, 6],
    ]
    const turned = raw('oriented_rectangle', corners)
    const mirrored = raw('oriented_rectangle', [corners[1], corners[0], corners[3], corners[2]])
    const { annotations } = await read(file([turned, mirrored]))
    for (const one of annotations as NewShape[]) {
      expect(one.type).toBe('rectangle')
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = one.points
      expect([(x1 + x2) / 2, (y1 + y2) / 2]).toEqual([10, 6])
      expect(x2 - x1).toBeCloseTo(Math.SQRT2 * 4)
      expect(one.rotation % 90).toBeCloseTo(45)
    }
  })

  test('an old file: no types, no groups, colours, its picture packed into it', async () => {
    const old = {
      ...{ flags: {}, lineColor: [0, 255, 0, 128], imageData: 'aGVsbG8=' },
      imagePath: '..\\pictures\\a b.jpg',
      shapes: [
        {
          label: 'größe',
          line_color: null,
          points: [
            [1, 1],
            [6, 1],
            [6, 5],
          ],
        },
      ],
    }
    const { annotations } = await read(JSON.stringify(old), 'labels/x.json')
    expect(annotations).toEqual([shape('polygon', [1, 1, 6, 1, 6, 5])])
  })

  test('a byte order mark is gone by then; line breaks of Windows; capital extension', async () => {
    const text = JSON.stringify(JSON.parse(file([raw('point', [[1, 2]])])), null, 2)
    const { annotations } = await imported(
      labelmeJson,
      inputOf({ 'A B.JSON': text.replaceAll('\n', '\r\n') }),
    )
    expect(annotations).toEqual([shape('points', [1, 2])])
  })

  test('groups from 0 on, and flags of shapes as ticks', async () => {
    const line = [
      [0, 0],
      [1, 1],
    ]
    const { annotations, notes } = await read(
      file([
        raw('line', line, { group_id: 0, label: 'dog & "cat" <x>', flags: { truncated: true } }),
        raw('line', line, { group_id: 0, flags: { blurred: true, far: false } }),
        raw('linestrip', line, { group_id: 3 }),
      ]),
    )
    expect(annotations.map(({ group }) => group)).toEqual([4, 4, 3])
    expect(annotations[0]?.attributes).toEqual([{ specId: 11, value: 'true' }])
    expect(notes).toEqual(['1 values of "blurred", which "größe" does not have, were left out'])
  })

  test('flags of the picture as tags; they tell a new project what to make', async () => {
    const flags = { größe: true, indoor: false }
    const { annotations, described } = await read(file([], { flags }))
    expect(annotations).toMatchObject([{ kind: 'tag', labelId: size }])
    expect(described).toEqual([
      { name: 'größe', type: 'tag' },
      { name: 'indoor', type: 'tag' },
    ])
  })

  test.each([
    ['0 and 1', [1, 1, 0, 1]],
    ['0 and 255', [255, 255, 0, 255]],
  ])('a mask of %s', async (_name, pixels) => {
    const [a = 0, b = 0, c = 0, d = 0] = pixels
    const packed = deflateSync(Buffer.from([0, a, b, 0, c, d]))
    const png = pngFile({ width: 2, height: 2, kind: 'gray', depth: 8 }, packed)
    const mask = png.toString('base64')
    const { annotations } = await read(
      file([
        raw(
          'mask',
          [
            [4, 5],
            [5, 6],
          ],
          { mask },
        ),
      ]),
    )
    expect(annotations).toEqual([shape('mask', [0, 2, 1, 1, 4, 5, 5, 6])])
  })

  test('a skeleton drawn as people do: a box and points in a group', async () => {
    const { annotations } = await read(
      file([
        raw(
          'rectangle',
          [
            [0, 0],
            [8, 8],
          ],
          { label: 'sk', group_id: 1 },
        ),
        raw('point', [[2, 3]], { label: '2', group_id: 1, difficult: true }),
      ]),
    )
    expect(annotations).toMatchObject([
      {
        type: 'skeleton',
        labelId: sk,
        group: 0,
        elements: [
          { labelId: 4, outside: true, points: [4, 4] },
          { labelId: 5, outside: false, occluded: true, points: [2, 3] },
        ],
      },
    ])
  })

  test('a polygon that was an ellipse until somebody moved a corner', async () => {
    const files = await exported(labelmeJson, [shape('ellipse', [10, 6, 14, 4])])
    const text = textOf(files, 'a b.json')
    const again = await imported(labelmeJson, inputOf({ 'a b.json': text }))
    expect(again.annotations).toMatchObject([{ type: 'ellipse', points: [10, 6, 14, 4] }])
    const moved = JSON.parse(text)
    moved.shapes[0].points[0][0] += 1
    const { annotations } = await read(JSON.stringify(moved))
    expect(annotations).toMatchObject([{ type: 'polygon' }])
  })

  test('subsets by folder, by what the file says, and not where the folder is the picture’s', async () => {
    const inDeep = file([raw('point', [[1, 2]])], { imagePath: 'c.jpg' })
    const said = file([raw('point', [[3, 4]])], { imagePath: 'c.jpg', subset: 'mine' })
    const { annotations, unmatched } = await imported(
      labelmeJson,
      inputOf({ 'train/deep/c.json': inDeep, 'mine/deep/c.json': said, 'val/x.jpg': '' }),
    )
    expect(annotations.map(({ frame }) => frame)).toEqual([2, 2])
    expect(unmatched).toEqual(['val/x.jpg'])
  })

  test('shapes it cannot take, one by one', async () => {
    const { annotations, notes } = await read(
      file([
        raw('polygon', [
          [0, 0],
          [1, 1],
        ]),
        raw('circle', [[0, 0]]),
        raw('spiral', [[0, 0]]),
        raw('mask', [
          [0, 0],
          [1, 1],
        ]),
        raw(
          'rectangle',
          [
            [0, 0],
            [1, 1],
          ],
          { label: 'sk' },
        ),
        raw('point', [[0, 0]]),
      ]),
    )
    expect(annotations).toHaveLength(1)
    expect(notes).toEqual([
      '1 shapes of the type "polygon" have too few points and were left out',
      '1 shapes of the type "circle" have too few points and were left out',
      '1 shapes of the unknown type "spiral" were left out',
      '1 masks without pixels were left out',
      '1 "sk" without joints were left out',
    ])
  })
})

describe('refuses', () => {
  test.each([
    ['a cut file', file([]).slice(0, -9), /line 1, character \d+: it is not valid JSON here/],
    ['NaN', file([raw('point', [[1, 2]])]).replace('[1,2]', '[NaN,2]'), /not valid JSON/],
    ['text for a number', file([raw('point', [['1', 2]])]), /shapes\[0\]\.points\[0\]: it must be/],
    ['a point of three numbers', file([raw('point', [[1, 2, 3]])]), /points\[0\]/],
    ['a place no picture reaches', file([raw('point', [[1e9, 2]])]), /points\[0\]/],
    ['a shape that is none', file([7]), /shapes\[0\]: it must be an object/],
    ['a group that is no number', file([raw('point', [[1, 2]], { group_id: 'a' })]), /group_id/],
    ['a damaged mask', file([raw('mask', [[1, 2]], { mask: 'aGVsbG8=' })]), /shapes\[0\]\.mask/],
  ])('%s', async (_name, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('files of other programs', async () => {
    await expect(read('{"images":[]}')).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
    const other = read(file([raw('point', [[1, 2]], { label: 'ufo' })]))
    await expect(other).rejects.toMatchObject({ code: 'DATASET_MATCHES_NOTHING' })
  })
})

test('says what it tells otherwise', () => {
  const losses = labelmeJson.losses({ ...census, shapes: { ...census.shapes, cuboid: 1 } })
  expect(losses.map(({ severity, count, what }) => `${severity}: ${count} ${what}`)).toEqual([
    'changed: 1 cuboids are drawn there as polygons, and come back as cuboids',
    'changed: 2 ellipses are drawn there as circles, or as polygons where they are not round, and come back as ellipses',
    'changed: 11 annotations lose their source (manual, auto …)',
  ])
})
