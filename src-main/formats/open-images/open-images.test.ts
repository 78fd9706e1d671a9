import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame, NewAnnotation } from '#main/core/ports.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { decodePng } from '../common/png/decode.ts'
import { encodeGray8 } from '../common/png/encode.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
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
import { readSizes, sizeLine } from './image-sizes.ts'
import { openImages } from './index.ts'
import { slug } from './names.ts'

function spec(id: number, name: string, inputType: string) {
  return { id, name, inputType, mutable: false, defaultValue: '', values: [] }
}
const attributes = [
  spec(21, 'score', 'number'),
  spec(22, 'truncated', 'checkbox'),
  spec(23, 'is_group_of', 'checkbox'),
  spec(24, 'box_id', 'text'),
  spec(25, 'predicted_iou', 'number'),
]
const common = { type: 'any', svg: null, sublabels: [], color: '#010203' }
const known = [
  { id: 1, name: 'dog', attributes: attributes.slice(1, 2), ...common },
  { id: 2, name: 'cat', attributes: attributes.slice(1), ...common },
  { id: 3, name: 'Große, "Katze"', attributes, ...common },
].map((label) => labelSchema.parse(label))
const sample = { ...inSubsets, frames, labels: known }
const [dog, cat, katze] = known.map(({ id }) => id) as [LabelId, LabelId, LabelId]
const value = (specId: number, text: string) => ({ specId: specId as AttributeId, value: text })

const box = newShape({
  ...{ frame: 0, labelId: dog, type: 'rectangle', points: [1.23, 2, 6.73, 8], occluded: true },
  attributes: [value(22, 'true')],
})
const mask = newShape({ frame: 0, labelId: cat, type: 'mask', points: [0, 3, 2, 1, 3, 2, 5, 3] })

test('writes the layout CVAT writes, and the worked rows', async () => {
  const files = await exported(
    openImages,
    [
      { ...box, labelId: dog },
      mask,
      newTag({ frame: 0, labelId: dog }),
      newTag({ frame: 1, labelId: katze, attributes: [value(21, '0.5')] }),
      {
        ...mask,
        frame: 2,
        labelId: katze,
        group: 4,
        attributes: [value(24, 'b1'), value(25, '0.75')],
      },
      {
        ...box,
        frame: 2,
        labelId: katze,
        group: 4,
        occluded: false,
        attributes: [value(21, '1'), value(23, 'true')],
      },
    ] as NewAnnotation[],
    true,
    undefined,
    { ...inSubsets, labels: known },
  )
  expect([...files.keys()]).toEqual([
    'annotations/class-descriptions.csv',
    'annotations/bbox_labels_600_hierarchy.json',
    'annotations/train-images-with-rotation.csv',
    'masks/train/a-b_cat_00000000.png',
    'annotations/train-annotations-human-imagelabels.csv',
    'annotations/train-annotations-bbox.csv',
    'annotations/train-annotations-object-segmentation.csv',
    'annotations/val-images-with-rotation.csv',
    'masks/val/deepc_groe-katze_b1.png',
    'annotations/val-annotations-bbox.csv',
    'annotations/val-annotations-object-segmentation.csv',
    'annotations/images.meta',
    'images/train/a b.jpg',
    'images/train/deep/er/b.png',
    'images/val/deep/c.jpg',
  ])
  const text = (name: string) => textOf(files, `annotations/${name}`)
  expect(text('class-descriptions.csv')).toBe(
    'dog,dog\r\ncat,cat\r\n"Große, ""Katze""","Große, ""Katze"""\r\n',
  )
  expect(text('bbox_labels_600_hierarchy.json')).toBe(
    '{\n    "LabelName": "/m/0",\n    "Subcategory": []\n}\n',
  )
  expect(text('train-images-with-rotation.csv').split('\r\n')).toEqual([
    'ImageID,Subset,OriginalURL,OriginalLandingURL,License,AuthorProfileURL,Author,Title,OriginalSize,OriginalMD5,Thumbnail300KURL,Rotation',
    'a b,train,,,,,,,,,,',
    'deep/er/b,train,,,,,,,,,,',
    '',
  ])
  expect(text('train-annotations-human-imagelabels.csv')).toBe(
    'ImageID,Source,LabelName,Confidence\r\na b,,dog,1\r\ndeep/er/b,,"Große, ""Katze""",0.5\r\n',
  )
  expect(text('train-annotations-bbox.csv')).toBe(
    'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\r\n' +
      'a b,,dog,1,0.0615,0.3365,0.16666666666666666,0.6666666666666666,1,1,-1,-1,-1\r\n',
  )
  expect(text('train-annotations-object-segmentation.csv')).toBe(
    'MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks\r\n' +
      'a-b_cat_00000000.png,a b,cat,00000000,,,,,,\r\n',
  )
  expect(text('val-annotations-object-segmentation.csv').split('\r\n')[1]).toBe(
    'deepc_groe-katze_b1.png,deep/c,"Große, ""Katze""",b1,0.01921875,0.10515625,0.041666666666666664,0.16666666666666666,0.75,',
  )
  expect(text('images.meta')).toBe(
    "# <image name> <height> <width>\n\n'a b' 12 20\ndeep/er/b 48 64\ndeep/c 48 64\n",
  )
  const png = decodePng(files.get('masks/train/a-b_cat_00000000.png') ?? Buffer.alloc(0), refuse)
  expect([png.width, png.height, png.depth, png.kind]).toEqual([20, 12, 8, 'gray'])
  expect([...png.samples].flatMap((sample, i) => (sample === 1 ? [i] : []))).toEqual([
    43, 44, 45, 65,
  ])
})

const refuse = (problem: string): never => {
  throw new Error(problem)
}

test('a skeleton is above its joints', async () => {
  const files = await exported(openImages, [])
  expect(JSON.parse(textOf(files, 'annotations/bbox_labels_600_hierarchy.json'))).toEqual({
    LabelName: '/m/0',
    Subcategory: [{ LabelName: 'sk', Subcategory: [{ LabelName: '1' }, { LabelName: '2' }] }],
  })
})

test('boxes, masks and tags come back', async () => {
  const any = fc.array(fc.oneof(anyShape(['rectangle', 'mask']), anyTag()), { maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(any, async (list) => {
      const given = list.map((one): NewAnnotation => {
        const plain = { ...one, group: 0, attributes: [], source: 'file' as const }
        if (plain.kind !== 'shape') return plain as NewAnnotation
        const occluded = plain.type === 'rectangle' && plain.occluded
        return { ...plain, rotation: 0, zOrder: 0, occluded }
      })
      const task = { ...sample, labels: labels.map((label) => ({ ...label, attributes: [] })) }
      const files = await exported(openImages, given, false, undefined, task)
      const back = await imported(openImages, inputOf(files, 'a.zip', 61), task)
      const rank = (one: NewAnnotation) =>
        one.kind === 'tag' ? 0 : one.kind === 'shape' && one.type === 'rectangle' ? 1 : 2
      const sorted = (all: readonly NewAnnotation[]) =>
        [...all].sort((a, b) => rank(a) - rank(b) || a.frame - b.frame)
      const [expected, found] = [sorted(given), sorted(back.annotations)]
      expect(found).toHaveLength(expected.length)
      for (const [i, one] of expected.entries()) {
        const points = one.kind === 'shape' ? one.points.map((x) => expect.closeTo(x, 9)) : []
        expect(found[i]).toEqual(one.kind === 'shape' ? { ...one, points } : one)
      }
      expect(back.unmatched).toEqual([])
      expect(back.notes).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('a mask and its box stay a group; members of a group are one mask', async () => {
  const list: NewShape[] = [
    { ...box, labelId: cat, group: 5 },
    { ...mask, group: 5 },
    { ...mask, points: [0, 1, 9, 9, 9, 9], group: 5 },
    { ...box, labelId: cat, points: [0, 0, 1, 1] },
    { ...box, points: [2, 2, 4, 4], group: 6 },
    { ...mask, points: [0, 1, 8, 8, 8, 8], group: 6 },
    { ...mask, points: [0, 1, 7, 7, 7, 7] },
  ]
  const { annotations } = await imported(
    openImages,
    inputOf(await exported(openImages, list, false, undefined, sample)),
    sample,
  )
  expect(annotations.map((one) => [one.kind === 'shape' && one.type, one.group])).toEqual([
    ['rectangle', 1],
    ['rectangle', 0],
    ['rectangle', 0],
    ['mask', 0],
    ['mask', 1],
    ['mask', 0],
  ])
  const lost = openImages.frameLosses?.(list as never, known)
  expect(lost).toEqual([
    {
      severity: 'dropped',
      count: 1,
      what: 'members of groups become one mask with the largest of their group',
    },
    { severity: 'changed', count: 2, what: 'annotations lose their group' },
  ])
})

test('masks that would be called the same keep apart', async () => {
  const twins = ['a/b.jpg', 'ab.jpg', 'a/b.jpg'].map((name, index) => {
    return { ...frames[0], index, name, fileName: name, subset: index < 2 ? 'train' : 'val' }
  }) as DatasetFrame[]
  const masks = [0, 1, 2].map((frame) => ({
    ...mask,
    frame,
    attributes: [value(24, frame === 0 ? '../x' : '')],
  }))
  const task = { ...sample, frames: twins }
  const files = await exported(openImages, masks, false, undefined, task)
  expect([...files.keys()].filter((name) => name.endsWith('.png'))).toEqual([
    'masks/train/ab_cat_00000000.png',
    'masks/train/ab_cat_00000000_2.png',
    'masks/val/valab_cat_00000000.png',
  ])
})

test.each([
  ['a b', "'a b' 2 3\n"],
  ["it's", `'it'"'"'s' 2 3\n`],
  ['deep/er-1.b', 'deep/er-1.b 2 3\n'],
  ['größe', "'größe' 2 3\n"],
])('the size of %s is told as for a shell', async (id, line) => {
  const size = { width: 3, height: 2 }
  expect(sizeLine(id, size)).toBe(line)
  const text = `# a comment\r\n\r\n${line}"b \\" c" 4 5\nd\\ e 6 7\n`
  const sizes = await readSizes(inputOf({ 'images.meta': text }), 'images.meta')
  expect([...sizes]).toEqual([
    [id, size],
    ['b " c', { width: 5, height: 4 }],
    ['d e', { width: 7, height: 6 }],
  ])
})

test.each([
  ['deep/er/b', 'deeperb'],
  ['  Große Katze - 2 ', 'groe-katze-2'],
  ['../x', 'x'],
])('%s in the name of a file is %s', (text, expected) => expect(slug(text)).toBe(expected))

const boxHead =
  'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside'
const boxTable = (...rows: string[]) => [boxHead, ...rows].join('\n')

describe('reads', () => {
  test('the data set itself: names with a header, prefixes, columns nobody asked for', async () => {
    const files = {
      'oidv6-class-descriptions.csv': 'LabelName,DisplayName\n/m/01,dog\n/m/02,cat\n',
      'oidv6-train-annotations-bbox.csv':
        '\ufeffImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside,XClick1X\r\n' +
        'a b,xclick,/m/02,1,0.1,0.5,0.25,1,0,1,-1,0,0,0.3\r\n',
      'validation-annotations-human-imagelabels.csv':
        'ImageID,Source,LabelName,Confidence\ndeep/c,verification,/m/01,1\ndeep/c,verification,/m/02,0\n',
      'image_ids_and_rotation.csv': 'ImageID,Subset\na b,train\ndeep/c,validation\ngone,test\n',
    }
    const { annotations, unmatched, notes, described } = await imported(
      openImages,
      inputOf(files),
      sample,
    )
    expect(annotations).toMatchObject([
      { kind: 'tag', frame: 2, labelId: dog },
      {
        ...{ type: 'rectangle', frame: 0, labelId: cat, occluded: false, group: 0, score: null },
        points: [2, 3, 10, 12],
        attributes: [value(22, 'true')],
      },
    ])
    expect(unmatched).toEqual(['gone'])
    expect(notes).toEqual(['1 tags that say what is not on a picture were left out'])
    expect(described).toEqual([{ name: 'dog' }, { name: 'cat' }])
  })

  test('columns of any order, boxes told from any corner, scores', async () => {
    const table =
      'XMax,XMin,YMin,YMax,LabelName,Confidence,ImageID\n0,0.5,0,1,"Große, ""Katze""",0.25,a b\n'
    const { annotations } = await imported(
      openImages,
      inputOf({ 'x/annotations/val-annotations-bbox.csv': table }),
      sample,
    )
    expect(annotations).toMatchObject([
      { labelId: katze, points: [0, 0, 10, 12], score: 0.25, attributes: [value(21, '0.25')] },
    ])
  })

  test('sizes from the file where the task has none', async () => {
    const blind = { ...sample, frames: frames.map((frame) => ({ ...frame, width: 0, height: 0 })) }
    const files = {
      'annotations/default-annotations-bbox.csv': boxTable(
        'a b,,dog,1,0,0.5,0,0.5,0,0,0,0,0',
        'deep/c,,dog,1,0,1,0,1,0,0,0,0,0',
      ),
      'annotations/images.meta': "'a b' 100 200\n",
    }
    const { annotations, notes } = await imported(openImages, inputOf(files), blind)
    expect(annotations).toMatchObject([{ points: [0, 0, 100, 50] }])
    expect(notes).toEqual(['1 objects on pictures whose size is unknown were left out'])
  })

  test.each([
    ['in the folder of its subset', 'masks/train/m.png'],
    ['wherever else it is', 'downloads/masks-0/M.png'],
  ])('a mask %s, in another size', async (_name, entry) => {
    const data = Uint8Array.of(0, 255, 0, 0)
    const files = new Map<string, Uint8Array>([
      [
        'annotations/train-annotations-object-segmentation.csv',
        Buffer.from(
          'MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks\nm.png,a b,cat,00000012,,,,,0.5,\nn.png,a b,cat,1,,,,,,\n',
        ),
      ],
      [entry, encodeGray8({ width: 2, height: 2, data })],
      ['masks/val/m.png', encodeGray8({ width: 1, height: 1, data: Uint8Array.of(1) })],
    ])
    const { annotations, notes, described } = await imported(openImages, inputOf(files), sample)
    expect(annotations).toMatchObject([
      {
        type: 'mask',
        points: [0, 60, 10, 0, 19, 5],
        attributes: [value(24, '00000012'), value(25, '0.5')],
      },
    ])
    expect(notes).toEqual(['1 masks whose picture is not in the archive were left out'])
    expect(described).toMatchObject([
      { name: 'cat', attributes: [{ name: 'box_id', inputType: 'text' }] },
    ])
  })

  test('a mask joins the box whose sides are the same to six decimals', async () => {
    const files = new Map<string, Uint8Array>([
      [
        'train-annotations-bbox.csv',
        Buffer.from(
          boxTable(
            'a b,,cat,1,0.1234567,0.5,0,1,0,0,0,0,0',
            'a b,,dog,1,0.123457,0.5,0,1,0,0,0,0,0',
          ),
        ),
      ],
      [
        'train-annotations-object-segmentation.csv',
        Buffer.from(
          'MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks\nm.png,a b,cat,x,0.123457,0.500000,0.0,1.0,,\n',
        ),
      ],
      ['m.png', encodeGray8({ width: 20, height: 12, data: new Uint8Array(240).fill(1) })],
    ])
    const { annotations } = await imported(openImages, inputOf(files), sample)
    expect(annotations.map(({ labelId, group }) => [labelId, group])).toEqual([
      [cat, 1],
      [dog, 0],
      [cat, 1],
    ])
  })
})

describe('refuses', () => {
  const bbox = (row: string) => ({ 'annotations/val-annotations-bbox.csv': boxTable(row) })
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a table without ImageID',
      { 'val-annotations-bbox.csv': 'a,b\n1,2' },
      /line 1: the header has no column ImageID/,
    ],
    [
      'a side that is missing',
      bbox('a b,,dog,1,0.1,,0,1,0,0,0,0,0'),
      /val-annotations-bbox\.csv, line 2: it has no XMax/,
    ],
    ['NaN', bbox('a b,,dog,1,nan,1,0,1,0,0,0,0,0'), /XMin: "nan" is not a number/],
    ['pixels', bbox('a b,,dog,1,0,5000,0,1,0,0,0,0,0'), /XMax: 5000 is not relative/],
    [
      'a flag that is none',
      bbox('a b,,dog,1,0,1,0,1,yes,0,0,0,0'),
      /IsOccluded: "yes" is not a number/,
    ],
    [
      'a broken row of a picture that is not here',
      bbox('gone,,dog,1,0,1,0,x,0,0,0,0,0'),
      /YMax: "x"/,
    ],
    [
      'a mask that is no picture',
      {
        'x-annotations-object-segmentation.csv':
          'MaskPath,ImageID,LabelName,BoxID\nm.png,a b,cat,1\n',
        'm.png': '?',
      },
      /m\.png: it is not a PNG file/,
    ],
  ])('%s', async (_name, files, message) => {
    await expect(imported(openImages, inputOf(files), sample)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive of another kind', async () => {
    const reading = imported(openImages, inputOf({ 'annotations/instances.json': '' }), sample)
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = openImages.losses(census).map(({ count, what }) => `${count} ${what}`)
  expect(lost).toContain('2 rotated rectangles become masks')
  expect(lost).toContain('4 polygons become masks')
  const list = [
    newTag({ frame: 0, labelId: katze, attributes: [value(22, 'true')] }),
    { ...box, labelId: katze, attributes: [value(24, 'x')] },
    { ...mask, occluded: true, score: 0.5, attributes: [value(22, 'true')] },
    newTag({ frame: 0, labelId: dog, group: 3 }),
  ]
  expect(
    openImages.frameLosses?.(list as never, known)?.map(({ count, what }) => `${count} ${what}`),
  ).toEqual([
    '1 annotations lose their group',
    '1 masks lose their occluded mark',
    '1 masks lose their score',
    '1 tags lose attributes other than score',
    '1 boxes lose attributes other than score, truncated, is_group_of, is_depiction, is_inside',
    '1 masks lose attributes other than box_id, predicted_iou',
  ])
})
