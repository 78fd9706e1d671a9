import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame } from '#main/core/ports.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { encodeGray8 } from '../common/png/encode.ts'
import { anyShape, inFileOrder } from '../testkit/arbitrary.ts'
import { census, exported, frames, imported, inputOf, labels, textOf } from '../testkit/sample.ts'
import { formatAttributes, parseAttributes } from './attribute-text.ts'
import { labelMe } from './index.ts'

const [dog, size] = labels
if (dog === undefined || size === undefined) throw new Error('the sample has three labels')
const [truncated, color, , note] = dog.attributes

/** The worked example of a box, then a polygon and a mask in one group. */
const worked: NewShape[] = [
  newShape({
    ...{ frame: 0, labelId: dog.id, type: 'rectangle', points: [1.23, 2, 6.73, 8] },
    occluded: true,
    attributes: [
      { specId: truncated?.id as never, value: 'true' },
      { specId: note?.id as never, value: 'a=b, "c" \\ <&>' },
    ],
  }),
  newShape({
    ...{ frame: 0, labelId: size.id, type: 'polygon', points: [1, 1, 6, 1, 6, 5.005], group: 4 },
  }),
  newShape({
    ...{ frame: 0, labelId: size.id, type: 'mask', points: [0, 3, 2, 1, 3, 2, 5, 3], group: 4 },
  }),
  newShape({ frame: 0, labelId: size.id, type: 'polyline', points: [1, 1, 6, 1] }),
]

test('writes the file a person has checked', async () => {
  const files = await exported(labelMe, worked, true)
  const golden = await readFile(new URL('./testdata/a b.xml', import.meta.url), 'utf8')
  expect(textOf(files, 'default/a b.xml')).toBe(golden)
  expect([...files.keys()]).toEqual([
    'default/Masks/a b_mask_2.png',
    'default/a b.xml',
    'default/deep/er/b.xml',
    'default/deep/c.xml',
    'default/a b.jpg',
    'default/deep/er/b.png',
    'default/deep/c.jpg',
  ])
})

test('rectangles, polygons and masks come back with all they say', async () => {
  const shapes = fc.array(anyShape(['rectangle', 'polygon', 'mask']), { maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const given = list.map((shape) => ({ ...shape, zOrder: 0, source: 'file' as const }))
      const back = await imported(labelMe, inputOf(await exported(labelMe, given), 'a.zip', 61))
      const byFrame = Map.groupBy(inFileOrder(given), ({ frame }) => frame)
      const expected = [...byFrame.values()].flatMap((some) => withGroupsInOrder(some))
      // Files are read in the order of their paths, frames come in their own.
      const found = [...back.annotations].sort((a, b) => a.frame - b.frame)
      expect(found).toEqual(expected)
      expect(back.unmatched).toEqual([])
      expect(back.notes).toEqual([])
    }),
    { numRuns: 60 },
  )
})

/** Groups of a file are told by their members: they are counted as their first members come. */
function withGroupsInOrder(
  shapes: readonly Awaited<ReturnType<typeof imported>>['annotations'][number][],
) {
  const numbers = new Map(
    [...new Set(shapes.map(({ group }) => group))].filter((g) => g !== 0).map((g, i) => [g, i + 1]),
  )
  return renumberGroups(shapes.map((one) => ({ ...one, group: numbers.get(one.group) ?? 0 })))
}

test('an ellipse comes back as a mask, what is outside the picture not at all', async () => {
  const ellipse = newShape({ frame: 0, labelId: dog.id, type: 'ellipse', points: [5, 6, 7, 4] })
  const outside = newShape({
    frame: 0,
    labelId: dog.id,
    type: 'mask',
    points: [0, 1, 90, 90, 90, 90],
  })
  const back = await imported(labelMe, inputOf(await exported(labelMe, [outside, ellipse])))
  expect(back.annotations).toMatchObject([{ type: 'mask', labelId: dog.id }])
  expect(back.annotations[0]).toMatchObject({
    points: [2, 1, 3, 3, 1, 5, 1, 3, 3, 1, 2, 3, 4, 7, 8],
  })
})

test('every subset has a folder of its own; twins keep apart', async () => {
  const twins = ['x/a.jpg', 'x/a.png', 'x/a.jpg'].map((name, index) => {
    return { ...frames[0], index, name, fileName: name, subset: index < 2 ? 'train' : 'val' }
  }) as DatasetFrame[]
  const boxes = twins.map(({ index }) => ({ ...(worked[0] as NewShape), frame: index }))
  const files = await exported(labelMe, boxes, false, twins)
  expect([...files.keys()]).toEqual(['train/x/a.xml', 'train/x/a.png.xml', 'val/x/a.xml'])
})

const file = (objects: string, name = 'a b.jpg', folder = '') =>
  `<annotation><filename>${name}</filename><folder>${folder}</folder>${objects}</annotation>`
const object = (inside: string, name = 'größe') => `<object><name>${name}</name>${inside}</object>`
const polygon = (...points: string[]) =>
  `<polygon>${points.map((p) => `<pt><x>${p.split(',')[0]}</x><y>${p.split(',')[1]}</y></pt>`).join('')}</polygon>`
const triangle = polygon('1,1', '5,1', '5,4')

describe('reads', () => {
  test('what LabelMe itself writes: line breaks around texts, folders of its server, no ids', async () => {
    const xml = file(
      object(`<deleted>0</deleted><date>\n01-Jan\n</date>${triangle}`, '\ngröße\n') +
        object(`<deleted>1</deleted>${triangle}`),
      '\na b.jpg\n',
      'users/me/street',
    )
    const { annotations, unmatched } = await imported(
      labelMe,
      inputOf({ 'a b.xml': `\ufeff${xml}` }),
    )
    expect(annotations).toEqual([
      newShape({ frame: 0, labelId: size.id, type: 'polygon', points: [1, 1, 5, 1, 5, 4] }),
    ])
    expect(unmatched).toEqual([])
  })

  test('a box by any of its corners', async () => {
    const box = `<type>bounding_box</type>${polygon('6,8', '1.5,2', '1.5,8', '6,2')}`
    const { annotations } = await imported(labelMe, inputOf({ 'a b.xml': file(object(box)) }))
    expect(annotations).toMatchObject([{ type: 'rectangle', points: [1.5, 2, 6, 8] }])
  })

  test.each([
    ['in the subset', 'default/deep/c.xml', 'default/Masks/m.png'],
    ['at the root', 'deep/c.xml', 'Masks/m.png'],
    ['beside all annotations, as on its server', 'a/Annotations/deep/c.xml', 'a/Masks/deep/m.png'],
    ['beside the file, in small letters', 'x/y/c.xml', 'x/y/masks/M.PNG'],
  ])('masks %s, of any kind of picture', async (_name, entry, mask) => {
    const data = new Uint8Array(64 * 48).fill(255, 64 + 3, 64 + 5)
    const files = new Map<string, Uint8Array>([
      [entry, Buffer.from(file(object('<segm><mask>m.png</mask></segm>'), 'c.jpg', 'deep'))],
      [mask, encodeGray8({ width: 64, height: 48, data })],
    ])
    const { annotations, notes } = await imported(labelMe, inputOf(files))
    expect(annotations).toMatchObject([{ frame: 2, type: 'mask', points: [0, 2, 3, 1, 4, 1] }])
    expect(notes).toEqual([])
  })

  test('parts at several removes as one group, missing ones and circles too', async () => {
    const part = (id: number, has: string, of: string) =>
      object(
        `<id>${id}</id><parts><hasparts>${has}</hasparts><ispartof>${of}</ispartof></parts>${triangle}`,
      )
    const xml = file(
      part(7, '', '') +
        part(3, '9,', '') +
        part(9, '', '4') +
        part(4, '3', '9') +
        part(5, '99', ''),
    )
    const { annotations } = await imported(labelMe, inputOf({ 'a b.xml': xml }))
    expect(annotations.map(({ group }) => group)).toEqual([0, 1, 1, 1, 0])
  })

  test('what has no place: lines, objects without outline, masks without picture', async () => {
    const xml = file(
      object(polygon('1,1', '2,2')) + object('') + object('<segm><mask>m.png</mask></segm>'),
    )
    const { annotations, notes } = await imported(labelMe, inputOf({ 'a b.xml': xml }))
    expect(annotations).toEqual([])
    expect(notes).toEqual([
      '1 outlines of less than three points were left out',
      '1 objects without outline and mask were left out',
      '1 masks whose picture is not in the archive were left out',
    ])
  })

  test('attributes by the type of the label', async () => {
    const text = 'truncated, color=green, age=5.0, note=007, ufo=1, rotation=390.0'
    const box = `<type>bounding_box</type>${triangle}<attributes>${text}</attributes>`
    const { annotations } = await imported(
      labelMe,
      inputOf({ 'a b.xml': file(object(box, 'dog &amp; "cat" &lt;x>')) }),
    )
    expect(annotations).toMatchObject([{ rotation: 30 }])
    expect(annotations[0]?.attributes.map(({ value }) => value)).toEqual([
      'true',
      'green',
      '5',
      '007',
    ])
    expect(color?.id).toBe(annotations[0]?.attributes[1]?.specId)
  })
})

describe('the text of attributes', () => {
  test.each<[string, [string, string | number | boolean][], string]>([
    [
      'types',
      [
        ['a', true],
        ['b', 5],
        ['c', 0.25],
        ['track_id', 3],
      ],
      'a=True, b=5.0, c=0.25, track_id=3',
    ],
    ['escapes', [['a=b', 'x, "y" \\']], 'a\\=b=x\\, \\"y\\" \\\\'],
    [
      'text like a number',
      [
        ['a', '5'],
        ['b', '1e9'],
      ],
      'a="5", b="1e9"',
    ],
    ['text like a boolean', [['a', 'True']], 'a="True"'],
    ['outer blanks', [['a', ' x ']], 'a=" x "'],
    ['nothing', [['a', '']], 'a='],
  ])('%s', (_name, attributes, text) => {
    expect(formatAttributes(attributes)).toBe(text)
    expect(parseAttributes(text).map(({ name, value }) => [name, value])).toEqual(attributes)
  })

  test('any text comes back', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab\\=",. 51') })
    const name = word.map((text) => text.trim()).filter((text) => text !== '')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, word), { maxLength: 4 }), (pairs) => {
        const back = parseAttributes(formatAttributes(pairs))
        expect(back.map((one) => [one.name, one.value])).toEqual(pairs)
      }),
    )
  })
})

describe('refuses', () => {
  test.each([
    [
      'a cut file',
      file(object(triangle)).slice(0, -9),
      /a b\.xml, line 1: the file ends inside <annotation>/,
    ],
    ['a coordinate that is none', file(object(polygon('1,1', 'x,2'))), /<x>: "x" is not a number/],
    [
      'a point without y',
      file(object('<polygon><pt><x>1</x></pt></polygon>')),
      /needs <x> and <y>/,
    ],
    ['two polygons', file(object(triangle + triangle)), /an object has two polygons/],
    ['entities', `<!DOCTYPE x [<!ENTITY e "x">]>${file('')}`, /entities are not allowed/],
  ])('%s', async (_name, xml, message) => {
    await expect(imported(labelMe, inputOf({ 'a b.xml': xml }))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('a mask that is no picture', async () => {
    const files = { 'a b.xml': file(object('<segm><mask>m.png</mask></segm>')), 'Masks/m.png': 'x' }
    await expect(imported(labelMe, inputOf(files))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(/Masks\/m\.png: it is not a PNG file/),
    })
  })

  test.each([
    ['CVAT', '<annotations/>', /it begins with <annotations>/],
    ['PASCAL VOC', file(object('<bndbox><xmin>1</xmin></bndbox>')), /those of PASCAL VOC/],
  ])('XML of %s', async (_name, xml, message) => {
    await expect(imported(labelMe, inputOf({ 'a.xml': xml }))).rejects.toMatchObject({
      code: 'DATASET_NOT_THIS_FORMAT',
      message: expect.stringMatching(message),
    })
  })
})

test('says what it loses', () => {
  expect(labelMe.losses(census).map(({ count, what }) => `${count} ${what}`)).toEqual([
    '3 polylines are left out',
    '1 tags are left out',
    '2 ellipses become masks',
    '6 groups are counted anew on each frame; a group of one is none',
    '7 annotations lose their z-order',
    '11 annotations lose their source (manual, auto …)',
  ])
})
