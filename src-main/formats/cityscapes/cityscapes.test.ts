import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { AREAL } from '../common/paint/class-mask-losses.ts'
import { decodePng } from '../common/png/decode.ts'
import { encodeGray8, encodeGray16, encodeRgb } from '../common/png/encode.ts'
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
import { cityscapes } from './index.ts'
import { cityscapesFrameLosses } from './losses.ts'

const [, size] = labels
if (size === undefined) throw new Error('the sample has three labels')

const CROWD = 99
const own = (name: string, color: string) => ({
  ...size,
  ...{ id: name.length as never, name, color },
  attributes: [
    {
      ...{ id: CROWD as never, name: 'is_crowd', inputType: 'checkbox' as const, mutable: false },
      ...{ defaultValue: 'false', values: ['false', 'true'] },
    },
  ],
})
const crowd = (value: string) => [{ specId: CROWD as never, value }]
const sample: Sample = {
  ...inSubsets,
  labels: [own('car', '#00008e'), own('bu', '#003c64')],
  frames: inSubsets.frames.map((frame) => ({ ...frame, width: 4, height: 1 })),
}
const shape = (x: number, fields: Partial<NewShape> = {}): NewShape => {
  const points = [x, 0, x + 1, 1]
  return newShape({ frame: 0, labelId: 3 as never, type: 'rectangle', points, ...fields })
}
const read = (files: Files | Record<string, string>, into: Sample = sample) =>
  imported(cityscapes, inputOf(files), into)
const written = (list: readonly NewAnnotation[], from: Sample = sample, withImages = false) =>
  exported(cityscapes, list, withImages, undefined, from)
const values = (files: Files, name: string) => {
  const bytes = files.get(`gtFine/train/a b_gtFine_${name}.png`) ?? Buffer.alloc(0)
  const png = decodePng(bytes, (problem) => {
    throw new Error(problem)
  })
  return { depth: png.depth, samples: [...png.samples] }
}
const bus = { labelId: 2 as never }

describe('writing', () => {
  test('colours, classes and objects; a crowd is its class', async () => {
    const list = [shape(0), shape(1, bus), shape(2, { attributes: crowd('true') })]
    const files = await written(list, sample, true)
    expect([...files.keys()]).toEqual([
      'label_colors.txt',
      'gtFine/train/a b_gtFine_color.png',
      'gtFine/train/a b_gtFine_labelIds.png',
      'gtFine/train/a b_gtFine_instanceIds.png',
      'imgsFine/leftImg8bit/train/a b_leftImg8bit.jpg',
      'imgsFine/leftImg8bit/train/deep/er/b_leftImg8bit.png',
      'imgsFine/leftImg8bit/val/deep/c_leftImg8bit.jpg',
    ])
    expect(textOf(files, 'label_colors.txt')).toBe('0 0 0 background\n0 60 100 bu\n0 0 142 car\n')
    expect(values(files, 'labelIds')).toEqual({ depth: 8, samples: [2, 1, 2, 0] })
    expect(values(files, 'instanceIds')).toEqual({ depth: 16, samples: [2001, 1002, 2, 0] })
    expect(values(files, 'color').samples).toEqual([0, 0, 142, 0, 60, 100, 0, 0, 142, 0, 0, 0])
  })

  test('more objects than numbers are refused', async () => {
    const wide = { ...sample, frames: sample.frames.map((frame) => ({ ...frame, width: 2000 })) }
    const many = Array.from({ length: 1000 }, (_, x) => shape(x))
    await expect(written(many, wide)).rejects.toThrow('a frame has more than 999 objects')
  })
})

test('what is written comes back, object for object, in every subset', async () => {
  const shapes = fc.array(
    fc.tuple(anyShape(AREAL), fc.constantFrom(3, 2), fc.constantFrom('true', 'false')),
    { maxLength: 8 },
  )
  const large = { ...inSubsets, labels: sample.labels }
  await fc.assert(
    fc.asyncProperty(shapes, async (made) => {
      const list = made.map(([one, labelId, value]) => ({
        ...{ ...one, labelId: labelId as never, attributes: crowd(value) },
      }))
      const files = await written(list, large)
      const back = await read(files, large)
      expect([back.notes, back.unmatched]).toEqual([[], []])
      const again = await written(back.annotations, large)
      const classes = (all: Files) => [...all].filter(([name]) => !name.includes('instanceIds'))
      expect(classes(again)).toEqual(classes(files))
      const lost = [0, 1, 2].flatMap((frame) => {
        const here = list.filter((one) => one.frame === frame)
        const inOrder = here.toSorted((a, b) => a.zOrder - b.zOrder) as unknown as Shape[]
        return cityscapesFrameLosses(inOrder, sample.labels)
      })
      const gone = lost.filter(({ severity }) => severity === 'dropped')
      const sum = gone.reduce((total, { count }) => total + count, 0)
      expect(back.annotations.length).toBe(list.length - sum)
    }),
    { numRuns: 60 },
  )
})

describe('importing', () => {
  const ids = (...list: number[]) =>
    encodeGray16({ width: list.length, height: 1, data: Uint16Array.from(list) })
  const bytes = (...list: number[]) =>
    encodeGray8({ width: list.length, height: 1, data: Uint8Array.from(list) })
  const cars = { ...sample, labels: [own('car', '#111111'), own('traffic light', '#222222')] }
  const path = (kind: string, folder = 'gtFine/val/deep') => `${folder}/c_gtFine_${kind}.png`

  test.each<[string, [string, Buffer][], object[]]>([
    [
      'objects and crowds by the numbers of the data set',
      [[path('instanceIds'), ids(26001, 26002, 19, 0)]],
      [
        { labelId: 13, attributes: crowd('true'), points: [0, 1, 2, 0, 2, 0] },
        { labelId: 3, attributes: crowd('false'), points: [0, 1, 0, 0, 0, 0] },
        { labelId: 3, points: [0, 1, 1, 0, 1, 0] },
      ],
    ],
    [
      'classes alone',
      [[path('labelIds'), bytes(26, 26, 0, 0)]],
      [{ labelId: 3, attributes: crowd('true') }],
    ],
    [
      'classes by their numbers for training',
      [[path('labelTrainIds'), bytes(13, 6, 255, 255)]],
      [{ labelId: 13 }, { labelId: 3 }],
    ],
    [
      'colours alone',
      [[path('color'), encodeRgb({ width: 1, height: 1, data: Uint8Array.of(0, 0, 142) })]],
      [{ labelId: 3 }],
    ],
    [
      'pictures called as in the data set, without subsets',
      [[path('instanceIds', 'gtFine/deep'), ids(26001)]],
      [{ frame: 2, labelId: 3 }],
    ],
    [
      'a list of its own',
      [
        ['label_color.txt', Buffer.from('0 0 0 background\r\n1 1 1 traffic light\r\n')],
        [path('instanceIds'), ids(1001, 0, 2001)],
      ],
      [{ labelId: 13 }],
    ],
  ])('%s', async (_name, files, expected) => {
    const named = cars.frames.map((frame) => ({
      ...frame,
      name: frame.name.replace('.', '_leftImg8bit.'),
    }))
    for (const frames of [cars.frames, named]) {
      const { annotations, unmatched } = await read(new Map(files), { ...cars, frames })
      const byLabel = [...annotations].sort(
        (a, b) => (a.kind === 'shape' ? 0 : 1) - (b.kind === 'shape' ? 0 : 1),
      )
      expect(byLabel).toMatchObject(expected)
      expect(byLabel).toHaveLength(expected.length)
      expect(unmatched).toEqual([])
    }
  })

  test('a task without any class of the data set is numbered as its export would be', async () => {
    const files = new Map([[path('instanceIds'), ids(1001, 2002)]])
    const other = { ...sample, labels: [own('zebra', '#111111'), own('ant', '#222222')] }
    expect((await read(files, other)).annotations).toMatchObject([{ labelId: 3 }, { labelId: 5 }])
  })

  test.each<[string, [string, Buffer][], string]>([
    ['another archive', [['a.txt', Buffer.from('')]], 'does not look like Cityscapes 1.0'],
    [
      'numbers in colour',
      [[path('instanceIds'), encodeRgb({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) })]],
      'it must be grayscale',
    ],
    ['a broken picture', [[path('instanceIds'), Buffer.from('x')]], 'it is not a PNG file'],
    [
      'numbers beyond every class',
      [[path('instanceIds'), ids(60_000)]],
      'none of its mask colours exist',
    ],
  ])('refused: %s', async (_name, files, message) => {
    await expect(read(new Map(files))).rejects.toThrow(message)
  })
})

test('tells what is lost', () => {
  const list = [
    shape(0, { attributes: crowd('true') }),
    shape(1, { attributes: crowd('true') }),
    shape(2, { attributes: [...crowd('false'), { specId: 1 as never, value: 'x' }] }),
  ] as Shape[]
  expect(cityscapesFrameLosses(list, sample.labels)).toEqual([
    { severity: 'dropped', count: 1, what: 'crowds become one mask with others of their label' },
    {
      severity: 'changed',
      count: 1,
      what: 'annotations lose their attributes, but for "is_crowd"',
    },
  ])
})
