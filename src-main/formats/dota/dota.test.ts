import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { newShape } from '../common/new-shape.ts'
import { anyShape } from '../testkit/arbitrary.ts'
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
import { dota } from './index.ts'

const sample: Sample = {
  ...inSubsets,
  frames,
  labels: ['small vehicle', 'small-vehicle'].map((name, i) =>
    labelSchema.parse({
      ...{ id: i + 1, name, color: '#ff00aa', type: 'any', svg: null, sublabels: [] },
      attributes:
        i > 0
          ? []
          : [
              {
                ...{ id: 7, name: 'difficult', inputType: 'checkbox', mutable: false },
                ...{ defaultValue: 'false', values: ['false', 'true'] },
              },
            ],
    }),
  ),
}
const [vehicle, other] = sample.labels.map(({ id }) => id) as [LabelId, LabelId]
const hard = [{ specId: 7 as AttributeId, value: 'true' }]

const box = newShape({
  ...{ frame: 0, labelId: vehicle, type: 'rectangle', points: [1.23, 2, 6.73, 8] },
  attributes: hard,
})
const turned = newShape({
  ...{ frame: 0, labelId: other, type: 'rectangle', points: [8, 2, 14, 6], rotation: 90 },
})
const kite = newShape({
  frame: 2,
  labelId: other,
  type: 'polygon',
  points: [1, 1, 4, 0, 5, 5, 0, 4],
})

test('writes four corners, a class without blanks and whether it is difficult', async () => {
  const files = await exported(dota, [box, turned, kite], true, undefined, sample)
  expect(textOf(files, 'labelTxt/a b.txt')).toBe(
    '1.23 2.0 6.73 2.0 6.73 8.0 1.23 8.0 small-vehicle 1\n' +
      '13.0 1.0 13.0 7.0 9.0 7.0 9.0 1.0 small-vehicle_2 0\n',
  )
  expect(textOf(files, 'labelTxt/deep/c.txt')).toBe(
    '1.0 1.0 4.0 0.0 5.0 5.0 0.0 4.0 small-vehicle_2 0\n',
  )
  expect(textOf(files, 'classes.txt')).toBe('small vehicle\nsmall-vehicle\n')
  expect(textOf(files, 'images/deep/er/b.png')).toBe('picture deep/er/b.png')
  const back = await imported(dota, inputOf(files), sample)
  expect(back.annotations).toEqual([box, turned, kite])
})

test('a folder for each subset; pictures that differ in nothing but their extension', async () => {
  const files = await exported(dota, [], true, undefined, inSubsets)
  expect([...files.keys()].filter((name) => name !== 'classes.txt').sort()).toEqual([
    'train/images/a b.jpg',
    'train/images/deep/er/b.png',
    'train/labelTxt/a b.txt',
    'train/labelTxt/deep/er/b.txt',
    'val/images/deep/c.jpg',
    'val/labelTxt/deep/c.txt',
  ])
  const twins = ['x.jpg', 'x.png'].map((name, index) => ({
    ...frames[0],
    index,
    name,
    fileName: name,
  }))
  const both = { ...sample, frames: twins as Sample['frames'] }
  const shapes = [box, { ...turned, frame: 1 }]
  const back = await imported(
    dota,
    inputOf(await exported(dota, shapes, true, undefined, both)),
    both,
  )
  expect(back.annotations).toEqual(shapes)
})

describe('reads', () => {
  test.each([
    ['the original, with two lines about the picture', 'DOTA/train/labelTxt-v1.5/a b.txt'],
    ['version 1.5 as it is published', 'train/labelTxt-v1.5/DOTA-v1.5_train/a b.txt'],
    ['what MMRotate splits', 'trainval/annfiles/a b.txt'],
    ['a file alone', 'a b.txt'],
  ])('%s', async (_name, path) => {
    const text =
      'imagesource:GoogleEarth\r\ngsd:0.146343590398\r\n0 0 4 0 4 2 0 2 small-vehicle 2\r\n'
    const { annotations } = await imported(dota, inputOf({ [path]: text }), sample)
    expect(annotations).toEqual([
      newShape({ frame: 0, labelId: other, type: 'rectangle', points: [0, 0, 4, 2] }),
    ])
  })

  test.each([
    ['the other way round', '0 0 0 2 4 2 4 0', [0, 0, 4, 2]],
    ['a corner further on', '4 0 4 2 0 2 0 0', [0, 0, 4, 2]],
    ['rounded to a tenth', '0.0 0.0 4.1 0.0 4.0 2.0 0.0 2.0', [0, 0, 4, 2]],
  ])('a rectangle told %s', async (_name, corners, expected) => {
    const text = `${corners} small vehicle 1`
    const files = { 'labelTxt/a b.txt': text, 'classes.txt': 'small vehicle' }
    const { annotations } = await imported(dota, inputOf(files), sample)
    expect(annotations).toMatchObject([{ type: 'rectangle', labelId: vehicle, attributes: hard }])
    const [found] = annotations
    if (found?.kind !== 'shape') return
    const around = rectangleToPolygon(found.points, found.rotation)
    const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b)
    const all = sorted(rectangleToPolygon(expected, 0))
    for (const [i, n] of sorted(around).entries()) expect(n).toBeCloseTo(all[i] ?? -1, 0)
  })

  test('the upright boxes of a published version not beside the turned ones', async () => {
    const folder = 'train/labelTxt-v1.5/DOTA-v1.5_train'
    const line = '0 0 4 0 4 2 0 2 small-vehicle 0\n'
    const files = { [`${folder}_hbb/a b.txt`]: line, [`${folder}/a b.txt`]: line }
    const { annotations } = await imported(dota, inputOf(files), sample)
    expect(annotations).toHaveLength(1)
  })

  test('pictures without a text, which belong to their subset', async () => {
    const files = { 'val/images/c.jpg': 'x', 'val/labelTxt/b.txt': '', 'val/images/b.png': 'x' }
    const { annotations, unmatched } = await imported(dota, inputOf(files), sample)
    expect([annotations, unmatched]).toEqual([[], []])
  })
})

test('rectangles come back corner by corner, polygons with four corners as they were', async () => {
  const shapes = fc.array(anyShape(['rectangle', 'polygon']), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const ordered = list.map((shape) => ({ ...shape, zOrder: 0 }))
      const back = await imported(dota, inputOf(await exported(dota, ordered)))
      const byFrame = (a: { frame: number }, b: { frame: number }) => a.frame - b.frame
      const expected = [...ordered].sort(byFrame)
      back.annotations.sort(byFrame)
      expect(back.annotations).toHaveLength(expected.length)
      for (const [i, { type, frame, labelId, points, rotation }] of expected.entries()) {
        const found = back.annotations[i]
        expect(found).toMatchObject({ kind: 'shape', frame, labelId })
        if (found?.kind !== 'shape' || (type === 'polygon' && points.length !== 8)) continue
        const corners = type === 'polygon' ? points : rectangleToPolygon(points, rotation)
        const around =
          found.type === 'polygon' ? found.points : rectangleToPolygon(found.points, found.rotation)
        // A polygon that is a rectangle within a tenth of a pixel comes back as one.
        for (const [k] of [0, 2, 4, 6].entries()) {
          const near = [0, 2, 4, 6].some(
            (at) =>
              Math.abs((around[at] ?? 0) - (corners[2 * k] ?? 0)) < 0.11 &&
              Math.abs((around[at + 1] ?? 0) - (corners[2 * k + 1] ?? 0)) < 0.11,
          )
          expect(near).toBe(true)
        }
        if (type === 'rectangle')
          for (const [k, n] of corners.entries()) expect(around[k]).toBeCloseTo(n, 3)
      }
    }),
    { numRuns: 100 },
  )
})

describe('refuses', () => {
  test.each([
    ['three corners', '0 0 1 0 1 1\n', /a b\.txt, line 1: it has 6 fields/],
    ['a word for a number', 'gsd:1\n0 0 1 0 1 1 0 x ship 0\n', /line 2: "x" is not a number/],
    [
      'a number for a class',
      '0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8\n',
      /"0\.8" stands where the class/,
    ],
    ['another world', '0 0 1 0 1 1 0 1e9 ship 0\n', /1e9 is further away/],
  ])('%s', async (_name, text, message) => {
    const reading = imported(dota, inputOf({ 'labelTxt/a b.txt': text }))
    await expect(reading).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['an archive without texts', { 'images/a.jpg': '' }],
    ['texts of another kind', { 'pairs.txt': 'Ann_Lee 1 2\n' }],
  ])('%s', async (_name, files) => {
    const reading = imported(dota, inputOf(files))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = dota
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 2 ellipses are left out')
  expect(lost).toContain('changed 9 annotations lose their source (manual, auto …)')
})

test('of a frame: polygons that have not four corners', () => {
  const polygons = [3, 4, 5].map((corners) => {
    const points = Array<number>(2 * corners).fill(1)
    return { ...newShape({ ...kite, points, attributes: hard }), id: corners } as Shape
  })
  expect(dota.frameLosses?.(polygons, sample.labels)).toMatchObject([
    { severity: 'changed', count: 2, what: expect.stringMatching(/smallest rectangle/) },
  ])
})
