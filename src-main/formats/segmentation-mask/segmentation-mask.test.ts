import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { AREAL, classMaskFrameLosses } from '../common/paint/class-mask-losses.ts'
import { decodePng } from '../common/png/decode.ts'
import { encodeGray8, encodeRgb } from '../common/png/encode.ts'
import { colorRows } from '../common/png/rows.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  type Files,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  type Sample,
  textOf,
} from '../testkit/sample.ts'
import { segmentationMask } from './index.ts'

const [dog, size] = labels
if (dog === undefined || size === undefined) throw new Error('the sample has three labels')

const own = (name: string, color: string) => ({ ...size, id: name.length as never, name, color })
/** A small picture, and labels that are not in alphabetical order. */
const small: Sample = {
  ...inSubsets,
  labels: [own('dog', '#010203'), own('ca', '#040506')],
  frames: frames.map((frame) => ({ ...frame, subset: 'default', width: 6, height: 4 })),
}
const shape = (fields: Partial<NewShape> & Pick<NewShape, 'points'>): NewShape =>
  newShape({ frame: 0, labelId: 3 as never, type: 'rectangle', ...fields })

const read = (files: Files | Record<string, string>, sample: Sample = small) =>
  imported(segmentationMask, inputOf(files), sample)
const written = (list: readonly NewAnnotation[], sample: Sample = small) =>
  exported(segmentationMask, list, false, undefined, sample)

/** Pixels as one character each: the colour's place in the list of those that appear. */
function pixels(files: Files, name: string): { rows: string[]; colors: string[] } {
  const png = decodePng(files.get(name) ?? Buffer.alloc(0), (problem) => {
    throw new Error(`${name}: ${problem}`)
  })
  const readRow = colorRows(png)
  const row = new Uint32Array(png.width)
  const colors: string[] = []
  const rows = Array.from({ length: png.height }, (_, y) => {
    readRow(y, row)
    return Array.from(row, (color) => {
      const text = color.toString(16).padStart(6, '0')
      if (!colors.includes(text)) colors.push(text)
      return colors.indexOf(text)
    }).join('')
  })
  return { rows, colors }
}

describe('writing', () => {
  test('labels by name in their colours, objects numbered as they are painted', async () => {
    const files = await written([
      shape({ points: [0, 0, 4, 4], zOrder: 1 }),
      shape({ points: [3, 0, 6, 2], labelId: 2 as never }),
      shape({ points: [1, 1, 2, 2], zOrder: 5, group: 1 }),
      shape({ points: [4, 3, 6, 4], zOrder: 5, group: 1, labelId: 2 as never }),
    ])
    expect(textOf(files, 'labelmap.txt')).toBe(
      '# label:color_rgb:parts:actions\nbackground:0,0,0::\nca:4,5,6::\ndog:1,2,3::\n',
    )
    expect(pixels(files, 'SegmentationClass/a b.png')).toEqual({
      rows: ['000011', '010011', '000022', '000011'],
      colors: ['010203', '040506', '000000'],
    })
    expect(pixels(files, 'SegmentationObject/a b.png')).toEqual({
      rows: ['000011', '020011', '000033', '000022'],
      colors: ['008000', '800000', '808000', '000000'],
    })
    expect(textOf(files, 'ImageSets/Segmentation/default.txt')).toBe('a b\ndeep/er/b\ndeep/c\n')
  })

  test('a frame with nothing but points is on no list', async () => {
    const files = await written([shape({ type: 'points', points: [1, 1] })])
    expect(textOf(files, 'ImageSets/Segmentation/default.txt')).toBe('deep/er/b\ndeep/c\n')
    expect([...files.keys()]).toHaveLength(2)
  })

  test('labels of one colour get colours of their own, the background keeps its', async () => {
    const labelled = [own('a', '#000000'), own('bb', '#ff0000'), own('ccc', '#ff0000')]
    const files = await written([], { ...small, labels: labelled })
    expect(textOf(files, 'labelmap.txt')).toBe(
      '# label:color_rgb:parts:actions\na:0,0,1::\nbackground:0,0,0::\nbb:255,0,0::\nccc:255,0,1::\n',
    )
  })
})

test('what is written comes back as the masks that are seen, in every subset', async () => {
  const shapes = fc.array(anyShape(AREAL), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const files = await written(list, inSubsets)
      const back = await read(files, inSubsets)
      expect(back.notes).toEqual([])
      const again = await written(back.annotations, inSubsets)
      const painted = (all: Files) => [...all].filter(([name]) => name.includes('Class/'))
      expect(painted(again)).toEqual(painted(files))
      const lost = [0, 1, 2].flatMap((frame) => {
        const here = list.filter((one) => one.frame === frame)
        return classMaskFrameLosses(here.toSorted((a, b) => a.zOrder - b.zOrder) as Shape[])
      })
      const gone = lost.filter(({ severity }) => severity === 'dropped')
      const sum = gone.reduce((total, { count }) => total + count, 0)
      expect(back.annotations.length).toBe(list.length - sum)
    }),
    { numRuns: 80 },
  )
})

describe('importing', () => {
  const gray = (values: number[]) =>
    encodeGray8({ width: values.length, height: 1, data: Uint8Array.from(values) })
  const rgb = (colors: number[]) => {
    const data = colors.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255])
    return encodeRgb({ width: colors.length, height: 1, data: Uint8Array.from(data) })
  }
  const one: Sample = {
    ...small,
    frames: small.frames.map((frame) => ({ ...frame, width: 4, height: 1 })),
  }

  test('grayscale classes are lines of the list, remarks in it allowed', async () => {
    const files: Files = new Map([
      [
        'labelmap.txt',
        Buffer.from('\ufeffq:0,128,0:: # number 0\r\n_dummy1:1,1,1::\r\ndog:2,2,2::\r\n'),
      ],
      ['ImageSets/Segmentation/train.txt', Buffer.from('a b\r\ndeep/c\r\n')],
      ['SegmentationClass/a b.png', gray([2, 2, 0, 9])],
    ])
    const { annotations, notes, described } = await read(files, one)
    expect(annotations).toMatchObject([{ labelId: 3, type: 'mask', points: [0, 2, 0, 0, 1, 0] }])
    expect(notes.sort()).toEqual([
      '1 objects of class number 9, which no class has, were left out',
      '1 objects with the unknown label "q" were left out',
    ])
    expect(described[0]).toEqual({ name: 'q', color: '#008000' })
  })

  test('without objects a mask for each class, the background only where it is a label', async () => {
    const files: Files = new Map([
      ['labelmap.txt', Buffer.from('background:0,0,0::\ndog:1,2,3::\n')],
      ['SegmentationClass/a b.png', rgb([0x010203, 0, 0, 0x010203])],
    ])
    const found = await read(files, one)
    expect(found.annotations).toMatchObject([{ points: [0, 1, 2, 1, 0, 0, 3, 0] }])
    const withIt = { ...one, labels: [...one.labels, own('background', '#000000')] }
    expect((await read(files, withIt)).annotations).toHaveLength(2)
  })

  test('without a list the colours are those of the labels here', async () => {
    const files: Files = new Map([['SegmentationClass/a b.png', rgb([0x040506, 0, 0, 0])]])
    expect((await read(files, one)).annotations).toMatchObject([{ labelId: 2 }])
  })

  test('a list of names as labelme writes it', async () => {
    const files: Files = new Map([
      ['data/class_names.txt', Buffer.from('__ignore__\n_background_\ndog\n')],
      ['data/SegmentationClassPNG/a b.png', rgb([0x800000, 0, 0, 0])],
    ])
    expect((await read(files, one)).annotations).toMatchObject([{ labelId: 3 }])
  })

  test('refuses other archives', async () => {
    await expect(read({ 'a.xml': '<annotation/>' })).rejects.toMatchObject({
      code: 'DATASET_NOT_THIS_FORMAT',
    })
  })
})

test('tells what is lost', () => {
  expect(segmentationMask.losses(census)).toMatchObject([
    { severity: 'dropped', count: 3, what: 'polylines are left out' },
    { severity: 'dropped', count: 1, what: 'tags are left out' },
    { severity: 'changed', count: 5, what: 'rectangles become masks' },
    { severity: 'changed', count: 4, what: 'polygons become masks' },
    { severity: 'changed', count: 2, what: 'ellipses become masks' },
    { count: 9, what: 'annotations lose their attributes' },
    { count: 6, what: 'annotations lose their group' },
    { count: 8, what: 'annotations lose their occluded mark' },
    { count: 7, what: 'annotations lose their z-order' },
    { count: 10, what: 'annotations lose their score' },
    { count: 11, what: 'annotations lose their source (manual, auto …)' },
  ])
  const at = (points: number[], zOrder = 0, group = 0) => shape({ points, zOrder, group }) as Shape
  const list = [
    at([0, 0, 2, 2]),
    at([1, 1, 4, 4]),
    at([1, 1, 4, 4]),
    at([5, 5, 6, 6], 0, 1),
    at([7, 7, 8, 8], 0, 1),
    at([9, 9, 9, 9]),
  ]
  expect(classMaskFrameLosses(list)).toEqual([
    { severity: 'dropped', count: 1, what: 'shapes without a single pixel are left out' },
    {
      severity: 'dropped',
      count: 1,
      what: 'members of groups become one mask with the largest of their group',
    },
    { severity: 'dropped', count: 1, what: 'objects that nearer ones cover wholly are left out' },
    { severity: 'changed', count: 1, what: 'objects lose the pixels that nearer ones cover' },
  ])
})
