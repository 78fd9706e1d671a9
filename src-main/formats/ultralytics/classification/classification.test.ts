import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { newTag } from '../../common/new-tag.ts'
import { anyShape, anyTag } from '../../testkit/arbitrary.ts'
import {
  census,
  exported,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
} from '../../testkit/sample.ts'
import { ultralyticsClassification as classification } from './index.ts'

const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const tags = [
  newTag({ frame: 0, labelId: dog }),
  newTag({ frame: 0, labelId: size }),
  newTag({ frame: 2, labelId: size }),
]

describe('writes', () => {
  test('labels.json with every frame, and a copy of the picture for each tag', async () => {
    const files = await exported(classification, tags, true)
    expect([...files.keys()]).toEqual([
      'train/labels.json',
      'train/dog & "cat" <x>/a b.jpg',
      'train/größe/a b.jpg',
      'train/no_label/b.png',
      'train/größe/c.jpg',
    ])
    expect(textOf(files, 'train/labels.json')).toBe(
      '{"a b":{"labels":["dog & \\"cat\\" <x>","größe"],"path":"größe/a b.jpg"},' +
        '"deep/er/b":{"labels":[],"path":"no_label/b.png"},' +
        '"deep/c":{"labels":["größe"],"path":"größe/c.jpg"}}',
    )
  })

  test('without pictures nothing but the lists, one for each subset', async () => {
    const files = await exported(classification, tags, false, undefined, inSubsets)
    expect([...files.keys()]).toEqual(['train/labels.json', 'val/labels.json'])
    const { annotations } = await imported(classification, inputOf(files), inSubsets)
    expect(annotations).toEqual(tags)
  })

  test('pictures of one name in one folder get numbers', async () => {
    const twins = ['x/a.jpg', 'y/a.jpg', 'z/a.jpg'].map((name, index) => ({
      ...{ ...frames[0], index, subset: 'default', absolute: index, width: 9, height: 9 },
      ...{ name, fileName: name },
    }))
    const here = twins.map(({ index }) => newTag({ frame: index, labelId: size }))
    const sample = { ...inSubsets, frames: twins }
    const files = await exported(classification, here, true, twins, sample)
    expect([...files.keys()].slice(1)).toEqual([
      'train/größe/a.jpg',
      'train/größe/a.0.jpg',
      'train/größe/a.1.jpg',
    ])
    expect((await imported(classification, inputOf(files), sample)).annotations).toEqual(here)
  })
})

test.each([true, false])(
  'tags come back, each label of a frame once (with pictures: %s)',
  async (withImages) => {
    const any = fc.array(fc.oneof(anyTag(), anyShape(['rectangle'])), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(any, async (annotations) => {
        const files = await exported(classification, annotations, withImages)
        const back = await imported(classification, inputOf(files))
        const key = ({ frame, labelId }: NewAnnotation) => `${frame} ${labelId}`
        const expected = [...new Set(annotations.filter(({ kind }) => kind === 'tag').map(key))]
        expect(back.annotations.map(key).sort()).toEqual(expected.sort())
      }),
      { numRuns: 60 },
    )
  },
)

describe('reads folders without a list', () => {
  test.each<[string, string[]]>([
    ['subsets as training tools call them', ['train/größe/c.jpg', 'val/no_label/a b.jpg']],
    ['all of it in a folder', ['set/train/größe/c.jpg', 'set/test/größe/gone.jpg']],
    ['labels alone', ['größe/c.JPG', 'no_label/a b.jpg', '.DS_Store', 'README.md']],
    ['subsets with names of their own', ['night/größe/c.jpg', 'day/größe/gone.jpg']],
    ['folders inside the label', ['train/größe/deep/c.jpg']],
  ])('%s', async (_name, paths) => {
    const files = Object.fromEntries(paths.map((path) => [path, 'x']))
    const { annotations, described } = await imported(classification, inputOf(files))
    expect(annotations).toEqual([newTag({ frame: 2, labelId: size })])
    expect(described).toEqual([{ name: 'größe', type: 'tag' }])
  })

  test('a list speaks for its subset alone', async () => {
    const files = {
      'train/labels.json': '{"deep/c": {"labels": ["größe"], "path": "x/c.jpg"}}',
      'train/x/c.jpg': 'x',
      'val/größe/a b.jpg': 'x',
    }
    const { annotations } = await imported(classification, inputOf(files))
    expect(annotations.map(({ frame }) => frame)).toEqual([2, 0])
  })
})

describe('refuses', () => {
  test.each([
    [
      'labels that are no list',
      '{"a b": {"labels": "x"}}',
      /train\/labels\.json, "a b"\.labels: it must be a list/,
    ],
    ['no object', '{"a b": ["x"]}', /it must be/],
    ['a list cut off', '{"a b": {"labels": []', /labels\.json/],
  ])('%s', async (_name, list, message) => {
    const reading = imported(classification, inputOf({ 'train/labels.json': list }))
    await expect(reading).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('pictures without folders', async () => {
    const reading = imported(classification, inputOf({ 'a.jpg': 'x' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = classification.losses(census).map(({ count, what }) => `${count} ${what}`)
  expect(lost).toContain('5 rectangles are left out')
  expect(lost).toContain('9 annotations lose their attributes')
})
