import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Keyframe } from '#shared/domain/annotation.ts'
import { newShape } from '../common/new-shape.ts'
import type { NewTrack } from '../common/new-track.ts'
import {
  census,
  exported,
  type Files,
  imported,
  inputOf,
  type Sample,
  videoOf,
} from '../testkit/sample.ts'
import { motsPng } from './index.ts'
import { objectsOf } from './objects.ts'
import { PackedMasks } from './packed-masks.ts'
import { decodeGray16, encodeGray16, type Gray16 } from './png16.ts'

const video = videoOf(6)
const [dog, size] = video.labels
if (!dog || !size) throw new Error('the sample has three labels')
const small: Sample = {
  ...video,
  frames: video.frames.map((frame) => ({ ...frame, width: 6, height: 4 })),
}
const LABELS = 'dog & "cat" <x>\ngröße'

const refuse = (problem: string): never => {
  throw new Error(problem)
}

const testdata = (name: string) => readFile(new URL(`./testdata/${name}`, import.meta.url))

/** Made with OpenCV; object 0 of class 1 in two places, 7 of class 2, an ignored one, and a number of the background. */
const HAND_MADE = [
  [0, 1000, 1000, 0, 0, 42],
  [0, 1000, 1000, 2007, 2007, 0],
  [0, 0, 0, 2007, 2007, 1000],
  [1000, 0, 0, 0, 0, 10999],
]

function rowsOf({ width, height, data }: Gray16): number[][] {
  return Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)])
}

const pictureOf = (rows: number[][]): Gray16 => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint16Array.from(rows.flat()),
})

function track(
  keyframes: (Partial<Keyframe> & { frame: number })[],
  rest: Partial<NewTrack> = {},
): NewTrack {
  const place = {
    rotation: 0,
    occluded: false,
    outside: false,
    zOrder: 0,
    attributes: [],
    elements: [],
  }
  return {
    ...{ kind: 'track', labelId: size?.id, group: 0, source: 'manual', attributes: [] },
    ...{ type: 'rectangle', frame: keyframes[0]?.frame ?? 0 },
    keyframes: keyframes.map((keyframe) => ({ ...place, points: [1, 1, 3, 3], ...keyframe })),
    ...rest,
  } as NewTrack
}

const written = async (list: readonly NewAnnotation[], withImages = false) =>
  exported(motsPng, list, withImages, undefined, small)

const pixels = (files: Files, frame: number) =>
  rowsOf(
    decodeGray16(files.get(`default/instances/frame_00000${frame}.png`) ?? Buffer.alloc(0), refuse),
  )

describe('pictures of 16-bit numbers', () => {
  test('as OpenCV writes them', async () => {
    expect(rowsOf(decodeGray16(await testdata('frame_000002.png'), refuse))).toEqual(HAND_MADE)
  })

  test('rows filtered in all five ways', async () => {
    const rows = rowsOf(decodeGray16(await testdata('slopes.png'), refuse))
    const expected = rows.map((row, y) => row.map((_, x) => (x * 2700 + y * y * 137) % 65536))
    expect([rows.length, rows[0]?.length]).toEqual([11, 24])
    expect(rows).toEqual(expected)
  })

  test('what is written is read', () => {
    const any = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([width, height]) => {
        const length = width * height
        const data = fc.array(fc.integer({ min: 0, max: 65535 }), {
          minLength: length,
          maxLength: length,
        })
        return data.map((list) => ({ width, height, data: Uint16Array.from(list) }))
      })
    fc.assert(
      fc.property(any, (picture) => {
        expect(decodeGray16(encodeGray16(picture), refuse)).toEqual(picture)
      }),
    )
  })

  const whole = encodeGray16(pictureOf(HAND_MADE))
  const changed = (at: number, byte: number) => {
    const copy = Buffer.from(whole)
    copy[at] = byte
    return copy
  }

  test.each([
    ['another file', Buffer.from('GIF89a..........'), 'it is not a PNG file'],
    ['colours', changed(25, 2), 'it must be grayscale with 16 bits a pixel'],
    ['8 bits', changed(24, 8), 'it must be grayscale with 16 bits a pixel'],
    ['interlaced ones', changed(28, 1), 'interlaced'],
    ['a width of millions', changed(16, 255), 'pixels are too many'],
    ['no width', changed(19, 0), 'it has no pixels'],
    ['more pixels than there are', changed(23, 9), 'fewer pixels'],
    ['fewer pixels than there are', changed(23, 1), 'damaged'],
    ['a cut file', whole.subarray(0, 60), 'it is cut off'],
    ['a file without a header', whole.subarray(0, 12), 'it has no header'],
    ['damaged pixels', changed(50, 7), 'damaged'],
    ['an unknown filter', withRaw(Buffer.from([9, 0, 0])), 'damaged'],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => decodeGray16(bytes, refuse)).toThrow(message)
  })

  function withRaw(raw: Buffer): Buffer {
    const one = encodeGray16({ width: 1, height: 1, data: Uint16Array.of(1) })
    const packed = deflateSync(raw)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(packed.length, 0)
    head.write('IDAT', 4, 'latin1')
    return Buffer.concat([one.subarray(0, 33), head, packed, Buffer.alloc(4)])
  }
})

test('objects of a picture: the runs of each in its own box', () => {
  expect(objectsOf(pictureOf(HAND_MADE), 1000)).toEqual([
    // Two in a row twice, the last pixel of one row and the first of the next.
    { value: 1000, points: [1, 2, 4, 2, 8, 2, 5, 0, 0, 5, 3] },
    { value: 2007, points: [0, 4, 3, 1, 4, 2] },
    { value: 10999, points: [0, 1, 5, 3, 5, 3] },
  ])
})

test('packed masks come out as they went in', () => {
  const masks = fc.array(fc.tuple(fc.nat(), fc.array(fc.nat({ max: 2 ** 28 }), { maxLength: 40 })))
  fc.assert(
    fc.property(masks, (list) => {
      const packed = new PackedMasks()
      for (const [frame, points] of list) packed.add(frame, points)
      expect([...packed.masks()]).toEqual(list.map(([frame, points]) => ({ frame, points })))
    }),
  )
})

describe('writing', () => {
  test('a picture for each frame with tracks, plain shapes left out', async () => {
    const plain = newShape({ frame: 4, labelId: dog.id, type: 'rectangle', points: [0, 0, 5, 5] })
    const moving = track([
      { frame: 1 },
      { frame: 3, points: [3, 1, 5, 3] },
      { frame: 4, outside: true },
    ])
    const files = await written([plain, moving], true)
    expect([...files.keys()].slice(0, 5)).toEqual([
      'default/instances/labels.txt',
      'default/instances/frame_000001.png',
      'default/instances/frame_000002.png',
      'default/instances/frame_000003.png',
      'default/images/frame_000000.PNG',
    ])
    expect(pixels(files, 2)).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 0, 2000, 2000, 0, 0],
      [0, 0, 2000, 2000, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ])
  })

  test('nearer ones cover, groups are one object of their largest', async () => {
    const files = await written([
      track([{ frame: 0, points: [0, 0, 4, 4], zOrder: 2 }]),
      track([{ frame: 0, points: [2, 0, 6, 4], zOrder: 1 }]),
      track([{ frame: 0, points: [0, 0, 1, 1], zOrder: 9 }], { group: 1 }),
      track([{ frame: 0, points: [4, 2, 6, 4], zOrder: 9 }], { group: 1, labelId: dog.id }),
    ])
    expect(pixels(files, 0)).toEqual([
      [1003, 2000, 2000, 2000, 2001, 2001],
      [2000, 2000, 2000, 2000, 2001, 2001],
      [2000, 2000, 2000, 2000, 1003, 1003],
      [2000, 2000, 2000, 2000, 1003, 1003],
    ])
  })

  test('more tracks than numbers are refused, before anything is finished', async () => {
    const many = Array.from({ length: 1001 }, () => track([{ frame: 0 }]))
    await expect(written(many)).rejects.toThrow('more than 1000 tracks')
  })
})

describe('importing', () => {
  const read = (files: Record<string, string> | Files, sample = small) =>
    imported(motsPng, inputOf(files), sample)
  const png = (rows: number[][]) => encodeGray16(pictureOf(rows))
  const two = (a: number, b: number) =>
    png([
      [a, b, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ])

  test('objects as tracks of masks, by class and number; ignored ones lie above', async () => {
    const labels = [dog, { ...size, name: 'ignored' }]
    const files: Files = new Map([
      ['instances/labels.txt', Buffer.from('dog & "cat" <x>\n')],
      ['instances/frame_000002.png', await testdata('frame_000002.png')],
    ])
    const { annotations, notes } = await read(files, { ...small, labels: labels as never })
    expect(annotations).toMatchObject([
      {
        ...{ kind: 'track', type: 'mask', labelId: dog.id, frame: 2, source: 'manual' },
        keyframes: [
          { frame: 2, zOrder: 0, points: [1, 2, 4, 2, 8, 2, 5, 0, 0, 5, 3] },
          { frame: 3, outside: true },
        ],
      },
      { labelId: size.id, keyframes: [{ frame: 2, zOrder: 1, points: [0, 1, 5, 3, 5, 3] }, {}] },
    ])
    expect(notes).toEqual(['1 objects with the unknown label "class 2" were left out'])
  })

  test('a gap is outside, the same number under two labels is two objects', async () => {
    const files: Files = new Map([
      ['a/instances/labels.txt', Buffer.from(LABELS)],
      ['a/instances/frame_000005.png', two(1000, 2000)],
      ['a/instances/frame_000000.png', two(1000, 0)],
      ['a/instances/frame_000001.png', two(1000, 0)],
    ])
    const { annotations } = await read(files)
    expect(annotations).toMatchObject([
      {
        labelId: dog.id,
        keyframes: [
          { frame: 0 },
          { frame: 1 },
          { frame: 2, outside: true },
          { frame: 5, outside: false },
        ],
      },
      { labelId: size.id, keyframes: [{ frame: 5, outside: false }] },
    ])
  })

  test('without labels.txt the classes are those of the data sets', async () => {
    const car = { ...small, labels: [{ ...size, name: 'car' }] as never }
    const files: Files = new Map([['instances/frame_000001.png', two(1001, 2001)]])
    const { annotations, notes } = await read(files, car)
    expect(annotations).toHaveLength(1)
    expect(notes).toEqual(['1 objects with the unknown label "pedestrian" were left out'])
  })

  test('frames that are not here are named; another size is told', async () => {
    const files: Files = new Map([
      ['instances/labels.txt', Buffer.from(LABELS)],
      ['instances/frame_000001.png', png([[1000]])],
      ['instances/frame_000017.png', two(1000, 0)],
    ])
    const { annotations, unmatched, notes } = await read(files)
    expect(annotations).toHaveLength(1)
    expect(unmatched).toEqual(['frame_000017'])
    expect(notes).toEqual([
      '1 pictures have another size here than the file says; masks were not scaled',
    ])
  })

  test('an export without tracks is read as nothing', async () => {
    expect((await read(await written([]))).annotations).toEqual([])
  })

  test('refuses broken pictures by name, and other archives', async () => {
    const broken = new Map([['instances/frame_000001.png', Buffer.from('no picture')]])
    await expect(read(broken)).rejects.toThrow('instances/frame_000001.png: it is not a PNG file')
    await expect(read({ 'a.txt': '' })).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })

  test('what is written comes back, pixel for pixel', async () => {
    const frames = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 })
    const corner = fc.tuple(fc.nat(4), fc.nat(2))
    const tracks = fc.array(fc.tuple(frames, corner), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(tracks, async (list) => {
        const made = list.map(([at, [x, y]], layer) =>
          track(
            at
              .sort((a, b) => a - b)
              .map((frame) => ({ frame, points: [x, y, x + 2, y + 2], zOrder: layer })),
          ),
        )
        const first = await written(made)
        const { annotations } = await read(first)
        const again = await written(annotations.map((one) => one))
        // Numbers may differ where a track is wholly covered; which pixels are whose does not.
        for (const frame of [0, 1, 2, 3, 4, 5]) {
          const name = `default/instances/frame_00000${frame}.png`
          expect(again.has(name)).toBe(first.has(name))
          if (first.has(name))
            expect(shapeOf(pixels(again, frame))).toEqual(shapeOf(pixels(first, frame)))
        }
      }),
      { numRuns: 40 },
    )
  })
})

/** Pixels by the order in which their numbers first appear. */
function shapeOf(rows: number[][]): number[] {
  const order: number[] = [0]
  return rows.flat().map((value) => {
    if (!order.includes(value)) order.push(value)
    return order.indexOf(value)
  })
}

test('tells what is lost', () => {
  const losses = motsPng.losses({
    ...census,
    tracks: 2,
    trackShapes: { mask: 1, polygon: 3, polyline: 2 },
  })
  expect(losses.filter(({ severity }) => severity === 'dropped')).toEqual([
    { severity: 'dropped', count: 9, what: 'shapes that belong to no track are left out' },
    { severity: 'dropped', count: 2, what: 'polylines of tracks are left out' },
    { severity: 'dropped', count: 1, what: 'tags are left out' },
  ])
})
