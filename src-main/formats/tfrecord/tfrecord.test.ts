import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LabelId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { newShape } from '../common/new-shape.ts'
import { pngFile } from '../common/png/file.ts'
import { anyShape } from '../testkit/arbitrary.ts'
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
} from '../testkit/sample.ts'
import { decodeExample, encodeExample, type Feature } from './example.ts'
import { tfRecord } from './index.ts'
import { readRecords, toRecord } from './records.ts'

const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const box = newShape({ frame: 0, labelId: dog, type: 'rectangle', points: [1.25, 3, 5, 9] })

function refuse(problem: string): never {
  throw new Error(problem)
}

/** What a file holds, in plain values. */
async function recordsIn(files: Files, name: string) {
  async function* whole() {
    yield files.get(name) ?? Buffer.alloc(0)
  }
  const found: Record<string, unknown>[] = []
  for await (const { data } of readRecords(whole(), () => refuse('damaged'))) {
    const plain = [...decodeExample(data, refuse)].map(([key, { kind, values }]) => [
      key,
      kind === 'bytes' ? values.map((value) => Buffer.from(value).toString()) : values,
    ])
    found.push(Object.fromEntries(plain))
  }
  return found
}

describe('writes', () => {
  test('a record for every frame, as the object detection API has them', async () => {
    const grouped = [
      { ...box, group: 1, points: [0, 0, 5, 6] },
      { ...box, group: 1, labelId: size, points: [2, 2, 20, 12], rotation: 30 },
      newShape({ frame: 0, labelId: size, type: 'mask', points: [0, 6, 5, 6, 7, 7] }),
    ]
    const files = await exported(tfRecord, [box, ...grouped], true)
    expect([...files.keys()]).toEqual(['label_map.pbtxt', 'default.tfrecord'])
    expect(textOf(files, 'label_map.pbtxt')).toBe(
      'item {\n\tid: 1\n\tname: \'dog & "cat" <x>\'\n}\n\n' +
        "item {\n\tid: 2\n\tname: 'größe'\n}\n\nitem {\n\tid: 3\n\tname: 'sk'\n}\n\n",
    )
    const [first, second] = await recordsIn(files, 'default.tfrecord')
    expect(first).toEqual({
      'image/filename': ['a b.jpg'],
      'image/source_id': [''],
      'image/height': [12],
      'image/width': [20],
      'image/encoded': ['picture a b.jpg'],
      'image/format': ['jpeg'],
      'image/key/sha256': ['8406596bc8a52eb460eb4c629d08b6c1403b4da14bcb34a1c64baf6203ec4f2a'],
      'image/object/bbox/xmin': [0.0625, 0.25, 0],
      'image/object/bbox/xmax': [0.25, Math.fround(0.4), 1],
      'image/object/bbox/ymin': [0.25, 0.5, 0],
      'image/object/bbox/ymax': [0.75, Math.fround(8 / 12), 1],
      'image/object/class/text': ['dog & "cat" <x>', 'gre', 'gre'],
      'image/object/class/label': [1, 2, 2],
    })
    expect(Object.keys(second ?? {})).toHaveLength(7)
    expect(second).toMatchObject({ 'image/filename': ['deep/er/b.png'], 'image/format': ['png'] })
  })

  test('a file for each subset, which comes back', async () => {
    const here = [box, { ...box, frame: 2 }]
    const files = await exported(tfRecord, here, false, undefined, inSubsets)
    expect([...files.keys()]).toEqual(['label_map.pbtxt', 'train.tfrecord', 'val.tfrecord'])
    const back = await imported(tfRecord, inputOf(files), inSubsets)
    expect(back.annotations.map(({ frame }) => frame)).toEqual([0, 2])
    expect(back.unmatched).toEqual([])
    expect(back.described.map(({ name }) => name)).toEqual(labels.map(({ name }) => name))
  })

  test('no boxes on a picture whose size nobody knows', async () => {
    const unknown = frames.map((frame) => ({ ...frame, width: 0, height: 0 }))
    const [first] = await recordsIn(
      await exported(tfRecord, [box], false, unknown),
      'default.tfrecord',
    )
    expect(first).not.toHaveProperty('image/object/bbox/xmin')
  })
})

const far = fc.integer({ min: -5000, max: 12_000 }).map((n) => n / 100)
const anyBox = fc
  .tuple(far, far, far, far)
  .map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)])

test('boxes come back, cut to their picture as in CVAT', async () => {
  const boxes = fc.tuple(anyShape(['rectangle']), anyBox)
  await fc.assert(
    fc.asyncProperty(fc.array(boxes, { maxLength: 8 }), async (list) => {
      const shapes = list
        .map(([shape, points]) => ({ ...shape, points, group: 0, zOrder: 0 }))
        .sort((a, b) => a.frame - b.frame)
      const back = await imported(tfRecord, inputOf(await exported(tfRecord, shapes), 'x.zip', 97))
      expect(back.annotations).toHaveLength(shapes.length)
      for (const [i, { frame, labelId, points }] of shapes.entries()) {
        const [width, height] = frame === 0 ? [20, 12] : [64, 48]
        const found = back.annotations[i]
        expect(found).toMatchObject({ frame, labelId, type: 'rectangle', rotation: 0 })
        for (const [k, n] of points.entries()) {
          const cut = Math.min(k % 2 === 0 ? width : height, Math.max(0, n))
          expect(found?.kind === 'shape' && found.points[k]).toBeCloseTo(cut, 4)
        }
      }
    }),
    { numRuns: 60 },
  )
})

/** A file of records made by hand. */
function recordFile(...examples: Record<string, Feature>[]): Buffer {
  return Buffer.concat(examples.map((one) => toRecord(encodeExample(new Map(Object.entries(one))))))
}

const texts = (...values: string[]): Feature => ({
  kind: 'bytes',
  values: values.map((text) => Buffer.from(text)),
})
const floats = (...values: number[]): Feature => ({ kind: 'floats', values })
const ints = (...values: number[]): Feature => ({ kind: 'ints', values })
const quarter = {
  'image/filename': texts('c.jpg'),
  'image/object/bbox/xmin': floats(0),
  'image/object/bbox/xmax': floats(0.5),
  'image/object/bbox/ymin': floats(0),
  'image/object/bbox/ymax': floats(0.5),
}
const map = Buffer.from("item { id: 5 name: 'größe' }")
const expected = [newShape({ frame: 2, labelId: size, type: 'rectangle', points: [0, 0, 32, 24] })]

describe('reads what others write', () => {
  test.each<[string, [string, Uint8Array][]]>([
    [
      'by text, without a label map',
      [['any.tfrecord', recordFile({ ...quarter, 'image/object/class/text': texts('größe') })]],
    ],
    [
      'by number',
      [
        ['x/p.record', recordFile({ ...quarter, 'image/object/class/label': ints(5) })],
        ['x/my_label_map.pbtxt', map],
      ],
    ],
    [
      'shards, the label map above them',
      [
        [
          'valid/a.tfrecord-00000-of-00002',
          recordFile({ ...quarter, 'image/object/class/label': ints(5) }),
        ],
        ['valid/a.tfrecord-00001-of-00002', Buffer.alloc(0)],
        ['label_map.pbtxt', map],
      ],
    ],
    [
      'a text cut to ASCII',
      [
        [
          'a.tfrecord',
          recordFile({
            ...quarter,
            'image/object/class/text': texts('gre'),
            'image/object/class/label': ints(5),
          }),
        ],
        ['label_map.pbtxt', map],
      ],
    ],
    [
      'the source instead of a name',
      [
        [
          'a.tfrecord',
          recordFile({
            ...quarter,
            'image/filename': texts(''),
            'image/source_id': texts('deep/c'),
            'image/object/class/text': texts('größe'),
          }),
        ],
      ],
    ],
  ])('%s', async (_name, files) => {
    const { annotations } = await imported(tfRecord, inputOf(new Map(files)))
    expect(annotations).toEqual(expected)
  })

  test('numbers one by one, as older writers have them, and lists nobody knows', () => {
    const value = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
    // features { entry { key "f", float_list { 0.5, -1 } } entry { key "i", int64_list { 300, -1 } } }
    const data = value(
      '0a 2c 0a 11 0a 01 66 12 0c 12 0a 0d 00 00 00 3f 0d 00 00 80 bf' +
        '0a 17 0a 01 69 12 12 1a 10 08 ac 02 08 ff ff ff ff ff ff ff ff ff 01 22 00',
    )
    expect([...decodeExample(data, refuse)]).toEqual([
      ['f', { kind: 'floats', values: [0.5, -1] }],
      ['i', { kind: 'ints', values: [300, -1] }],
    ])
  })

  test('masks of objects', async () => {
    const rows = Buffer.concat(
      Array.from({ length: 48 }, (_, y) =>
        Buffer.from([0, ...Array.from({ length: 64 }, (_, x) => (x < 2 && y < 3 ? 255 : 0))]),
      ),
    )
    const mask = pngFile({ width: 64, height: 48, kind: 'gray', depth: 8 }, deflateSync(rows))
    const file = recordFile({
      ...quarter,
      'image/object/mask': { kind: 'bytes', values: [mask] },
      'image/object/class/text': texts('größe'),
    })
    const { annotations } = await imported(tfRecord, inputOf(new Map([['a.tfrecord', file]])))
    expect(annotations).toMatchObject([{ type: 'mask', points: [0, 6, 0, 0, 1, 2] }])
  })
})

describe('refuses, by the record', () => {
  test.each<[string, Record<string, Feature>, RegExp]>([
    [
      'a side too few',
      { ...quarter, 'image/object/bbox/ymax': floats() },
      /a\.tfrecord, record 2 at byte \d+: it has 1 xmin and 0 ymax/,
    ],
    [
      'NaN',
      { ...quarter, 'image/object/bbox/xmin': floats(Number.NaN) },
      /xmin of object 1 is not a number/,
    ],
    [
      'pixels',
      { ...quarter, 'image/object/bbox/xmax': floats(4000) },
      /4000, which is not relative/,
    ],
    [
      'labels for other boxes',
      { ...quarter, 'image/object/class/label': ints(1, 2) },
      /it has 1 boxes and 2 of image\/object\/class\/label/,
    ],
    [
      'texts as numbers',
      { ...quarter, 'image/object/class/text': ints(1) },
      /holds ints, it must hold bytes/,
    ],
    [
      'a mask that is no picture',
      { ...quarter, 'image/object/mask': texts('x') },
      /a mask: it is not a PNG file/,
    ],
  ])('%s', async (_name, example, message) => {
    const file = recordFile({ ...quarter, 'image/object/class/text': texts('größe') }, example)
    await expect(
      imported(tfRecord, inputOf(new Map([['a.tfrecord', file]]))),
    ).rejects.toMatchObject({ code: 'DATASET_INVALID', message: expect.stringMatching(message) })
  })

  test('an archive without records', async () => {
    const reading = imported(tfRecord, inputOf({ 'label_map.pbtxt': '' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })

  test('whatever lies in a record whose checksums are right', async () => {
    const honest = encodeExample(new Map(Object.entries(quarter)))
    const mutation = fc.tuple(fc.nat(honest.length - 1), fc.uint8Array({ maxLength: 3 }), fc.nat(4))
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (list) => {
        const data = list.reduce(
          (all, [at, bytes, remove]) =>
            Buffer.concat([all.subarray(0, at), bytes, all.subarray(at + remove)]),
          honest,
        )
        const input = inputOf(new Map([['a.tfrecord', toRecord(data)]]))
        const outcome = await imported(tfRecord, input).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AppError)
      }),
      { numRuns: 500 },
    )
  })
})

test('says what it loses', () => {
  const lost = tfRecord
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 4 polygons are left out')
  expect(lost).toContain('changed 2 rectangles lose their rotation')
  expect(lost).toContain('changed 1 masks become the boxes around them')
  expect(lost).toContain('changed 6 annotations lose their group')
})
