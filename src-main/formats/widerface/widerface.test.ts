import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Tag } from '#shared/domain/annotation.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  type Sample,
  textOf,
} from '../testkit/sample.ts'
import { widerFace } from './index.ts'

const attribute = (id: number, name: string, inputType: string) => ({
  ...{ id, name, inputType, mutable: false, defaultValue: '', values: [] },
})
/** As in the format's original: a label "face", and one that has some of its attributes. */
const faces: Sample = {
  ...inSubsets,
  frames,
  labels: [
    { id: 1, name: 'dog', attributes: [] },
    {
      id: 2,
      name: 'face',
      attributes: [attribute(21, 'blur', 'number'), attribute(22, 'pose', 'text')],
    },
  ].map((label) =>
    labelSchema.parse({ color: '#ff00aa', type: 'any', svg: null, sublabels: [], ...label }),
  ),
}
const [dog, face] = faces.labels.map(({ id }) => id) as [LabelId, LabelId]
const [blur, pose] = [21, 22] as [AttributeId, AttributeId]
const LIST = 'wider_face_split/wider_face_default_bbx_gt.txt'

const annotations = [
  newShape({
    ...{ frame: 0, labelId: dog, type: 'rectangle', points: [1.23, 2, 6.73, 8] },
    occluded: true,
  }),
  newShape({
    ...{ frame: 0, labelId: face, type: 'rectangle', points: [8, 2, 14, 6] },
    attributes: [{ specId: blur, value: '2' }],
  }),
  newTag({ frame: 0, labelId: dog }),
]

test('writes the list CVAT writes, byte for byte', async () => {
  const files = await exported(widerFace, annotations, true, undefined, faces)
  expect(textOf(files, LIST)).toBe(
    '0--dog/a b.jpg\n2\n1.23 2.0 5.5 6.0 - - - True - - dog\n8.0 2.0 6.0 4.0 2.0 - - False - - \n' +
      'no_label/deep/er/b.png\nno_label/deep/c.jpg\n',
  )
  expect(textOf(files, 'labels.txt')).toBe('dog\nface')
  expect([...files.keys()].slice(2)).toEqual([
    'WIDER_default/images/0--dog/a b.jpg',
    'WIDER_default/images/no_label/deep/er/b.png',
    'WIDER_default/images/no_label/deep/c.jpg',
  ])
  const back = await imported(widerFace, inputOf(files), faces)
  expect(back.annotations).toEqual([annotations[2], annotations[0], annotations[1]])
})

test('a list for each subset, and its pictures', async () => {
  const files = await exported(widerFace, [], true, undefined, inSubsets)
  expect([...files.keys()]).toEqual([
    'labels.txt',
    'wider_face_split/wider_face_train_bbx_gt.txt',
    'WIDER_train/images/no_label/a b.jpg',
    'WIDER_train/images/no_label/deep/er/b.png',
    'wider_face_split/wider_face_val_bbx_gt.txt',
    'WIDER_val/images/no_label/deep/c.jpg',
  ])
})

test('the original data: graded attributes, a picture without faces, labels by event folder', async () => {
  const list =
    '0--dog/a b.jpg\r\n2\r\n449 330 122 149 0 0 0 2 0 0 \r\n12 9 0 8 2 0 0 0 0 1 \r\n' +
    '12--Group/c.jpg\r\n0\r\n0 0 0 0 0 0 0 0 0 0 \r\n'
  const { annotations, notes } = await imported(widerFace, inputOf({ [LIST]: list }), faces)
  expect(annotations).toEqual([
    newTag({ frame: 0, labelId: dog }),
    newShape({
      ...{ frame: 0, labelId: face, type: 'rectangle', points: [449, 330, 571, 479] },
      occluded: true,
      attributes: [
        { specId: blur, value: '0' },
        { specId: pose, value: '0' },
      ],
    }),
  ])
  expect(notes).toEqual([
    '1 boxes without width or height were left out',
    '1 objects with the unknown label "Group" were left out',
  ])
})

test.each([
  ['a list alone', 'a b.jpg\n1\n1 2 3 4 dog\n', 'gt.txt'],
  ['backslashes, a folder of another', '.\\0--dog\\a b.jpg\n1 2 3 4 dog', 'gt.txt'],
])('reads %s', async (_name, list, file) => {
  const { annotations } = await imported(widerFace, inputOf({ [file]: list }, file), faces)
  expect(annotations.at(-1)).toEqual(
    newShape({ frame: 0, labelId: dog, type: 'rectangle', points: [1, 2, 4, 6] }),
  )
})

test('upright boxes come back with label, place and whether they are occluded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyShape(['rectangle']), { maxLength: 10 }), async (shapes) => {
      const files = await exported(widerFace, shapes)
      const back = await imported(widerFace, inputOf(files, 'x.zip', 11))
      const expected = shapes
        .map((shape, id) => ({ shape, id }))
        .sort((a, b) => a.shape.frame - b.shape.frame || a.shape.zOrder - b.shape.zOrder)
      expect(back.annotations).toHaveLength(expected.length)
      for (const [i, { shape }] of expected.entries()) {
        const { frame, labelId, occluded, points } = shape
        const found = back.annotations[i]
        expect(found).toMatchObject({ kind: 'shape', type: 'rectangle', frame, labelId, occluded })
        for (const [k, n] of points.entries())
          expect(found?.kind === 'shape' && found.points[k]).toBeCloseTo(n, 6)
      }
    }),
    { numRuns: 60 },
  )
})

describe('refuses', () => {
  test.each([
    ['a box before any picture', '1 2 3 4\n', /line 1: no picture stands before it/],
    ['fewer boxes than said', 'x/a b.jpg\n2\n1 2 3 4\n', /line 2: x\/a b\.jpg should have 2 boxes/],
    ['a negative size', 'x/a b.jpg\n1 2 -3 4\n', /line 2: width and height must not/],
    ['a box that is none', 'x/a b.jpg\n1 2 NaN 4\n', /line 2: it is neither a picture nor a box/],
    ['a box in another world', 'x/a b.jpg\n1 2 1e9 4\n', /line 2: 1000000000 is further away/],
  ])('%s', async (_name, list, message) => {
    await expect(imported(widerFace, inputOf({ [LIST]: list }))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive without a list', async () => {
    const reading = imported(widerFace, inputOf({ 'labels.txt': 'face' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = widerFace
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 4 polygons are left out')
  expect(lost).toContain('changed 2 rotated rectangles are written upright')
  const tags = [1, 2].map((id) => ({ ...newTag({ frame: 0, labelId: dog }), id })) as Tag[]
  expect(widerFace.frameLosses?.(tags, labels)).toMatchObject([{ severity: 'dropped', count: 1 }])
})
