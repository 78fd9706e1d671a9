import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame, NewAnnotation } from '#main/core/ports.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import type { NewTrack } from '../common/new-track.ts'
import { encodePalette, encodeRgb } from '../common/png/encode.ts'
import { anyShape, anyTag, inFileOrder } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  type Files,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
  videoOf,
} from '../testkit/sample.ts'
import { pascalVoc } from './index.ts'
import { vocColorNumber } from './label-map.ts'
import { vocFrameLosses } from './losses.ts'

const [dog, size] = labels
if (dog === undefined || size === undefined) throw new Error('the sample has three labels')
const [truncated, color, age, note] = dog.attributes.map(({ id }) => id)

const said = (specId: number | undefined, value: string) => ({ specId: specId as never, value })
const tag = (frame: number, labelId: number): NewAnnotation =>
  ({ kind: 'tag', frame, labelId, group: 0, source: 'file', attributes: [] }) as never

/** The worked example of a box, a turned one, a polygon that has no place, two masks over each other, a tag. */
const worked: NewAnnotation[] = [
  newShape({
    ...{ frame: 0, labelId: dog.id, type: 'rectangle', points: [1.23, 2, 6.73, 8.004] },
    occluded: true,
    attributes: [said(truncated, 'true'), said(note, ' a <b> & "c"\n')],
  }),
  newShape({
    ...{ frame: 0, labelId: size.id, type: 'rectangle', points: [8, 2, 14, 6], rotation: 30 },
  }),
  newShape({ frame: 0, labelId: size.id, type: 'polygon', points: [1, 1, 6, 1, 6, 5] }),
  newShape({ frame: 0, labelId: size.id, type: 'mask', points: [0, 6, 1, 1, 3, 2], zOrder: 1 }),
  newShape({ frame: 0, labelId: dog.id, type: 'mask', points: [0, 9, 0, 0, 2, 2] }),
  tag(1, size.id),
]

const read = (files: Files | Record<string, string>, sample?: Parameters<typeof imported>[2]) =>
  imported(pascalVoc, inputOf(files), sample)

describe('writing', () => {
  test('the file a person has checked', async () => {
    const files = await exported(pascalVoc, worked)
    const golden = await readFile(new URL('./testdata/a b.xml', import.meta.url), 'utf8')
    expect(textOf(files, 'Annotations/a b.xml')).toBe(golden)
  })

  test('lists, label map and pictures', async () => {
    const files = await exported(pascalVoc, worked, true)
    expect([...files.keys()]).toEqual([
      'labelmap.txt',
      'Annotations/a b.xml',
      'SegmentationClass/a b.png',
      'SegmentationObject/a b.png',
      'Annotations/deep/er/b.xml',
      'Annotations/deep/c.xml',
      'ImageSets/Main/default.txt',
      'ImageSets/Main/background_default.txt',
      'ImageSets/Main/dog & "cat" <x>_default.txt',
      'ImageSets/Main/größe_default.txt',
      'ImageSets/Main/sk_default.txt',
      'ImageSets/Main/1_default.txt',
      'ImageSets/Main/2_default.txt',
      'ImageSets/Segmentation/default.txt',
      'ImageSets/Action/default.txt',
      'ImageSets/Layout/default.txt',
      'JPEGImages/a b.jpg',
      'JPEGImages/deep/er/b.png',
      'JPEGImages/deep/c.jpg',
    ])
    expect(textOf(files, 'labelmap.txt')).toBe(
      '# label:color_rgb:parts:actions\nbackground:0,0,0::\ndog & "cat" <x>:128,0,0::\n' +
        'größe:0,128,0::\nsk:128,128,0::\n1:0,0,128::\n2:128,0,128::\n',
    )
    expect(textOf(files, 'ImageSets/Main/default.txt')).toBe('a b\ndeep/er/b\ndeep/c\n')
    expect(textOf(files, 'ImageSets/Main/größe_default.txt')).toBe('deep/er/b  1\n')
    expect(textOf(files, 'ImageSets/Main/sk_default.txt')).toBe('deep/er/b -1\n')
    expect(textOf(files, 'ImageSets/Segmentation/default.txt')).toBe('a b\ndeep/c\n')
    expect(textOf(files, 'ImageSets/Layout/default.txt')).toBe('deep/c\n')
  })

  test('two subsets with a picture of one name keep apart', async () => {
    const twins = ['x/a.jpg', 'x/a.jpg'].map((name, index) => {
      return { ...frames[0], index, name, fileName: name, subset: ['train', 'val'][index] }
    }) as DatasetFrame[]
    const boxes = twins.map(({ index }) => ({ ...(worked[0] as NewShape), frame: index }))
    const files = await exported(pascalVoc, boxes, false, twins, { ...inSubsets, frames: twins })
    expect(textOf(files, 'ImageSets/Main/train.txt')).toBe('x/a\n')
    expect(textOf(files, 'ImageSets/Main/val.txt')).toBe('val/x/a\n')
    expect(files.has('Annotations/val/x/a.xml')).toBe(true)
  })

  test('more objects than the colour map has colours for', () => {
    const colors = Array.from({ length: 5000 }, (_, i) => vocColorNumber(i))
    expect(new Set(colors).size).toBe(5000)
    expect(colors.slice(0, 4)).toEqual([0, 0x800000, 0x008000, 0x808000])
    expect([colors[15], colors[255]]).toEqual([0xc08080, 0xe0e0c0])
  })
})

describe('what is written is read', () => {
  /** What the format has no place for, taken away beforehand. */
  const asKept = (one: NewAnnotation): NewAnnotation =>
    one.kind === 'tag'
      ? { ...one, group: 0, source: 'file', attributes: [] }
      : { ...(one as NewShape), group: 0, zOrder: 0, source: 'file' }

  test('rectangles with all they say, and tags', async () => {
    const one = fc.oneof(anyShape(['rectangle']), anyTag())
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 10 }), async (list) => {
        const isNew = (tagged: NewAnnotation, at: number, all: readonly NewAnnotation[]) =>
          tagged.kind !== 'tag' ||
          all.findIndex(
            (b) => b.kind === 'tag' && b.frame === tagged.frame && b.labelId === tagged.labelId,
          ) === at
        const given = list.map(asKept).filter(isNew)
        const back = await read(await exported(pascalVoc, given))
        const byLabel = (a: NewAnnotation, b: NewAnnotation) =>
          a.frame - b.frame || (a.kind === 'tag' && b.kind === 'tag' ? a.labelId - b.labelId : 0)
        expect([...back.annotations].sort(byLabel)).toEqual(inFileOrder(given).sort(byLabel))
        expect([back.notes, back.unmatched]).toEqual([[], []])
      }),
      { numRuns: 60 },
    )
  })

  test('masks and ellipses as the pixels that are seen of them, in every subset', async () => {
    const shapes = fc.array(anyShape(['mask', 'ellipse']), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(shapes, async (list) => {
        const files = await exported(pascalVoc, list, false, undefined, inSubsets)
        const back = await read(files, inSubsets)
        const again = await exported(pascalVoc, back.annotations, false, undefined, inSubsets)
        const painted = (all: Files) => [...all].filter(([name]) => name.includes('Class/'))
        expect(painted(again)).toEqual(painted(files))
        const here = (frame: number) => list.filter((shape) => shape.frame === frame)
        const lost = [0, 1, 2].flatMap((frame) => vocFrameLosses(inOrder(here(frame))))
        const gone = lost.filter(({ severity }) => severity === 'dropped')
        const sum = gone.reduce((total, { count }) => total + count, 0)
        expect(back.annotations.length).toBe(list.length - sum)
      }),
      { numRuns: 60 },
    )
  })

  function inOrder(list: readonly NewShape[]) {
    return list.toSorted((a, b) => a.zOrder - b.zOrder) as never
  }

  test('tracks of rectangles, as tracks', async () => {
    const video = videoOf(5)
    const keyframe = (frame: number, x: number, outside = false) => ({
      ...{ frame, points: [x, 1, x + 4, 5], rotation: 0, occluded: false, outside, zOrder: 0 },
      ...{ attributes: [], elements: [] },
    })
    const track = {
      ...{ kind: 'track', labelId: size.id, group: 0, source: 'file', type: 'rectangle' },
      ...{ frame: 0, attributes: [] },
      keyframes: [keyframe(0, 1), keyframe(2, 7), keyframe(4, 7, true)],
    } as unknown as NewTrack
    const files = await exported(pascalVoc, [track], false, undefined, video)
    expect(textOf(files, 'Annotations/frame_000001.xml')).toContain('<value>False</value>')
    expect((await read(files, video)).annotations).toEqual([track])
  })
})

const box = (name = 'größe', more = '', numbers = [1, 2, 7, 8]) => {
  const [x1, y1, x2, y2] = numbers
  return (
    `<object><name>${name}</name>${more}<bndbox><ymin>${y1}</ymin><xmin>${x1}</xmin>` +
    `<xmax>${x2}</xmax><ymax>${y2}</ymax></bndbox></object>`
  )
}
const file = (objects: string, name = 'a b.jpg') =>
  `<?xml version="1.0"?>\r\n<annotation verified="yes">\r\n<filename>${name}</filename>${objects}</annotation>`

describe('reads what other tools write', () => {
  test.each<[string, Record<string, string>, object[]]>([
    [
      'a bare file with a byte order mark, beside its picture',
      { 'a b.xml': `\ufeff${file(box())}`, 'a b.jpg': 'picture' },
      [{ frame: 0, type: 'rectangle', points: [1, 2, 7, 8], source: 'file' }],
    ],
    [
      'a file that is called otherwise than its picture',
      { 'x1.XML': file(box(), 'C:\\data\\a b.jpg') },
      [{ frame: 0, points: [1, 2, 7, 8] }],
    ],
    [
      'corners the other way round, words instead of flags',
      { 'a b.xml': file(box('größe', '<truncated>Unspecified</truncated>', [7, 8, 1, 2])) },
      [{ points: [1, 2, 7, 8] }],
    ],
    [
      'outlines with the box around them (Roboflow)',
      {
        'train/a b.xml': file(
          box(
            'größe',
            '<polygon><x1>1</x1><y1>2</y1><x2>7</x2><y2>2</y2><x3>7</x3><y3>8</y3></polygon>',
          ),
        ),
      },
      [{ type: 'polygon', points: [1, 2, 7, 2, 7, 8] }],
    ],
    [
      'outlines of points',
      {
        'a b.xml': file(
          box(
            'größe',
            `<polygon>${'<pt><x>1</x><y>2</y></pt><pt><x>3</x><y>2</y></pt>'.repeat(2)}</polygon>`,
          ),
        ),
      },
      [{ type: 'polygon', points: [1, 2, 3, 2, 1, 2, 3, 2] }],
    ],
    [
      'turned boxes (roLabelImg)',
      {
        'a b.xml': file(
          '<object><type>robndbox</type><name>größe</name><robndbox><cx>5</cx><cy>6</cy><w>4</w><h>2</h>' +
            `<angle>${Math.PI / 2}</angle></robndbox></object>`,
        ),
      },
      [{ type: 'rectangle', points: [3, 5, 7, 7], rotation: 90 }],
    ],
    [
      'the data set some folders deep, its lists of objects',
      {
        'VOCdevkit/VOC2012/Annotations/b.xml': file(box(), 'b.jpg'),
        'VOCdevkit/VOC2012/ImageSets/Layout/train.txt': 'b  1\r\nb  2\r\n',
        'VOCdevkit/VOC2012/ImageSets/Main/größe_train.txt': 'b  1\r\nc  0\r\n',
        'VOCdevkit/VOC2012/ImageSets/Main/train.txt': 'b\r\nc\r\n',
      },
      [
        { frame: 1, type: 'rectangle' },
        { frame: 1, kind: 'tag' },
      ],
    ],
  ])('%s', async (_name, files, expected) => {
    const { annotations, unmatched } = await read(files)
    expect(annotations).toMatchObject(expected)
    expect(annotations).toHaveLength(expected.length)
    expect(unmatched).toEqual([])
  })

  test('parts are a group with what they are parts of; actions are attributes', async () => {
    const part = `<part><name>${'größe'}</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>`
    const name = 'dog &amp; "cat" &lt;x&gt;'
    const files = {
      'Annotations/a b.xml': file(box(name, `${part}<actions><color>0</color></actions>`) + box()),
      'labelmap.txt': 'dog & "cat" <x>:1,2,3:größe:truncated,color\ngröße::: # the parts\n',
    }
    const { annotations, described } = await read(files)
    expect(annotations).toMatchObject([
      {
        labelId: dog.id,
        group: 1,
        attributes: [said(truncated, 'false'), said(color, 'false')],
      },
      { labelId: size.id, group: 1, points: [1, 1, 2, 2] },
      { labelId: size.id, group: 0 },
    ])
    const checkbox = { inputType: 'checkbox', defaultValue: 'false', values: ['false', 'true'] }
    expect(described).toEqual([
      {
        name: 'dog & "cat" <x>',
        attributes: ['truncated', 'color'].map((action) => ({ name: action, ...checkbox })),
      },
      { name: 'größe' },
    ])
  })

  test('numbers as Python prints them are numbers', async () => {
    const attributes =
      '<attributes><attribute><name>age</name><value>5.0</value></attribute>' +
      '<attribute><name>unheard of</name><value>1</value></attribute></attributes>'
    const { annotations } = await read({
      'a b.xml': file(box('dog &amp; "cat" &lt;x&gt;', attributes)),
    })
    expect(annotations).toMatchObject([{ attributes: [said(age, '5')] }])
  })

  test('pictures are told by subset; of lists that overlap the smaller one counts', async () => {
    const seen: unknown[] = []
    const input = inputOf({
      'Annotations/deep/c.xml': file(box(), 'c.jpg'),
      'ImageSets/Main/trainval.txt': 'a b\ndeep/er/b\ndeep/c\n',
      'ImageSets/Main/val.txt': 'deep/c.jpg\n',
      'ImageSets/Main/train.txt': '"a b"\ndeep/er/b\n',
    })
    const target = {
      ...(videoOf(1) as object),
      ...{ task: videoOf(1).task, labels, frameCount: 3, taskFrames: () => frames },
      ...{ signal: new AbortController().signal, progress: () => undefined },
      ...{ unmatched: () => undefined, note: () => undefined, describe: () => undefined },
      labelIndex: { label: () => dog, sublabel: () => null, attribute: () => null },
      matcher: {
        match: (name: string, _number?: number, subset?: string) => {
          seen.push(`${name} ${subset}`)
          return frames[0] ?? null
        },
      },
    }
    for await (const batch of pascalVoc.read(input, target as never)) expect(batch).toHaveLength(1)
    expect([...new Set(seen)].sort()).toEqual(['a b train', 'deep/c.jpg val', 'deep/er/b train'])
  })
})

describe('masks', () => {
  const rgb = (rows: number[][]) => {
    const data = rows.flat().flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255])
    return encodeRgb({
      width: rows[0]?.length ?? 0,
      height: rows.length,
      data: Uint8Array.from(data),
    })
  }
  const map = Buffer.from('background:0,0,0::\ngröße:0,128,0::\ndog & "cat" <x>:9,9,9::\n')

  test('of the data set: pictures with palettes, the border is no object', async () => {
    const palette = Array.from({ length: 256 }, (_, i) => vocColorNumber(i))
    const png = (values: number[]) =>
      encodePalette({ width: 3, height: 1, data: Uint8Array.from(values) }, palette)
    const files: Files = new Map([
      ['SegmentationClass/a b.png', png([12, 255, 0])],
      ['SegmentationObject/a b.png', png([1, 255, 0])],
    ])
    const withDog = { ...videoOf(1), frames, labels: [{ ...size, name: 'dog' }] }
    const { annotations, notes } = await read(files, withDog)
    expect(annotations).toMatchObject([{ type: 'mask', points: [0, 1, 0, 0, 0, 0] }])
    expect(notes).toEqual([
      '1 pictures have another size here than the file says; their annotations were not scaled',
      '1 objects with the unknown label "ignored" were left out',
    ])
  })

  test('of colours that no label has are named; an object has the class most of it has', async () => {
    const files: Files = new Map([
      ['labelmap.txt', map],
      ['SegmentationClass/a b.png', rgb([[0x008000, 0x008000, 0x090909, 0x010203]])],
      ['SegmentationObject/a b.png', rgb([[1, 1, 1, 2]])],
    ])
    const { annotations, notes } = await read(files)
    expect(annotations).toMatchObject([{ labelId: size.id, points: [0, 3, 0, 0, 2, 0] }])
    expect(notes).toContain('1 objects of colour #010203, which no class has, were left out')
  })

  test.each<[string, [string, Buffer][], string]>([
    [
      'objects without classes',
      [['SegmentationObject/a b.png', rgb([[1]])]],
      'there is no picture in SegmentationClass',
    ],
    [
      'pictures of two sizes',
      [
        ['SegmentationClass/a b.png', rgb([[1]])],
        ['SegmentationObject/a b.png', rgb([[1, 1]])],
      ],
      'SegmentationObject/a b.png: it has 2 x 1 pixels, the picture of its classes has 1 x 1',
    ],
    ['a broken picture', [['SegmentationClass/a b.png', Buffer.from('x')]], 'it is not a PNG file'],
    [
      'nothing but unknown colours',
      [['SegmentationClass/a b.png', rgb([[0x010203]])]],
      'none of its mask colours',
    ],
  ])('refused: %s', async (_name, files, message) => {
    await expect(read(new Map([['labelmap.txt', map], ...files]))).rejects.toThrow(message)
  })
})

test.each<[string, Record<string, string>, string]>([
  ['another archive', { 'a.txt': '' }, 'does not look like PASCAL VOC 1.1'],
  ['another XML', { 'a b.xml': '<annotations/>' }, 'a b.xml has no <annotation>'],
  ['a document type', { 'a b.xml': `<!DOCTYPE x>${file(box())}` }, 'DOCTYPE'],
  ['a cut file', { 'a b.xml': file(box()).slice(0, -20) }, 'a b.xml, line'],
  [
    'a box without an edge',
    { 'a b.xml': file(box().replace('xmax', 'xmox').replace('xmax', 'xmox')) },
    '<bndbox> has no xmax',
  ],
  [
    'a number that is none',
    { 'a b.xml': file(box('größe', '', [Number.NaN, 1, 2, 3])) },
    'xmin "NaN" is not a number',
  ],
  [
    'an edge beyond all pictures',
    { 'a b.xml': file(box('größe', '', [1e9, 1, 2, 3])) },
    'xmin "1000000000" is not a number',
  ],
  [
    'a flag that is none',
    { 'a b.xml': file(box('größe', '<occluded>2</occluded>')) },
    '<occluded> must be 0 or 1',
  ],
  [
    'an object without a name',
    { 'a b.xml': file('<object><bndbox/></object>') },
    '<object> has no name',
  ],
  [
    'a list of labels that is none',
    { 'a b.xml': file(box()), 'labelmap.txt': 'a:0,0\n' },
    'labelmap.txt, line 1: it must read',
  ],
  [
    'a colour that is none',
    { 'a b.xml': file(box()), 'labelmap.txt': '#\na:0,0,256::\n' },
    'labelmap.txt, line 2: "0,0,256" is no colour',
  ],
  [
    'a label twice',
    { 'a b.xml': file(box()), 'labelmap.txt': 'a:::\na:::\n' },
    'line 2: the label "a" is there already',
  ],
  ['other pictures', { 'z.xml': file(box(), 'z.jpg') }, 'none of its images exist'],
])('refused: %s', async (_name, files, message) => {
  await expect(read(files)).rejects.toThrow(message)
})

test('tells what is lost', () => {
  const losses = pascalVoc.losses({ ...census, tracks: 1, grouped: 2, layered: 3 })
  expect(losses).toMatchObject([
    { severity: 'dropped', count: 4, what: 'polygons are left out' },
    { severity: 'dropped', count: 3, what: 'polylines are left out' },
    { severity: 'changed', count: 2, what: 'ellipses become masks' },
    { count: 1, what: expect.stringContaining('joined again by "track_id"') },
    { count: 2, what: 'annotations lose their group' },
    { count: 3, what: 'annotations lose their z-order' },
    { count: 9, what: 'annotations lose their source (manual, auto …)' },
  ])
  const mask = newShape({ frame: 0, labelId: 1, type: 'mask', points: [0, 1, 0, 0, 0, 0] } as never)
  const listed = [mask, { ...mask, occluded: true, score: 0.5, attributes: [said(1, 'a')] }]
  const tags = [tag(0, 1), tag(0, 1)]
  expect(vocFrameLosses([...listed, ...tags] as never)).toEqual([
    { severity: 'dropped', count: 1, what: 'objects that nearer ones cover wholly are left out' },
    { severity: 'changed', count: 1, what: 'masks and ellipses lose their attributes' },
    { severity: 'changed', count: 1, what: 'masks and ellipses lose their occluded mark' },
    { severity: 'changed', count: 1, what: 'masks and ellipses lose their score' },
    { severity: 'dropped', count: 1, what: 'tags whose label the frame has already are left out' },
  ])
})
