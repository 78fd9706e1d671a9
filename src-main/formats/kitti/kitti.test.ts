import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { decodePng } from '../common/png/decode.ts'
import { encodeGray16, encodeRgb } from '../common/png/encode.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import { textLabel } from '../testkit/icdar-sample.ts'
import {
  census,
  exported,
  type Files,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
} from '../testkit/sample.ts'
import { kitti } from './index.ts'

function flag(id: number, name: string, inputType = 'checkbox') {
  return { id, name, inputType, mutable: false, defaultValue: '', values: [] }
}
const attributes = [flag(21, 'truncated'), flag(22, 'is_crowd'), flag(23, 'score', 'number')]
const common = { type: 'any', svg: null, sublabels: [] }
const kittiLabels = [
  { id: 1, name: 'dog', color: '#010203', attributes, ...common },
  { id: 2, name: 'cat', color: '#040506', attributes, ...common },
].map((label) => labelSchema.parse(label))
const sample = { ...inSubsets, frames, labels: kittiLabels }
const [dog, cat] = kittiLabels.map(({ id }) => id) as [LabelId, LabelId]

const worked = newShape({
  ...{ frame: 0, labelId: dog, type: 'rectangle', points: [1.23, 2, 6.73, 8], occluded: true },
  attributes: [{ specId: 21 as AttributeId, value: 'true' }],
})
const mask = newShape({ frame: 0, labelId: dog, type: 'mask', points: [0, 3, 2, 1, 3, 2, 5, 3] })

const pixels = (files: Files, name: string) => {
  const png = decodePng(files.get(name) ?? Buffer.alloc(0), (problem) => {
    throw new Error(problem)
  })
  return {
    depth: png.depth,
    kind: png.kind,
    at: (x: number, y: number) => [
      ...png.samples.subarray(
        (y * png.width + x) * png.channels,
        (y * png.width + x + 1) * png.channels,
      ),
    ],
  }
}

test('writes the layout CVAT writes, and the worked line', async () => {
  const crowd = {
    ...mask,
    labelId: cat,
    points: [0, 1, 9, 9, 9, 9],
    attributes: [{ specId: 22 as AttributeId, value: 'true' }],
  }
  const second = { ...mask, points: [0, 2, 10, 2, 11, 2] }
  const list = [worked, mask, second, crowd, { ...worked, frame: 2, attributes: [] }]
  const files = await exported(kitti, list, true, undefined, { ...inSubsets, labels: kittiLabels })
  expect([...files.keys()]).toEqual([
    'label_colors.txt',
    'train/label_2/a b.txt',
    'train/instance/a b.png',
    'train/semantic/a b.png',
    'train/semantic_rgb/a b.png',
    'val/label_2/deep/c.txt',
    'train/image_2/a b.jpg',
    'train/image_2/deep/er/b.png',
    'val/image_2/deep/c.jpg',
  ])
  expect(textOf(files, 'label_colors.txt')).toBe('0 0 0 background\n4 5 6 cat\n1 2 3 dog\n')
  expect(textOf(files, 'train/label_2/a b.txt')).toBe(
    'dog 1.0 1 -1 1.23 2.0 6.73 8.0 -1 -1 -1 -1 -1 -1 -1 1.0\n',
  )
  const instance = pixels(files, 'train/instance/a b.png')
  expect([instance.depth, instance.kind]).toEqual([16, 'gray'])
  // Two dogs, numbered; a crowd of cats, not numbered.
  expect([instance.at(3, 2), instance.at(10, 2), instance.at(9, 9), instance.at(0, 0)]).toEqual([
    [2 * 256 + 1],
    [2 * 256 + 2],
    [256],
    [0],
  ])
  const semantic = pixels(files, 'train/semantic/a b.png')
  expect([semantic.depth, semantic.at(3, 2), semantic.at(9, 9)]).toEqual([16, [2], [1]])
  const colors = pixels(files, 'train/semantic_rgb/a b.png')
  expect([colors.at(3, 2), colors.at(9, 9), colors.at(0, 0)]).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [0, 0, 0],
  ])
})

test('upright boxes come back, whatever their label is called', async () => {
  const names = [
    ...kittiLabels,
    textLabel(3, 'old  dog 2', []),
    ...labels.slice(0, 1).map((one) => ({ ...one, id: 4 as LabelId, attributes: [] })),
  ]
  const shapes = fc.array(
    fc.tuple(anyShape(['rectangle']), fc.integer({ min: 1, max: 4 }), fc.boolean()),
  )
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const given = list
        .map(([{ frame, points, occluded }, id, truncated]) =>
          newShape({
            ...{ frame, points, occluded, labelId: id as LabelId, type: 'rectangle' },
            attributes:
              id > 2
                ? []
                : [21, 23].map((spec) => ({
                    specId: spec as AttributeId,
                    value: spec === 21 ? String(truncated) : '1',
                  })),
          }),
        )
        .sort((a, b) => a.frame - b.frame)
      const task = { ...sample, labels: names }
      const back = await imported(
        kitti,
        inputOf(await exported(kitti, given, false, undefined, task)),
        task,
      )
      expect([...back.annotations].sort((a, b) => a.frame - b.frame)).toEqual(given)
    }),
    { numRuns: 60 },
  )
})

test('masks come back one by one, boxes and masks of a picture together', async () => {
  const other = { ...mask, points: [0, 3, 2, 1, 8, 8, 10, 9], labelId: cat }
  const same = { ...mask, points: [0, 1, 12, 3, 12, 3] }
  const turned = { ...worked, frame: 1, rotation: 30 }
  const list = [worked, mask, other, same, turned]
  const files = await exported(kitti, list, false, undefined, sample)
  const { annotations, notes } = await imported(kitti, inputOf(files), sample)
  const single = { attributes: [{ specId: 22, value: 'false' }] }
  const ofFrame = annotations.filter(({ frame }) => frame === 0)
  expect(ofFrame).toMatchObject([
    { type: 'rectangle', labelId: dog },
    { ...other, ...single },
    { ...mask, ...single },
    { ...same, ...single },
  ])
  expect(annotations.filter(({ frame }) => frame === 1)).toMatchObject([{ type: 'mask' }])
  expect(notes).toEqual([])
})

const picture = (...values: [place: number, value: number][]) => {
  const data = new Uint16Array(20 * 12)
  for (const [place, value] of values) data[place] = value
  return encodeGray16({ width: 20, height: 12, data })
}
const colorsFile = Buffer.from('0 0 0 background\r\n1 2 3 dog\r\n\r\n4 5 6 cat')

describe('reads', () => {
  const row = 'cat 0.00 3 -1.57 1.5 2 3 4 1.6 1.6 3.2 -0.6 1.7 12.7 -1.59'
  test.each<[string, string, object]>([
    [
      'fifteen columns of the data set itself',
      row,
      { occluded: true, score: null, points: [1.5, 2, 3, 4] },
    ],
    ['a score', `${row} 0.25`, { score: 0.25 }],
    ['what nobody cares for', row.replace('0.00 3', '-1 -1'), { occluded: true }],
  ])('%s', async (_name, line, expected) => {
    const files = {
      'training/label_2/a b.txt': `\ufeff${line}\r\n\r\n`,
      'training/calib/a b.txt': '?',
    }
    const { annotations } = await imported(kitti, inputOf(files), sample)
    expect(annotations).toMatchObject([{ type: 'rectangle', labelId: cat, ...expected }])
  })

  test.each(['instance/a b.png', 'x\\default\\instance\\a b.PNG', 'default/instance/a b.png'])(
    'masks in %s',
    async (entry) => {
      const files = new Map<string, Uint8Array>([
        ['label_colors.txt', colorsFile],
        [entry, picture([0, 256], [1, 256], [5, 513], [7, 514])],
      ])
      const { annotations, described } = await imported(kitti, inputOf(files), sample)
      expect(annotations).toMatchObject([
        { labelId: dog, points: [0, 2, 0, 0, 1, 0], attributes: [{ specId: 22, value: 'true' }] },
        { labelId: cat, points: [0, 1, 5, 0, 5, 0], attributes: [{ specId: 22, value: 'false' }] },
        { labelId: cat, points: [0, 1, 7, 0, 7, 0] },
      ])
      expect(described).toEqual([
        { name: 'dog', color: '#010203' },
        { name: 'cat', color: '#040506' },
      ])
    },
  )

  test('classes alone, and a list without background', async () => {
    const files = new Map<string, Uint8Array>([
      ['label_color.txt', Buffer.from('1 2 3 dog\n4 5 6 cat')],
      ['training/semantic/a b.png', picture([0, 2])],
    ])
    const { annotations } = await imported(kitti, inputOf(files), sample)
    expect(annotations).toMatchObject([{ labelId: cat, points: [0, 1, 0, 0, 0, 0] }])
  })

  test('without a list the classes are those of the task, by name', async () => {
    const files = new Map([['default/instance/a b.png', picture([0, 2 * 256 + 1])]])
    const { annotations } = await imported(kitti, inputOf(files), sample)
    expect(annotations).toMatchObject([{ labelId: dog }])
  })

  test('without a list the numbers of the data set itself, where the task has labels of its classes', async () => {
    const task = { ...sample, labels: [textLabel(1, 'Car', []), textLabel(2, 'road', [])] }
    const files = new Map([
      ['training/instance/a b.png', picture([0, 7 * 256], [3, 26 * 256 + 1], [5, 26 * 256 + 2])],
    ])
    const { annotations, described } = await imported(kitti, inputOf(files), task)
    expect(annotations).toMatchObject([
      { labelId: 2, points: [0, 1, 0, 0, 0, 0] },
      { labelId: 1, points: [0, 1, 3, 0, 3, 0] },
      { labelId: 1, points: [0, 1, 5, 0, 5, 0] },
    ])
    expect(described).toEqual([])
  })

  test('the background where the task has a label of that name', async () => {
    const task = { ...sample, labels: [...kittiLabels, textLabel(3, 'background', [])] }
    const files = new Map<string, Uint8Array>([
      ['label_colors.txt', colorsFile],
      ['default/instance/a b.png', picture([0, 256])],
    ])
    const { annotations } = await imported(kitti, inputOf(files), task)
    expect(annotations).toMatchObject([
      { labelId: 3, points: [1, 239, 0, 0, 19, 11] },
      { labelId: dog },
    ])
  })

  test('classes beyond the list are counted, pictures that are not here named', async () => {
    const files = new Map<string, Uint8Array>([
      ['label_colors.txt', colorsFile],
      ['default/instance/a b.png', picture([0, 256], [1, 9 * 256])],
      ['default/label_2/gone.txt', Buffer.from(row)],
    ])
    const { annotations, unmatched, notes } = await imported(kitti, inputOf(files), sample)
    expect(annotations).toHaveLength(1)
    expect(unmatched).toEqual(['gone'])
    expect(notes).toEqual(['1 objects of class number 9, which no class has, were left out'])
  })
})

describe('refuses', () => {
  test.each<[string, Record<string, string | Uint8Array>, RegExp]>([
    [
      'too few numbers',
      { 'x/label_2/a.txt': 'cat 0 0 0 1 2 3' },
      /x\/label_2\/a\.txt, line 1: it has 7 fields/,
    ],
    [
      'a line without a name',
      { 'x/label_2/a.txt': '\n'.concat('0 '.repeat(14)) },
      /line 2: it has 14 fields/,
    ],
    ['NaN', { 'x/label_2/a.txt': 'cat 0 0 0 nan 2 3 4 0 0 0 0 0 0 0' }, /the last 10 are numbers/],
    [
      'a picture that is none',
      { 'x/instance/a b.png': 'x' },
      /instance\/a b\.png: it is not a PNG file/,
    ],
    [
      'a picture of colours',
      { 'x/instance/a b.png': encodeRgb({ width: 1, height: 1, data: new Uint8Array(3) }) },
      /one number a pixel/,
    ],
    [
      'a broken list',
      { 'label_colors.txt': 'dog 1 2 3', 'x/label_2/a b.txt': '' },
      /label_colors\.txt, line 1/,
    ],
  ])('%s', async (_name, files, message) => {
    const input = inputOf(
      new Map(Object.entries(files).map(([name, data]) => [name, Buffer.from(data)])),
    )
    await expect(imported(kitti, input, sample)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive of another kind', async () => {
    const reading = imported(kitti, inputOf({ 'labels/a.txt': '' }), sample)
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })

  test('masks whose classes are all beyond the list', async () => {
    const files = new Map([['x/instance/a b.png', picture([0, 9 * 256], [1, 8 * 256])]])
    const reading = imported(kitti, inputOf(files), sample)
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_MATCHES_NOTHING' })
  })

  test('more labels than pixels can number', async () => {
    const many = Array.from({ length: 256 }, (_, i) => textLabel(i + 1, `label ${i}`, []))
    const writing = exported(kitti, [], false, undefined, { ...sample, labels: many })
    await expect(writing).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

test('says what it loses', () => {
  const lost = kitti.losses(census).map(({ count, what }) => `${count} ${what}`)
  expect(lost).toContain('2 rotated rectangles become masks')
  expect(lost).not.toContain('8 annotations lose their occluded mark')
  const age = { specId: 24, value: '5' }
  const list = [
    { ...worked, attributes: [...worked.attributes, age] },
    { ...mask, occluded: true, score: 0.5, attributes: [{ specId: 21, value: 'true' }] },
    newTag({ frame: 0, labelId: dog }),
  ] as NewAnnotation[]
  const withAge = labels
    .slice(0, 0)
    .concat(
      kittiLabels.map((label) =>
        labelSchema.parse({ ...label, attributes: [...attributes, flag(24, 'age', 'number')] }),
      ),
    )
  expect(kitti.frameLosses?.(list as never, withAge)).toEqual([
    { severity: 'changed', count: 1, what: 'boxes lose attributes other than truncated, score' },
    { severity: 'changed', count: 1, what: 'masks lose attributes other than is_crowd' },
    { severity: 'changed', count: 1, what: 'masks lose their occluded mark' },
    { severity: 'changed', count: 1, what: 'masks lose their score' },
  ])
})
