import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
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
import { vggFace2 } from './index.ts'

const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const FIVE = [1, 2, 3.456, 4, 5, 6, 7, 8, 9, 10]
const BOXES = 'bb_landmark/loose_bb_default.csv'
const POINTS = 'bb_landmark/loose_landmark_default.csv'
const HEAD = 'NAME_ID,P1X,P1Y,P2X,P2Y,P3X,P3Y,P4X,P4Y,P5X,P5Y'

const annotations: NewAnnotation[] = [
  newShape({ frame: 0, labelId: size, type: 'points', points: FIVE.with(2, 3.46) }),
  newTag({ frame: 0, labelId: dog }),
  newShape({ frame: 0, labelId: size, type: 'rectangle', points: [1.23, 2, 6.73, 8] }),
  newShape({ frame: 2, labelId: size, type: 'rectangle', points: [0, 0, 1, 1] }),
]

test('writes the tables CVAT writes, byte for byte, and reads them back', async () => {
  const list = annotations.with(
    0,
    newShape({ frame: 0, labelId: size, type: 'points', points: FIVE }),
  )
  const files = await exported(vggFace2, list, true)
  expect(textOf(files, POINTS)).toBe(
    `${HEAD}\r\ngröße/a b,1.0,2.0,3.46,4.0,5.0,6.0,7.0,8.0,9.0,10.0\r\n` +
      '"dog & ""cat"" <x>/a b",,,,,,,,,,\r\nno_label/deep/er/b,,,,,,,,,,\r\n',
  )
  expect(textOf(files, BOXES)).toBe(
    'NAME_ID,X,Y,W,H\r\ngröße/a b,1.23,2.0,5.5,6.0\r\ngröße/deep/c,0.0,0.0,1.0,1.0\r\n',
  )
  expect(textOf(files, 'labels.txt')).toBe('dog & "cat" <x>\ngröße\nsk\n1\n2\n')
  expect([...files.keys()].slice(3)).toEqual([
    'default/größe/a b.jpg',
    'default/no_label/deep/er/b.png',
    'default/größe/deep/c.jpg',
  ])
  const back = await imported(vggFace2, inputOf(files))
  expect(back.annotations).toEqual(annotations)
})

test('the table of boxes is there only if there are boxes; tables for each subset', async () => {
  const files = await exported(
    vggFace2,
    [annotations[3] as NewAnnotation],
    false,
    undefined,
    inSubsets,
  )
  expect([...files.keys()]).toEqual([
    'labels.txt',
    'bb_landmark/loose_landmark_train.csv',
    'bb_landmark/loose_landmark_val.csv',
    'bb_landmark/loose_bb_val.csv',
  ])
})

test('the original tables: a class behind the person, other order of columns', async () => {
  const files = {
    'x/bb_landmark/loose_bb_test.csv': 'X,Y,W,H,NAME_ID\n1,2,3,4,größe/c\n1,2,3,4,größe/gone\n',
    'x/labels.txt': '\r\ngröße car\r\n',
  }
  const { annotations: found, unmatched, described } = await imported(vggFace2, inputOf(files))
  expect(found).toEqual([
    newShape({ frame: 2, labelId: size, type: 'rectangle', points: [1, 2, 4, 6] }),
  ])
  expect(unmatched).toEqual(['größe/gone'])
  expect(described).toEqual([{ name: 'größe' }])
})

test('boxes, sets of five points and tags come back, from each subset', async () => {
  const any = fc.array(fc.oneof(anyTag(), anyShape(['points', 'rectangle', 'ellipse'])), {
    maxLength: 8,
  })
  const key = (one: NewAnnotation) =>
    `${one.frame} ${one.labelId} ${one.kind === 'shape' ? one.points.map((n) => n.toFixed(2)) : ''}`
  await fc.assert(
    fc.asyncProperty(any, async (list) => {
      const back = await imported(
        vggFace2,
        inputOf(await exported(vggFace2, list, false, undefined, inSubsets)),
        inSubsets,
      )
      const kept = list.filter(
        (one) =>
          one.kind === 'tag' ||
          (one.kind === 'shape' &&
            (one.type === 'rectangle' || (one.type === 'points' && one.points.length === 10))),
      )
      expect(back.annotations.map(key).sort()).toEqual(kept.map(key).sort())
    }),
    { numRuns: 80 },
  )
})

describe('refuses', () => {
  test.each([
    ['a missing column', { [BOXES]: 'NAME_ID,X,Y,W\r\n' }, /line 1: the column H is missing/],
    [
      'a missing number',
      { [POINTS]: `${HEAD}\r\nx/a b,1,2,3,4,5,6,7,8,9,\r\n` },
      /line 2: "" is not/,
    ],
    ['no number', { [BOXES]: 'NAME_ID,X,Y,W,H\r\nx/a b,1,2,3,NaN\r\n' }, /"NaN" is not a number/],
    [
      'an empty box',
      { [BOXES]: 'NAME_ID,X,Y,W,H\r\ngröße/a b,,,,\r\n' },
      /X, Y, W and H are empty/,
    ],
    [
      'a negative size',
      { [BOXES]: 'NAME_ID,X,Y,W,H\ngröße/a b,1,2,3,-4\n' },
      /must not be negative/,
    ],
    ['no name', { [BOXES]: 'NAME_ID,X,Y,W,H\n,1,2,3,4\n' }, /line 2: NAME_ID is empty/],
  ])('%s', async (_name, files, message) => {
    await expect(imported(vggFace2, inputOf(files))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive without tables', async () => {
    const reading = imported(vggFace2, inputOf({ 'labels.txt': 'x' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = vggFace2
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 4 polygons are left out')
  const points = [FIVE, [1, 2]].map((numbers, id) => ({
    ...newShape({ frame: 0, labelId: size, type: 'points', points: numbers }),
    id,
  })) as Shape[]
  expect(vggFace2.frameLosses?.(points, labels)).toMatchObject([{ severity: 'dropped', count: 1 }])
})
