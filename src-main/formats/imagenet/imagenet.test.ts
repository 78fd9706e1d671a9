import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
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
import { imageNet } from './index.ts'
import { parseListLine, quoteName } from './list.ts'

const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const tags = [
  newTag({ frame: 0, labelId: dog }),
  newTag({ frame: 0, labelId: size }),
  newTag({ frame: 2, labelId: size }),
]

describe('without pictures', () => {
  test('writes lists and synsets.txt as CVAT does, byte for byte', async () => {
    const files = await exported(imageNet, tags)
    expect(textOf(files, 'synsets.txt')).toBe('dog & "cat" <x>\ngröße\nsk\n1\n2\n')
    expect(textOf(files, 'default.txt')).toBe('"a b".jpg 0 1\ndeep/er/b.png \ndeep/c.jpg 1\n')
    expect([...files.keys()]).toEqual(['synsets.txt', 'default.txt'])
  })

  test('a list for each subset, which comes back', async () => {
    const files = await exported(imageNet, tags, false, undefined, inSubsets)
    expect(textOf(files, 'train.txt')).toBe('"a b".jpg 0 1\ndeep/er/b.png \n')
    expect(textOf(files, 'val.txt')).toBe('deep/c.jpg 1\n')
    const back = await imported(imageNet, inputOf(files), inSubsets)
    expect(back.annotations).toEqual(tags)
    expect(back.described.map(({ name }) => name)).toContain('größe')
  })

  test.each([
    ['a.jpg', 'a.jpg', []],
    ['a.jpg 3 0', 'a.jpg', [3, 0]],
    ['"sub/b c".png ', 'sub/b c.png', []],
    ['"sub/b c.png" 1', 'sub/b c.png', [1]],
    ['b c.png 1 2', 'b c.png', [1, 2]],
    ['"say "no"".png 4', 'say "no".png', [4]],
  ])('reads the line %j', (line, name, numbers) => {
    expect(parseListLine(line)).toEqual({ name, numbers })
  })

  test('any name comes back from its line', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'ab1 "./'), minLength: 1 })
      .map((s) => `x${s}`)
    fc.assert(
      fc.property(name, fc.array(fc.nat(20)), (stem, numbers) => {
        const line = `${quoteName(`${stem}.jpg`)} ${numbers.join(' ')}`
        expect(parseListLine(line)).toEqual({ name: `${stem}.jpg`, numbers })
      }),
    )
  })
})

describe('with pictures', () => {
  test('a copy in the folder of each label, no_label for none', async () => {
    const files = await exported(imageNet, tags, true)
    expect([...files.keys()]).toEqual([
      'dog & "cat" <x>/a b.jpg',
      'größe/a b.jpg',
      'no_label/deep/er/b.png',
      'größe/deep/c.jpg',
    ])
    expect(textOf(files, 'größe/deep/c.jpg')).toBe('picture deep/c.jpg')
  })

  test('a folder that is the label already is not said twice; twins of another subset are kept apart', async () => {
    const frame = inSubsets.frames[0] as (typeof inSubsets.frames)[0]
    const named = (name: string, subset: string, index: number) => ({
      ...{ ...frame, index, name, fileName: name, subset },
    })
    const list = [
      named('größe/x.jpg', 'train', 0),
      named('y.jpg', 'train', 1),
      named('y.jpg', 'val', 2),
    ]
    const here = list.map(({ index }) => newTag({ frame: index, labelId: size }))
    const files = await exported(imageNet, here, true, list, { ...inSubsets, frames: list })
    expect([...files.keys()]).toEqual(['größe/x.jpg', 'größe/train/y.jpg', 'größe/val/y.jpg'])
  })

  test.each([
    ['around the whole', 'my data/größe/c.jpg', 'my data/no_label/a b.JPG'],
    ['of the original', 'ILSVRC/Data/CLS-LOC/train/größe/c.jpg', 'ILSVRC/Data/CLS-LOC/val/x/q.jpg'],
    ['called like a label', 'größe/deep/c.jpg', 'größe/other/q.jpg'],
  ])('pictures in folders %s', async (_name, tagged, other) => {
    const { annotations } = await imported(imageNet, inputOf({ [tagged]: 'x', [other]: 'x' }))
    expect(annotations).toEqual([newTag({ frame: 2, labelId: size })])
  })

  test('split folders in front of the labels are subsets', async () => {
    const files = { 'train/größe/c.jpg': 'x', 'val/no_label/a b.JPG': 'x', '.DS_Store': '' }
    const { annotations, unmatched } = await imported(imageNet, inputOf(files))
    expect(annotations).toEqual([newTag({ frame: 2, labelId: size })])
    expect(unmatched).toEqual([])
  })

  test('a picture is found by its name where the label is not its own folder', async () => {
    const files = { 'größe/c.jpg': 'x', 'größe/gone.jpg': 'x', 'LICENSE.txt': '' }
    const { annotations, unmatched } = await imported(imageNet, inputOf(files))
    expect(annotations).toEqual([newTag({ frame: 2, labelId: size })])
    expect(unmatched).toEqual(['größe/gone.jpg'])
  })
})

test.each([true, false])('tags come back (with pictures: %s)', async (withImages) => {
  const any = fc.array(fc.oneof(anyTag(), anyShape(['rectangle', 'mask'])), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(any, async (annotations) => {
      const read = await imported(
        imageNet,
        inputOf(await exported(imageNet, annotations, withImages)),
      ).catch((error: unknown) => error)
      const key = ({ frame, labelId }: NewAnnotation) => `${frame} ${labelId}`
      const expected = [...new Set(annotations.filter(({ kind }) => kind === 'tag').map(key))]
      const { annotations: back } = read as Awaited<ReturnType<typeof imported>>
      expect(back.map(key).sort()).toEqual(expected.sort())
    }),
    { numRuns: 60 },
  )
})

describe('refuses', () => {
  test.each([
    ['a number beyond the list', 'a b.jpg 2', /default\.txt, line 1: label number 2 is not in/],
    ['a line without a name', 'a b.jpg 0\n 1 2', /line 2: it is no name with numbers/],
    ['a negative number', 'a.jpg -1', /line 1: it is no name/],
  ])('%s', async (_name, list, message) => {
    const files = { 'synsets.txt': 'x\r\ngröße\r\n', 'default.txt': list }
    await expect(imported(imageNet, inputOf(files))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['an archive without either form', { 'a.jpg': 'x' }],
    ['pictures of another format', { 'images/a.jpg': 'x', 'annotations/instances.json': '{}' }],
  ])('%s', async (_name, files) => {
    const reading = imported(imageNet, inputOf(files))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = imageNet
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 5 rectangles are left out')
  expect(lost).toContain('changed 9 annotations lose their attributes')
  const twice = imageNet.frameLosses?.([...tags.slice(0, 2), ...tags.slice(0, 1)] as Tag[], labels)
  expect(twice).toMatchObject([{ severity: 'dropped', count: 1 }])
})
