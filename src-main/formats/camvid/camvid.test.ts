import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { canvasSize } from '../common/canvas-size.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { AREAL } from '../common/paint/class-mask-losses.ts'
import { encodeGray8, encodeRgb } from '../common/png/encode.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import {
  exported,
  type Files,
  imported,
  inputOf,
  inSubsets,
  labels,
  type Sample,
  textOf,
} from '../testkit/sample.ts'
import { camvid } from './index.ts'
import { camvidFrameLosses } from './losses.ts'

const [, size] = labels
if (size === undefined) throw new Error('the sample has three labels')

const own = (name: string, color: string) => ({ ...size, id: name.length as never, name, color })
const sample: Sample = {
  ...inSubsets,
  labels: [own('Tree', '#808000'), own('Car', '#400080')],
  frames: inSubsets.frames.map((frame) => ({ ...frame, width: 4, height: 1 })),
}
const shape = (fields: Partial<NewShape>): NewShape =>
  newShape({ frame: 0, labelId: 3 as never, type: 'rectangle', points: [0, 0, 2, 1], ...fields })
const rgb = (...colors: number[]) => {
  const data = colors.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255])
  return encodeRgb({ width: colors.length, height: 1, data: Uint8Array.from(data) })
}
const read = (files: Files | Record<string, string>, into: Sample = sample) =>
  imported(camvid, inputOf(files), into)
const written = (list: readonly NewAnnotation[], from: Sample = sample, withImages = false) =>
  exported(camvid, list, withImages, undefined, from)

describe('writing', () => {
  test('lists of every subset, paths with blanks in quotes', async () => {
    const files = await written([shape({})], sample, true)
    expect([...files.keys()]).toEqual([
      'label_colors.txt',
      'trainannot/a b.png',
      'train.txt',
      'val.txt',
      'train/a b.jpg',
      'train/deep/er/b.png',
      'val/deep/c.jpg',
    ])
    expect(textOf(files, 'label_colors.txt')).toBe('64 0 128 Car\n128 128 0 Tree\n')
    expect(textOf(files, 'train.txt')).toBe(
      '"/train/a b.jpg" "trainannot/a b.png"\n/train/deep/er/b.png \n',
    )
    expect(Buffer.from(files.get('trainannot/a b.png') ?? [])).toEqual(
      rgb(0x400080, 0x400080, 0, 0),
    )
  })

  test('the background comes first, where it is a label', async () => {
    const withIt = { ...sample, labels: [...sample.labels, own('background', '#000000')] }
    expect(textOf(await written([], withIt), 'label_colors.txt')).toBe(
      '0 0 0 background\n64 0 128 Car\n128 128 0 Tree\n',
    )
    const black = { ...sample, labels: [...sample.labels, own('Void', '#000000')] }
    expect(textOf(await written([], black), 'label_colors.txt')).toBe(
      '0 0 0 Void\n64 0 128 Car\n128 128 0 Tree\n',
    )
  })
})

test('what is written comes back: a mask for each label of a frame', async () => {
  // What sticks out of its picture counts when losses are told: how large the picture is, is not known then.
  const inside = anyShape(AREAL).filter((one) => {
    const [height, width] = canvasSize([one], { width: 0, height: 0 })
    return height <= 12 && width <= 20
  })
  const shapes = fc.array(inside, { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const files = await written(list, inSubsets)
      const back = await read(files, inSubsets)
      expect([back.notes, back.unmatched]).toEqual([[], []])
      expect(await written(back.annotations, inSubsets)).toEqual(files)
      const lost = [0, 1, 2].flatMap((frame) => {
        const here = list.filter((one) => one.frame === frame)
        return camvidFrameLosses(here.toSorted((a, b) => a.zOrder - b.zOrder) as Shape[])
      })
      const gone = lost.filter(({ severity }) => severity === 'dropped')
      const sum = gone.reduce((total, { count }) => total + count, 0)
      expect(back.annotations.length).toBe(list.length - sum)
    }),
    { numRuns: 60 },
  )
})

describe('importing', () => {
  const mask = rgb(0x400080, 0, 0x808000, 0x808000)
  const found = [
    { labelId: 3, frame: 2, type: 'mask', points: [0, 1, 0, 0, 0, 0] },
    { labelId: 4, frame: 2, points: [0, 2, 2, 0, 3, 0] },
  ]

  test.each<[string, [string, Buffer][]]>([
    [
      'lists with the paths of another machine',
      [
        [
          'val.txt',
          Buffer.from('/SegNet/CamVid/val/deep/c.jpg /SegNet/CamVid/valannot/deep/c.png\r\n'),
        ],
        ['CamVid/valannot/deep/c.png', mask],
      ],
    ],
    ['no list, masks called like their pictures', [['valannot/deep/c.png', mask]]],
    ['folders and names of the data set as it goes round', [['CamVid/val_labels/c_L.png', mask]]],
    [
      'a table of classes',
      [
        ['class_dict.csv', Buffer.from('name,r,g,b\r\nCar,64,0,128\r\nTree,128,128,0\r\n')],
        ['val_labels/c_L.png', mask],
      ],
    ],
  ])('%s', async (_name, files) => {
    const { annotations, unmatched } = await read(new Map(files))
    expect(annotations).toMatchObject(found)
    expect(unmatched).toEqual([])
  })

  test('grayscale masks number the lines of the list', async () => {
    const png = encodeGray8({ width: 4, height: 1, data: Uint8Array.of(1, 0, 2, 2) })
    const list = Buffer.from('0 0 0 Void\n64\t0\t128\tCar\n128 128 0 Tree\n')
    const { annotations, notes, described } = await read(
      new Map([
        ['label_colors.txt', list],
        ['valannot/deep/c.png', png],
      ]),
    )
    expect(annotations).toMatchObject(found)
    expect(notes).toEqual(['1 objects with the unknown label "Void" were left out'])
    expect(described).toContainEqual({ name: 'Car', color: '#400080' })
  })

  test.each<[string, Record<string, string>, string]>([
    ['another archive', { 'a.xml': '' }, 'does not look like CamVid 1.0'],
    [
      'a mask that is not there',
      { 'val.txt': '/val/deep/c.jpg valannot/c.png\n' },
      'val.txt, line 1: it names valannot/c.png',
    ],
    ['a line of three paths', { 'val.txt': 'a b c\n' }, 'val.txt, line 1: it must hold two paths'],
    [
      'a colour that is none',
      { 'label_colors.txt': '0 0 0 a\n1 2 256 b\n' },
      'label_colors.txt, line 2',
    ],
    ['a broken mask', { 'valannot/deep/c.png': 'x' }, 'valannot/deep/c.png: it is not a PNG file'],
    [
      'a broken table',
      { 'class_dict.csv': 'name,r,g,b\nCar;1;2;3\n', 'val_labels/c.png': 'x' },
      'class_dict.csv, line 2',
    ],
  ])('refused: %s', async (_name, files, message) => {
    await expect(read(files)).rejects.toThrow(message)
  })
})

test('tells that what is of one label becomes one', () => {
  const at = (points: number[], labelId: number) =>
    shape({ points, labelId: labelId as never }) as Shape
  const list = [
    at([0, 0, 2, 2], 3),
    at([1, 1, 3, 3], 3),
    at([1, 1, 3, 3], 4),
    at([9, 9, 10, 10], 3),
  ]
  expect(camvidFrameLosses(list)).toEqual([
    { severity: 'dropped', count: 1, what: 'objects that nearer ones cover wholly are left out' },
    { severity: 'changed', count: 1, what: 'objects lose the pixels that nearer ones cover' },
    { severity: 'dropped', count: 1, what: 'objects become one mask with others of their label' },
  ])
})
