import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import { icdarSample, textLabel } from '../testkit/icdar-sample.ts'
import { census, exported, imported, inputOf, inSubsets, textOf } from '../testkit/sample.ts'
import { icdarLocalization } from './index.ts'
import { parseRow, rowText } from './rows.ts'

const sample = icdarSample()
const labelId = 1 as LabelId
const said = (value: string) => [{ specId: 11 as AttributeId, value }]
const box = newShape({
  ...{ frame: 0, labelId, type: 'rectangle', points: [1, 2.125, 3.5, 4] },
  attributes: said('hi'),
})
const quad = newShape({
  ...{ frame: 2, labelId, type: 'polygon', points: [1, 1, 6, 1, 6, 5, 1, 5] },
  attributes: said('FOOD "and", more'),
})
const triangle = newShape({ frame: 2, labelId, type: 'polygon', points: [1, 1, 6, 1, 6, 5] })

test('writes the layout CVAT writes', async () => {
  const bare = [textLabel(2, 'no text', [])]
  const list = [box, newTag({ frame: 0, labelId }), quad, { ...triangle, labelId: 2 as LabelId }]
  const files = await exported(icdarLocalization, list, true, undefined, {
    ...inSubsets,
    labels: [...sample.labels, ...bare],
  })
  expect([...files.keys()]).toEqual([
    'train/gt_a b.txt',
    'train/deep/er/gt_b.txt',
    'val/deep/gt_c.txt',
    'train/images/a b.jpg',
    'train/images/deep/er/b.png',
    'val/images/deep/c.jpg',
  ])
  expect(textOf(files, 'train/gt_a b.txt')).toBe('1.0 2.12 3.5 4.0 "hi"\n')
  expect(textOf(files, 'train/deep/er/gt_b.txt')).toBe('')
  expect(textOf(files, 'val/deep/gt_c.txt')).toBe(
    `1.0,1.0,6.0,1.0,6.0,5.0,1.0,5.0,"FOOD 'and', more"\n1.0,1.0,6.0,1.0,6.0,5.0,6.0,5.0\n`,
  )
})

test('rectangles and polygons come back with their text', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab, 5.') })
  const shapes = fc.array(fc.tuple(anyShape(['rectangle', 'polygon']), text), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const given = list
        .map(([{ type, points, frame }, words]) =>
          newShape({ type, frame, labelId, points, attributes: said(words) }),
        )
        // Four points of which the last two are the same are a triangle here.
        .filter(({ points: p }) => p.length !== 8 || p[4] !== p[6] || p[5] !== p[7])
        .sort((a, b) => a.frame - b.frame)
      const files = await exported(icdarLocalization, given, false, undefined, sample)
      const back = await imported(icdarLocalization, inputOf(files), sample)
      const found = [...back.annotations].sort((a, b) => a.frame - b.frame)
      expect(found).toEqual(given)
    }),
    { numRuns: 60 },
  )
})

const refuse = (problem: string): never => {
  throw new Error(problem)
}

describe('a line', () => {
  const corners = [377, 117, 463, 117, 465, 130, 378, 130]
  const outline = corners.join(',')
  test.each<[string, string, number[], string | null]>([
    ['a rectangle of CVAT', '1.0 2.0 3.5 4.0 "hi"', [1, 2, 3.5, 4], 'hi'],
    ['a rectangle of 2013', '38, 43, 920, 215, "Tiredness"', [38, 43, 920, 215], 'Tiredness'],
    ['a number as its text', '38,43,920,215,007', [38, 43, 920, 215], '007'],
    ['the wrong corners first', '5 6 1 2', [1, 2, 5, 6], null],
    ['an outline of 2015', `${outline},Genaxis Theatre`, corners, 'Genaxis Theatre'],
    ['commas in its text', `${outline},a, b`, corners, 'a, b'],
    ['a number as its text, behind an outline', `${outline},5`, corners, '5'],
    ['numbers in its text', `${outline},5,x`, corners, '5,x'],
    ['quotes told by backslashes', '1 2 3 4 "say \\"hi\\""', [1, 2, 3, 4], 'say "hi"'],
    ['quotes in its text', `${outline},5" nail`, corners, '5" nail'],
    ['a quote before its text', `${outline},"Lorem`, corners, '"Lorem'],
    ['an empty text', `${outline},""`, corners, ''],
    ['more points', `${outline},1,2,"x"`, [...corners, 1, 2], 'x'],
    ['more points and no text', `${outline},1,2`, [...corners, 1, 2], null],
    ['blanks between', corners.join(' '), corners, null],
  ])('%s', (_name, line, points, text) => {
    const type = points.length === 4 ? 'rectangle' : 'polygon'
    expect(parseRow(line, refuse)).toEqual({ type, points, text })
  })

  test('a triangle comes back as one', () => {
    const row = { type: 'polygon', points: [1, 1, 6, 1, 6, 5], text: 't' } as const
    expect(parseRow(rowText(row), refuse)).toEqual(row)
  })
})

describe('reads', () => {
  test.each([
    ['with subsets', 'train/deep/gt_c.txt'],
    ['without', 'deep/gt_c.txt'],
    ['the manual has it', 'text_localization/val/deep/GT_c.TXT'],
    ['without the mark', 'val/c.txt'],
  ])('archives %s', async (_name, entry) => {
    const files = { [entry]: '\ufeff1,1,6,1,6,5,1,5,x\r\n\r\n', 'readme.txt': 'hello' }
    const { annotations, unmatched } = await imported(icdarLocalization, inputOf(files), sample)
    expect(annotations).toEqual([{ ...quad, attributes: said('x') }])
    expect(unmatched).toEqual([])
  })

  test('pictures that are not here are named', async () => {
    const files = { 'train/gt_gone.txt': '1 2 3 4', 'train/gt_a b.txt': '' }
    const { annotations, unmatched } = await imported(icdarLocalization, inputOf(files), sample)
    expect(annotations).toEqual([])
    expect(unmatched).toEqual(['gone'])
  })
})

describe('refuses', () => {
  test.each([
    ['words', '1 2 3 4\nhello 1 2 3', /line 2: it must begin with four numbers/],
    ['NaN', '1,2,nan,4', /line 1: it must begin with four numbers/],
    ['numbers beyond any picture', '1 2 3 1e9', /line 1: it must begin with four numbers/],
  ])('%s', async (_name, text, message) => {
    const reading = imported(icdarLocalization, inputOf({ 'gt_a b.txt': text }), sample)
    await expect(reading).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive without text files', async () => {
    const reading = imported(icdarLocalization, inputOf({ 'a.xml': '' }), sample)
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const labels = [...sample.labels, textLabel(2, 'sign', ['text'])]
  const list = [box, quad, { ...box, labelId: 2, attributes: [] }, newTag({ frame: 0, labelId })]
  expect(icdarLocalization.frameLosses?.(list as NewAnnotation[] as never, labels)).toEqual([
    { severity: 'changed', count: 1, what: 'quotes in texts become apostrophes' },
    { severity: 'changed', count: 1, what: 'labels become "icdar"' },
  ])
  const lost = icdarLocalization.losses(census).map(({ count, what }) => `${count} ${what}`)
  expect(lost).toContain('2 rotated rectangles are written upright')
  expect(lost).toContain('3 polylines are left out')
})
