import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame, NewAnnotation } from '#main/core/ports.ts'
import type { AttributeValue, Tag } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  frames,
  imported,
  inputOf,
  inSubsets,
  type Sample,
  textOf,
} from '../testkit/sample.ts'
import { lfw } from './index.ts'
import { readName, refOf, writtenName } from './names.ts'
import { readPairList, writePairList } from './pair-lists.ts'

const NAMES = ['name0_0001', 'name0_0002', 'deep/x', 'name1_0010', 'y']
const people: Sample = {
  ...inSubsets,
  frames: NAMES.map((name, index) => ({
    ...{ ...(frames[0] as DatasetFrame), index },
    ...{ name: `${name}.jpg`, fileName: `${name}.jpg` },
  })),
  labels: [1, 2].map((id) =>
    labelSchema.parse({
      ...{ id, name: `name${id - 1}`, color: '#ff00aa', type: 'any', svg: null, sublabels: [] },
      attributes: ['positive_pairs', 'negative_pairs'].map((name, i) => ({
        ...{
          id: 10 * id + i,
          name,
          inputType: 'text',
          mutable: false,
          defaultValue: '',
          values: [],
        },
      })),
    }),
  ),
}
const [name0, name1] = people.labels.map(({ id }) => id) as [LabelId, LabelId]
const value = (specId: number, text: string) => ({ specId, value: text }) as AttributeValue

const annotations: NewAnnotation[] = [
  newTag({
    ...{ frame: 0, labelId: name0 },
    attributes: [
      value(10, "['name0/name0_0002']"),
      value(11, "['name1/name1_0010', 'name1/deep/x']"),
    ],
  }),
  newShape({ frame: 0, labelId: name0, type: 'points', points: [1.234, 2, 3, 4.5] }),
  newTag({ frame: 1, labelId: name0 }),
  newTag({ frame: 2, labelId: name1 }),
  newTag({ frame: 3, labelId: name1 }),
  newShape({ frame: 4, labelId: name1, type: 'points', points: [7, 8] }),
]

test('writes the lists CVAT writes, byte for byte, and reads them back', async () => {
  const files = await exported(lfw, annotations, true, undefined, people)
  expect(textOf(files, 'default/annotations/pairs.txt')).toBe(
    'name0\t1\t2\nname0\t1\tname1\t10\nname0\t1\tname1\tdeep/x\ny\n',
  )
  expect(textOf(files, 'default/annotations/people.txt')).toBe('name0\t2\nname1\t2\n')
  expect(textOf(files, 'default/annotations/landmarks.txt')).toBe(
    'name0_0001.jpg\t1.23\t2.0\t3.0\t4.5\nname1/y.jpg\t7.0\t8.0\n',
  )
  expect([...files.keys()].filter((name) => name.includes('images'))).toEqual([
    'default/images/name0/name0_0001.jpg',
    'default/images/name0/name0_0002.jpg',
    'default/images/name1/deep/x.jpg',
    'default/images/name1/name1_0010.jpg',
    'default/images/y.jpg',
  ])
  const back = await imported(lfw, inputOf(files), people)
  const rounded = annotations.with(
    1,
    newShape({ frame: 0, labelId: name0, type: 'points', points: [1.23, 2, 3, 4.5] }),
  )
  const byFrame = (list: NewAnnotation[]) => [...list].sort((a, b) => a.frame - b.frame)
  expect(byFrame(back.annotations)).toEqual(rounded)
  expect(back.unmatched).toEqual([])
})

test('the original lists: headers, no folder of a subset, no list of people', async () => {
  const files = {
    'annotations/pairs.txt': '1\t2\r\nname0\t1\t2\r\nname1\t10\tname0\t1\r\nname9\t1\t2\r\n',
    'annotations/landmarks.txt': 'name0_0002.jpg\t1\t2\t3\t4\r\n',
  }
  const { annotations: found, unmatched } = await imported(lfw, inputOf(files), people)
  expect(found).toEqual([
    newTag({ frame: 0, labelId: name0, attributes: [value(10, "['name0/name0_0002']")] }),
    newTag({ frame: 1, labelId: name0 }),
    newShape({ frame: 1, labelId: name0, type: 'points', points: [1, 2, 3, 4] }),
    newTag({ frame: 3, labelId: name1, attributes: [value(21, "['name0/name0_0001']")] }),
  ])
  expect(unmatched).toEqual(['name9/name9_0001', 'name9/name9_0002'])
})

test('the original list of people is in parts, whose lengths are nobody', async () => {
  const files = {
    'lfw/people.txt': '2\r\n1\r\nname0\t2\r\n1\r\nname1\t1\r\n',
    'lfw/pairs.txt': '1\t1\r\nname0\t1\t2\r\n',
  }
  const { described } = await imported(lfw, inputOf(files), people)
  expect(described.map(({ name }) => name)).toEqual(['name0', 'name1'])
})

test('names that are numbers do not pass for the length of the list', async () => {
  const numbered = {
    ...people,
    frames: people.frames
      .slice(0, 1)
      .map((frame) => ({ ...frame, name: '7.jpg', fileName: '7.jpg' })),
  }
  const point = [newShape({ frame: 0, labelId: name0, type: 'points', points: [1, 2] })]
  const files = await exported(lfw, point, false, undefined, numbered)
  expect(textOf(files, 'default/annotations/pairs.txt')).toBe('1\n7\n')
  expect((await imported(lfw, inputOf(files), numbered)).annotations).toEqual(point)
})

test('the first tag of a frame and every point set come back, from each subset', async () => {
  const any = fc.array(fc.oneof(anyTag(), anyShape(['points', 'polygon'])), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(any, async (list) => {
      const files = await exported(lfw, list, false, undefined, inSubsets)
      const back = await imported(lfw, inputOf(files), inSubsets)
      const first = frames.flatMap(({ index }) => {
        const tag = list.find((one) => one.kind === 'tag' && one.frame === index)
        return tag === undefined ? [] : [tag]
      })
      const points = list.filter((one) => one.kind === 'shape' && one.type === 'points')
      const key = (one: NewAnnotation) =>
        `${one.kind} ${one.frame} ${one.labelId} ${one.kind === 'shape' ? one.points.map((n) => n.toFixed(2)) : ''}`
      expect(back.annotations.map(key).sort()).toEqual([...first, ...points].map(key).sort())
    }),
    { numRuns: 80 },
  )
})

describe('lists of pairs', () => {
  test.each([
    ["['a/a_0001', 'b']", ['a/a_0001', 'b']],
    ['["a/a_0001","b"]', ['a/a_0001', 'b']],
    ['a/a_0001, b ', ['a/a_0001', 'b']],
    ['[]', []],
    ['', []],
  ])('%s', (text, paths) => expect(readPairList(text)).toEqual(paths))

  test('come back as they were', () => {
    const path = fc.string({ unit: fc.constantFrom(...`ab'"\\/ ,[]`), minLength: 1 })
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        expect(readPairList(writePairList(paths))).toEqual(paths)
      }),
    )
  })
})

test.each([
  ['bob', 'bob_0012', '12'],
  ['bob', 'bob/bob_0012', '12'],
  ['bob', 'bob_12', 'bob_12'],
  ['bob', 'bob_00012', 'bob_00012'],
  ['bob', 'bob/x', 'bob/x'],
  [null, 'bob_0012', 'bob_0012'],
])('%s on %s is written %s', (person, id, written) => {
  const ref = refOf(person, id)
  expect(writtenName(ref)).toBe(written)
  expect(readName(person, written)).toBe(ref.name)
})

describe('refuses', () => {
  test.each([
    ['a pair of five', { 'annotations/pairs.txt': 'a\t1\t2\t3\t4' }, /line 1: it has 5 fields/],
    ['an empty field', { 'annotations/pairs.txt': 'y\na\t\t2' }, /line 2: a field is empty/],
    [
      'half a point',
      { 'annotations/landmarks.txt': 'y.jpg\t1' },
      /landmarks\.txt, line 1: x and y/,
    ],
    ['no point', { 'annotations/landmarks.txt': 'y.jpg\t1\tNaN' }, /line 1: "NaN" is not/],
  ])('%s', async (_name, files, message) => {
    await expect(imported(lfw, inputOf(files), people)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive without lists', async () => {
    const reading = imported(lfw, inputOf({ 'images/a.jpg': 'x' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = lfw.losses(census).map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 4 polygons are left out')
  const tags = [1, 2].map((id) => ({ ...newTag({ frame: 0, labelId: name0 }), id })) as Tag[]
  expect(lfw.frameLosses?.(tags, people.labels)).toMatchObject([{ severity: 'dropped', count: 1 }])
})
