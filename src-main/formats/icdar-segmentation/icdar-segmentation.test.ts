import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { encodeRgb } from '../common/png/encode.ts'
import { icdarSample, textLabel } from '../testkit/icdar-sample.ts'
import { census, exported, imported, inputOf, inSubsets, textOf } from '../testkit/sample.ts'
import { decodeBmp, encodeBmp } from './bmp.ts'
import { icdarSegmentation } from './index.ts'
import { centerOf, colorOf, parseRow } from './rows.ts'

const sample = icdarSample()
const rich = icdarSample('index', 'color', 'center')
const labelId = 1 as LabelId
const said = (text: string, index = '', color = '', center = '') =>
  [text, index, color, center].flatMap((value, i) =>
    value === '' ? [] : [{ specId: (11 + i) as AttributeId, value }],
  )
const mask = newShape({
  ...{ frame: 0, labelId, type: 'mask', points: [0, 3, 2, 1, 3, 2, 5, 3] },
  attributes: said('a'),
})
const dot = (x: number, fields: Partial<NewShape>) =>
  newShape({ frame: 0, labelId, type: 'mask', points: [0, 1, x, 9, x, 9], ...fields })

const refuse = (problem: string): never => {
  throw new Error(problem)
}

test('writes the layout CVAT writes, and the worked line', async () => {
  const list = [
    dot(1, { attributes: said('z', '3', '1 2 3', '1 2.5'), group: 7 }),
    mask,
    dot(2, { attributes: said(' ', '0'), group: 7 }),
  ]
  const files = await exported(icdarSegmentation, list, true, undefined, {
    ...inSubsets,
    labels: rich.labels,
  })
  expect([...files.keys()]).toEqual([
    'train/a b_GT.bmp',
    'train/a b_GT.txt',
    'train/deep/er/b_GT.txt',
    'val/deep/c_GT.txt',
    'train/images/a b.jpg',
    'train/images/deep/er/b.png',
    'val/images/deep/c.jpg',
  ])
  expect(textOf(files, 'train/a b_GT.txt')).toBe(
    '#0 128 0 - - 2.0 9.0 3.0 10.0 " "\n1 2 3 1 2.5 1.0 9.0 2.0 10.0 "z"\n\n128 0 0 - - 3.0 2.0 6.0 4.0 "a"\n',
  )
  expect(textOf(files, 'val/deep/c_GT.txt')).toBe('')
  const { width, height, readRow } = decodeBmp(
    files.get('train/a b_GT.bmp') ?? (mask as never),
    refuse,
  )
  const row = new Uint32Array(width)
  readRow(9, row)
  expect([height, ...row.slice(0, 4)]).toEqual([12, 0xffffff, 0x010203, 0x008000, 0xffffff])
})

test('masks come back with text and group, each on its own', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab "5#') })
  const masks = fc.uniqueArray(fc.tuple(fc.nat(19), fc.nat(3), text, fc.nat(2)), {
    selector: ([x, , , frame]) => 20 * frame + x,
  })
  await fc.assert(
    fc.asyncProperty(masks, async (list) => {
      const shapes = list.map(([x, group, words, frame]) =>
        dot(x, { frame, group, attributes: [{ specId: 11 as AttributeId, value: words }] }),
      )
      const files = await exported(icdarSegmentation, shapes, false, undefined, sample)
      const back = await imported(icdarSegmentation, inputOf(files), sample)
      const key = ({ frame, group, points, attributes }: NewShape) =>
        JSON.stringify([frame, group, points, attributes])
      // Groups are counted anew as their blocks come: compared by their members.
      const named = (some: readonly NewAnnotation[]) =>
        [0, 1, 2].flatMap((frame) => {
          const here = renumberGroups(some.filter((one) => one.frame === frame)) as NewShape[]
          const first = (group: number) =>
            group === 0
              ? 0
              : Math.min(
                  ...here
                    .filter((one) => one.group === group)
                    .map(({ points: [, , x = 0] }) => x + 1),
                )
          return here.map((one) => key({ ...one, group: first(one.group) }))
        })
      expect(named(back.annotations).sort()).toEqual(named(shapes).sort())
      expect(back.notes).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('what has a column comes back from it; shapes become masks', async () => {
  const box = newShape({ frame: 0, labelId, type: 'rectangle', points: [12, 1, 15, 3] })
  const first = { ...mask, attributes: said('a', '0', '9 8 7', '4 3') }
  const files = await exported(icdarSegmentation, [first, box], false, undefined, rich)
  const { annotations } = await imported(icdarSegmentation, inputOf(files), rich)
  expect(annotations).toMatchObject([
    first,
    {
      type: 'mask',
      points: [0, 6, 12, 1, 14, 2],
      attributes: [{ value: '' }, { value: '1' }, { value: '128 0 0' }],
    },
  ])
})

describe('colours', () => {
  test('of two objects with one colour the second gets another, as does what cannot be one', async () => {
    const list = ['128 0 0', '128 0 0', '0 0 0', '255 255 255', '300 0 0', ''].map((color, i) =>
      dot(i, { attributes: said('x', '', color) }),
    )
    const files = await exported(icdarSegmentation, list, false, undefined, rich)
    const colors = textOf(files, 'default/a b_GT.txt').match(/^\d+ \d+ \d+/gm)
    expect(colors).toEqual(['128 0 0', '0 128 0', '128 128 0', '0 0 128', '128 0 128', '0 128 128'])
  })

  test.each([
    ['1 2 3', 0x010203],
    [' 255 0 0 ', 0xff0000],
    ['1,2,3', null],
    ['256 0 0', null],
    ['', null],
  ])('"%s"', (text, color) => expect(colorOf(text)).toBe(color))

  test.each([
    ['1 2.5', '1 2.5'],
    ['- -', null],
    ['1', null],
    ['a b', null],
  ])('a centre "%s"', (text, center) => expect(centerOf(text)).toBe(center))
})

describe('bitmaps', () => {
  const data = Uint8Array.from({ length: 5 * 3 }, (_, i) => i)
  const colors = data.map((i) => i)

  test('of any width come back', () => {
    const { width, height, readRow } = decodeBmp(
      encodeBmp({ width: 5, height: 3, data }, colors),
      refuse,
    )
    const rows = Array.from({ length: height }, (_, y) => {
      const row = new Uint32Array(width)
      readRow(y, row)
      return [...row]
    })
    expect(rows.flat()).toEqual([...data])
  })

  /** A head of 14 bytes, one of `info`, a palette, rows from the top or the bottom. */
  const bitmap = (bits: number, height: number, palette: number[], rows: number[]) => {
    const file = Buffer.alloc(54 + palette.length + rows.length)
    file.write('BM')
    file.writeUInt32LE(54 + palette.length, 10)
    file.writeUInt32LE(40, 14)
    file.writeInt32LE(2, 18)
    file.writeInt32LE(height, 22)
    file.writeUInt16LE(bits, 28)
    file.set([...palette, ...rows], 54)
    return file
  }
  const redGreen = [0, 0, 255, 0, 0, 255, 0, 0]

  test.each([
    ['1 bit', bitmap(1, 1, redGreen, [0b01000000, 0, 0, 0])],
    ['4 bits', bitmap(4, 1, redGreen, [0x01, 0, 0, 0])],
    ['8 bits', bitmap(8, 1, redGreen, [0, 1, 0, 0])],
    ['32 bits', bitmap(32, 1, [], redGreen)],
    ['the top row first', bitmap(24, -2, [], [0, 0, 255, 0, 255, 0, 0, 0, 9, 9, 9, 9, 9, 9, 0, 0])],
  ])('with %s', (_name, file) => {
    const row = new Uint32Array(2)
    decodeBmp(file, refuse).readRow(0, row)
    expect([...row]).toEqual([0xff0000, 0x00ff00])
  })
})

describe('reads', () => {
  const line = '128 0 0 - - 3 2 7 5 "a"'
  const picture = encodeBmp(
    { width: 20, height: 12, data: new Uint8Array(240).fill(1, 5, 7) },
    [0xffffff, 0x800000],
  )

  test.each([
    ['with subsets', 'train/a b_GT'],
    ['without', 'a b_GT'],
    ['as the manual has it', 'text_localization/train/a b_GT'],
    ['in other letters', 'Train/a b_gt'],
  ])('archives %s', async (_name, stem) => {
    const files = new Map([
      [`${stem}.TXT`, Buffer.from(`\ufeff${line}\r\n`)],
      [`${stem}.bmp`, picture],
    ])
    const { annotations } = await imported(icdarSegmentation, inputOf(files), sample)
    expect(annotations).toEqual([{ ...mask, points: [0, 2, 5, 0, 6, 0] }])
  })

  test('masks as PNG, and whole words', async () => {
    const data = new Uint8Array(20 * 12 * 3)
    data[0] = 128
    const files = new Map<string, Uint8Array>([
      ['a b_GT.txt', Buffer.from('128 0 0 5 6.5 3 2 7 5 two words\n')],
      ['a b_GT.png', encodeRgb({ width: 20, height: 12, data })],
    ])
    const { annotations } = await imported(icdarSegmentation, inputOf(files), rich)
    expect(annotations).toMatchObject([{ attributes: said('two words', '0', '128 0 0', '5 6.5') }])
  })

  test('what has no pixels is counted', async () => {
    const files = new Map([
      ['a b_GT.txt', Buffer.from(`${line}\n0 128 0 - - 1 1 2 2 "b"\n`)],
      ['a b_GT.bmp', picture],
      ['deep/c_GT.txt', Buffer.from(line)],
    ])
    const { annotations, notes } = await imported(icdarSegmentation, inputOf(files), sample)
    expect(annotations).toHaveLength(1)
    expect(notes).toEqual([
      '1 objects without a single pixel of their colour were left out',
      '1 objects without a picture of their masks were left out',
    ])
  })

  test.each([
    ['of nothing to read', '#1 2 3 - - 3 2 7 5 " "', { color: 0x010203, center: null, text: ' ' }],
    ['without a text', '1 2 3 4 5 3 2 7 5', { color: 0x010203, center: '4 5', text: '' }],
    [
      'with quotes in its text',
      '1 2 3 - - 3 2 7 5 """',
      { color: 0x010203, center: null, text: '"' },
    ],
  ])('a line %s', (_name, text, row) => expect(parseRow(text, refuse)).toEqual(row))
})

describe('refuses', () => {
  const picture = encodeBmp({ width: 2, height: 1, data: new Uint8Array(2) }, [0])
  test.each<[string, string, Uint8Array, RegExp]>([
    ['a short line', '1 2 3 4', picture, /a b_GT\.txt, line 1: it must read/],
    ['a colour that is none', '1 2 300 - - 1 1 2 2 "a"', picture, /1 2 300 is not a colour/],
    ['a box that is none', '1 2 3 - - 1 x 2 2 "a"', picture, /"x" is not a number/],
    [
      'a picture that is none',
      '1 2 3 - - 1 1 2 2 "a"',
      Buffer.from('hello'),
      /a b_GT\.bmp: it is not a BMP file/,
    ],
    ['a cut picture', '1 2 3 - - 1 1 2 2 "a"', picture.subarray(0, -1), /it is cut off/],
  ])('%s', async (_name, line, bytes, message) => {
    const files = new Map<string, Uint8Array>([
      ['a b_GT.txt', Buffer.from(line)],
      ['a b_GT.bmp', bytes],
    ])
    await expect(imported(icdarSegmentation, inputOf(files), sample)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive of another kind', async () => {
    const reading = imported(icdarSegmentation, inputOf({ 'gt.txt': '' }), sample)
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = icdarSegmentation.losses(census).map(({ count, what }) => `${count} ${what}`)
  expect(lost).toContain('5 rectangles become masks')
  expect(lost).toContain('3 polylines are left out')
  const labels = [...rich.labels, textLabel(2, 'sign', ['text', 'color', 'note'])]
  const list = [
    { ...mask, attributes: said('a', '0', '1 2 3', '1 2') },
    { ...mask, labelId: 2, attributes: [{ specId: 23, value: 'x' }] },
  ] as NewAnnotation[]
  expect(icdarSegmentation.frameLosses?.(list as never, labels)).toEqual([
    { severity: 'dropped', count: 1, what: 'objects that nearer ones cover wholly are left out' },
    { severity: 'changed', count: 1, what: 'labels become "icdar"' },
    { severity: 'changed', count: 1, what: 'annotations lose other attributes than their text' },
  ])
})
