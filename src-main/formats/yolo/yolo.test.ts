import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame } from '#main/core/ports.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
} from '../testkit/sample.ts'
import { yolo } from './index.ts'

/** Far beyond the pictures, without width or height. */
const far = fc.integer({ min: -20_000, max: 20_000 }).map((n) => n / 100)
const anyBox = fc
  .tuple(far, far, far, far)
  .map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)])

const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const box = newShape({ frame: 0, labelId: dog, type: 'rectangle', points: [1.23, 2, 6.73, 8] })

test('writes the layout CVAT writes, byte for byte', async () => {
  const turned = { ...box, rotation: 30 }
  const files = await exported(yolo, [box, turned, { ...box, labelId: size }], true)
  expect(textOf(files, 'obj.data')).toBe(
    'classes = 3\ntrain = data/train.txt\nnames = data/obj.names\nbackup = backup/\n',
  )
  expect(textOf(files, 'obj.names')).toBe('dog & "cat" <x>\ngröße\nsk\n')
  expect(textOf(files, 'train.txt')).toBe(
    'data/obj_train_data/a b.jpg\ndata/obj_train_data/deep/er/b.png\ndata/obj_train_data/deep/c.jpg\n',
  )
  expect(textOf(files, 'obj_train_data/a b.txt')).toBe(
    '0 0.199000 0.416667 0.275000 0.500000\n1 0.199000 0.416667 0.275000 0.500000\n',
  )
  expect(textOf(files, 'obj_train_data/deep/c.txt')).toBe('')
  expect(textOf(files, 'obj_train_data/deep/er/b.png')).toBe('picture deep/er/b.png')
})

test('pictures that differ in nothing but their extension keep their boxes apart', async () => {
  const twins = ['x/a.jpg', 'x/a.png'].map((name, index) => ({
    ...{ ...frames[0], index },
    ...{ name, fileName: name },
  }))
  const files = await exported(
    yolo,
    [box, { ...box, frame: 1, labelId: size }],
    true,
    twins as DatasetFrame[],
  )
  expect(textOf(files, 'train.txt')).toBe(
    'data/obj_train_data/x/a.jpg\ndata/obj_train_data/x/a.png.png\n',
  )
  expect(textOf(files, 'obj_train_data/x/a.txt')).toMatch(/^0 /)
  expect(textOf(files, 'obj_train_data/x/a.png.txt')).toMatch(/^1 /)
  expect(textOf(files, 'obj_train_data/x/a.png.png')).toBe('picture x/a.png')
})

test('a rectangle told from its other corner, and one turned all the way round, are upright boxes', async () => {
  const odd = [
    { ...box, points: [6.73, 8, 1.23, 2] },
    { ...box, rotation: 360 },
  ]
  const back = await imported(yolo, inputOf(await exported(yolo, odd)))
  expect(back.annotations).toHaveLength(2)
  for (const found of back.annotations)
    for (const [k, n] of box.points.entries())
      expect(found.kind === 'shape' && found.points[k]).toBeCloseTo(n, 3)
})

test('every subset has its list and its folder', async () => {
  const files = await exported(yolo, [box], true, undefined, inSubsets)
  expect(textOf(files, 'obj.data')).toBe(
    'classes = 3\ntrain = data/train.txt\nval = data/val.txt\nnames = data/obj.names\nbackup = backup/\n',
  )
  expect(textOf(files, 'val.txt')).toBe('data/obj_val_data/deep/c.jpg\n')
  expect(textOf(files, 'obj_train_data/a b.txt')).toMatch(/^0 /)
  expect(textOf(files, 'obj_val_data/deep/c.jpg')).toBe('picture deep/c.jpg')
  const target = { ...inSubsets, frames: inSubsets.frames.slice(2) }
  const { unmatched } = await imported(yolo, inputOf(files), target)
  expect(unmatched).toEqual(['a b.jpg', 'deep/er/b.png'])
})

test('what has no subset joins the subset train, whatever its letters', async () => {
  const mixed = frames.map((frame, i) => ({
    ...frame,
    subset: ['default', 'Train', 'val'][i] ?? '',
  }))
  const files = await exported(yolo, [], false, undefined, { ...inSubsets, frames: mixed })
  expect(textOf(files, 'Train.txt')).toBe(
    'data/obj_Train_data/a b.jpg\ndata/obj_Train_data/deep/er/b.png\n',
  )
  const reserved = frames.map((frame) => ({ ...frame, subset: 'backup' }))
  await expect(
    exported(yolo, [], false, undefined, { ...inSubsets, frames: reserved }),
  ).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringMatching(/"backup"/) })
})

test('boxes on a picture whose size nobody knows are left out, and told', async () => {
  const unknown = frames.map((frame) => ({ ...frame, width: 0, height: 0 }))
  const files = await exported(yolo, [box], false, unknown)
  expect(textOf(files, 'obj_train_data/a b.txt')).toBe('')
  const target = { ...inSubsets, frames: unknown }
  const { annotations, notes } = await imported(yolo, inputOf(darknet('0 0.5 0.5 1 1')), target)
  expect(annotations).toEqual([])
  expect(notes).toEqual(['1 objects on pictures whose size is unknown were left out'])
})

test('upright rectangles come back with label and place, partly or wholly beside the picture too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anyShape(['rectangle']), anyBox), { maxLength: 10 }),
      async (shapes) => {
        const upright = shapes.map(([shape, points]) => ({
          ...shape,
          points,
          rotation: 0,
          zOrder: 0,
        }))
        const back = await imported(yolo, inputOf(await exported(yolo, upright)))
        const expected = [...upright].sort((a, b) => a.frame - b.frame)
        expect(back.annotations).toHaveLength(expected.length)
        for (const [i, { frame, labelId, points }] of expected.entries()) {
          const found = back.annotations[i]
          expect(found).toMatchObject({ frame, labelId, type: 'rectangle' })
          if (found?.kind !== 'shape') return
          for (const [k, n] of points.entries()) expect(found.points[k]).toBeCloseTo(n, 3)
        }
      },
    ),
    { numRuns: 60 },
  )
})

const darknet = (boxes: string, names = 'größe\n') => ({
  'obj.data':
    'classes = 1\r\ntrain = data/train.txt\r\nnames = data/obj.names\r\nbackup = backup/\r\n',
  'obj.names': names,
  'train.txt': 'data/obj_train_data/a b.jpg\ndata/obj_train_data/gone.jpg\n',
  'obj_train_data/a b.txt': boxes,
})

describe('reads', () => {
  test('a label number written as a float', async () => {
    const { annotations } = await imported(yolo, inputOf(darknet('0.0 .5 5e-1 1 1.')))
    expect(annotations).toMatchObject([{ frame: 0, points: [0, 0, 20, 12] }])
  })

  test('blank lines, any white space, a picture without boxes, a picture that is not here', async () => {
    const { annotations, unmatched } = await imported(
      yolo,
      inputOf(darknet('\r\n0\t0.5 0.5  1 1 \r\n')),
    )
    expect(annotations).toEqual([
      newShape({ frame: 0, labelId: size, type: 'rectangle', points: [0, 0, 20, 12] }),
    ])
    expect(unmatched).toEqual(['gone.jpg'])
  })

  test.each([
    ['classes.txt', { 'classes.txt': 'x\ngröße\n' }],
    ['a list in data.yaml', { 'data.yaml': 'path: .\nnames:\n- x\n- größe\nnc: 2\n' }],
    ['numbers in data.yaml', { 'data.yaml': "names:\n  0: x\n  1: 'größe'\n" }],
    ['one line of data.yaml', { 'data.yaml': 'names: [\'x\', "größe"]\n' }],
  ])('a wild data set that names its labels by %s', async (_name, list) => {
    const files = { ...list, 'labels/deep/c.txt': '1 0.5 0.5 1 1\n', 'images/deep/c.jpg': '' }
    const { annotations } = await imported(yolo, inputOf(files))
    expect(annotations).toMatchObject([{ frame: 2, labelId: size, points: [0, 0, 64, 48] }])
  })
})

describe('refuses', () => {
  test.each([
    [
      'a label number beyond the list',
      '0 .5 .5 1 1\n1 0.5 0.5 1 1',
      /a b\.txt, line 2: label number 1 is not in the list/,
    ],
    ['a missing field', '0 0.5 0.5 1', /line 1: it has 4 fields/],
    ['a field too many', '0 0.5 0.5 1 1 1', /line 1: it has 6 fields/],
    ['NaN', '0 nan 0.5 1 1', /"nan" is not a number/],
    ['words', 'dog 0.5 0.5 1 1', /"dog" is not a label number/],
    ['a negative size', '0 0.5 0.5 -1 1', /must not be negative/],
    ['pixels', '0 5000 0.5 1 1', /5000 is not relative/],
    ['a label number with a fraction', '0.5 0.5 0.5 1 1', /"0.5" is not a label number/],
  ])('%s', async (_name, boxes, message) => {
    await expect(imported(yolo, inputOf(darknet(boxes)))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each(['/home/me/darknet/data/obj_train_data/a b.jpg', 'data\\obj_train_data\\a b.jpg'])(
    'a list of another machine: %s',
    async (line) => {
      const files = { ...darknet('0 0.5 0.5 1 1\n'), 'train.txt': `${line}\n` }
      const { annotations, unmatched } = await imported(yolo, inputOf(files))
      expect(annotations).toMatchObject([{ frame: 0, labelId: size }])
      expect(unmatched).toEqual([])
    },
  )

  test('an archive with neither obj.data nor names', async () => {
    const reading = imported(yolo, inputOf({ 'a.txt': '0 0 0 1 1' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })

  test('obj.data that names a list that is not there', async () => {
    const reading = imported(yolo, inputOf({ 'obj.data': 'names = data/obj.names' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_INVALID' })
  })
})

test('says what it loses', () => {
  const dropped = yolo.losses(census).map(({ count, what }) => `${count} ${what}`)
  expect(dropped).toContain('2 rotated rectangles are left out')
  expect(dropped).toContain('4 polygons are left out')
  expect(dropped).toContain('9 annotations lose their attributes')
})
