import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Keyframe } from '#shared/domain/annotation.ts'
import { newShape } from '../common/new-shape.ts'
import type { NewTrack } from '../common/new-track.ts'
import { decodePng } from '../common/png/decode.ts'
import { encodeGray8, encodeGray16, type Raster } from '../common/png/encode.ts'
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
import { PackedMasks } from './packed-masks.ts'

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

function rowsOf(file: Uint8Array): number[][] {
  const { width, height, samples } = decodePng(file, refuse)
  return Array.from({ length: height }, (_, y) => [...samples.subarray(y * width, (y + 1) * width)])
}

const pictureOf = (rows: number[][]): Raster<Uint16Array> => ({
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
  rowsOf(files.get(`default/instances/frame_00000${frame}.png`) ?? Buffer.alloc(0))

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
    const bytes = encodeGray8({ width: 1, height: 1, data: Uint8Array.of(1) })
    const small8 = new Map([['instances/frame_000001.png', bytes]])
    await expect(read(small8)).rejects.toThrow('it must be grayscale with 16 bits a pixel')
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

test('what nearer tracks cover, and members of groups, are told frame by frame', () => {
  const mark = { id: 0, keyframe: true }
  const shape = (points: number[], zOrder: number, group = 0) => ({
    ...newShape({ frame: 0, labelId: dog.id, type: 'rectangle', points, zOrder, group }),
    track: mark,
  })
  const list = [
    shape([0, 0, 4, 4], 0),
    shape([1, 1, 2, 2], -1),
    shape([6, 0, 8, 2], 0, 1),
    shape([9, 0, 10, 1], 0, 1),
    // Of no track: not painted, so that it covers nothing.
    { ...shape([0, 0, 20, 20], 9), track: undefined },
  ]
  const told = motsPng.frameLosses?.(list as never, [])
  expect(told?.map(({ severity, count, what }) => `${severity} ${count} ${what}`)).toEqual([
    'dropped 1 members of groups become one mask with the largest of their group',
    'dropped 1 objects that nearer ones cover wholly are left out',
  ])
})
