import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { cocoArea } from '#shared/geometry/coco-rle.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import { anyTrack } from '../testkit/arbitrary-track.ts'
import {
  census,
  exported,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
  videoOf,
} from '../testkit/sample.ts'
import { cocoFiles } from './entries.ts'
import { coco } from './index.ts'

const FILE = 'annotations/instances_default.json'
const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const shape = (type: NewShape['type'], points: number[], more: Partial<NewShape> = {}) =>
  newShape({ frame: 0, labelId: dog, type, points, ...more })

/** A box, a mask, a group of two polygons; and an ellipse, and what COCO has no place for. */
const worked = [
  shape('rectangle', [1.234, 2, 6.73, 8.001], {
    occluded: true,
    rotation: 30,
    attributes: [{ specId: 11 as never, value: 'true' }],
  }),
  shape('mask', [0, 1, 2, 5, 1, 3, 3, 2, 6, 4], { labelId: size }),
  shape('polygon', [1, 1, 6, 1, 6, 5, 1, 5], { labelId: size, group: 9 }),
  shape('polygon', [10, 1, 12, 1, 12, 5], { labelId: size, group: 9 }),
  shape('ellipse', [3, 2, 5, 1], { labelId: size, score: 0.5 }),
  shape('polyline', [0, 0, 1, 1]),
]

interface Written {
  categories: { id: number; name: string; supercategory: string }[]
  images: { id: number; width: number; height: number; file_name: string }[]
  annotations: {
    id: number
    image_id: number
    category_id: number
    segmentation: number[][] | { counts: number[]; size: number[] }
    area: number
    bbox: number[]
    iscrowd: number
  }[]
}

async function written(shapes: readonly NewShape[]): Promise<Written> {
  return JSON.parse(textOf(await exported(coco, shapes), FILE)) as Written
}

test('writes the file a person has checked', async () => {
  const files = await exported(coco, worked, true)
  const golden = await readFile(
    new URL('./testdata/instances_default.json', import.meta.url),
    'utf8',
  )
  expect(textOf(files, FILE)).toBe(golden.trimEnd())
  expect([...files.keys()].slice(1)).toEqual([
    'images/default/a b.jpg',
    'images/default/deep/er/b.png',
    'images/default/deep/c.jpg',
  ])
})

test('a strict reader finds every id, every run and every area in order', async () => {
  const types = ['rectangle', 'polygon', 'mask', 'ellipse'] as const
  await fc.assert(
    fc.asyncProperty(fc.array(anyShape(types), { maxLength: 12 }), async (shapes) => {
      const { images, annotations, categories } = await written(shapes)
      expect(annotations.map(({ id }) => id)).toEqual(annotations.map((_, i) => i + 1))
      for (const { image_id, category_id, segmentation, area, iscrowd, bbox } of annotations) {
        const image = images[image_id - 1]
        expect(categories[category_id - 1]?.id).toBe(category_id)
        expect(bbox).toHaveLength(4)
        expect(iscrowd).toBe(Array.isArray(segmentation) ? 0 : 1)
        if (Array.isArray(segmentation)) {
          for (const part of segmentation) expect(part.length % 2).toBe(0)
        } else {
          expect(segmentation.size).toEqual([image?.height, image?.width])
          const pixels = segmentation.counts.reduce((sum, run) => sum + run, 0)
          expect(pixels).toBe((image?.height ?? 0) * (image?.width ?? 0))
          expect(area).toBe(cocoArea(segmentation.counts))
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('rectangles, polygons and masks come back but for group, z-order and source', async () => {
  const shapes = fc.array(anyShape(['rectangle', 'polygon', 'mask']), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(shapes, async (list) => {
      const plain = list.map((each) => ({ ...each, group: 0, zOrder: 0, source: 'file' as const }))
      const back = await imported(coco, inputOf(await exported(coco, plain), 'a.zip', 61))
      expect(back.annotations.map(rounded)).toEqual(
        [...plain].sort((a, b) => a.frame - b.frame).map(rounded),
      )
    }),
    { numRuns: 60 },
  )
})

/** A box is written as x, y, width, height: its far corner comes back as a sum of floats. */
function rounded(annotation: NewAnnotation): NewAnnotation {
  if (annotation.kind !== 'shape') return annotation
  return { ...annotation, points: annotation.points.map((n) => Math.round(n * 1e6) / 1e6) }
}

test('a group becomes one object, led by its largest member', async () => {
  const { annotations } = await written([
    shape('polygon', [0, 0, 2, 0, 2, 2, 0, 2], { group: 1 }),
    shape('polygon', [4, 4, 10, 4, 10, 10, 4, 10], { group: 1, labelId: size }),
    shape('rectangle', [0, 0, 1, 1]),
  ])
  expect(annotations).toHaveLength(2)
  expect(annotations[1]).toMatchObject({
    category_id: 2,
    area: 40,
    bbox: [0, 0, 10, 10],
    iscrowd: 0,
  })
})

const base = {
  images: [
    { id: 5, file_name: 'images/a b.jpg', width: 20, height: 12 },
    { id: 6, file_name: 'gone.jpg' },
  ],
  categories: [
    { id: 0, name: 'größe' },
    { id: 3, name: 'ufo' },
  ],
}
const annotation = { id: 1, image_id: 5, category_id: 0, bbox: [1, 2, 3, 4] }
const json = (...annotations: unknown[]) => JSON.stringify({ ...base, annotations })
const bare = (text: string) => inputOf({ 'x.json': text }, 'x.json')

describe('reads', () => {
  test('annotations before images and categories, unknown keys, categories from 0', async () => {
    const text = JSON.stringify({
      info: { a: [1, { b: '"]}' }] },
      annotations: [annotation],
      ...base,
    })
    const { annotations, unmatched } = await imported(coco, bare(text))
    expect(annotations).toEqual([
      newShape({ frame: 0, labelId: size, type: 'rectangle', points: [1, 2, 4, 6] }),
    ])
    expect(unmatched).toEqual(['gone.jpg'])
  })

  test('an excerpt of a real file, with keypoints and runs it does not know', async () => {
    const text = await readFile(new URL('./testdata/desk-excerpt.json', import.meta.url), 'utf8')
    const renamed = text.replaceAll('desk_0001.jpg', 'deep/c.jpg').replaceAll('"ring"', '"größe"')
    const { annotations } = await imported(coco, bare(renamed))
    expect(annotations.length).toBeGreaterThan(0)
    expect(annotations[0]).toMatchObject({ frame: 2, labelId: size, type: 'polygon' })
  })

  test('the parts of one object as a group, numbered on each frame', async () => {
    const part = [0, 0, 4, 0, 4, 4]
    const many = { ...annotation, id: 77, segmentation: [part, part] }
    const { annotations } = await imported(
      coco,
      bare(json(many, { ...annotation, segmentation: [part] }, many)),
    )
    expect(annotations.map((each) => each.group)).toEqual([1, 1, 0, 2, 2])
  })

  test.each([
    ['compressed', 'V139NH08200j4'],
    ['uncompressed', [38, 3, 9, 1, 1, 1, 9, 3, 9, 3, 163]],
  ])('%s runs', async (_name, counts) => {
    const rle = { ...annotation, segmentation: { counts, size: [12, 20] }, iscrowd: 1 }
    const { annotations } = await imported(coco, bare(json(rle)))
    expect(annotations).toMatchObject([{ type: 'mask' }])
    const again = await written(annotations as NewShape[])
    expect(again.annotations[0]?.segmentation).toEqual({
      counts: [38, 3, 9, 1, 1, 1, 9, 3, 9, 3, 163],
      size: [12, 20],
    })
  })

  test('attributes, score, rotation and source by name', async () => {
    const attributes = {
      occluded: true,
      rotation: -90,
      truncated: true,
      age: 5.0,
      color: 'red',
      source: 'auto',
      x: 1,
    }
    const text = json({ ...annotation, category_id: 1, score: 0.25, attributes }).replace(
      '"categories":[',
      '"categories":[{"id":1,"name":"dog & \\"cat\\" <x>"},',
    )
    const { annotations } = await imported(coco, bare(text))
    expect(annotations).toMatchObject([
      { occluded: true, rotation: 270, score: 0.25, source: 'auto' },
    ])
    expect(annotations[0]?.attributes).toEqual([
      { specId: 11, value: 'true' },
      { specId: 13, value: '5' },
      { specId: 12, value: 'red' },
    ])
  })

  test('full precision', async () => {
    const { annotations } = await imported(
      coco,
      bare(json({ ...annotation, bbox: [0.123456, 1, 1, 1] })),
    )
    expect(annotations).toMatchObject([{ points: [0.123456, 1, 1.123456, 2] }])
  })
})

describe('reads what other tools write', () => {
  const part = [0, 0, 4, 0, 4, 4]
  const triangle = { type: 'polygon', points: part }
  test.each([
    ['ids as text, of both kinds', { image_id: '5', category_id: '0' }, { type: 'rectangle' }],
    ['no id, area, iscrowd or outline', { id: undefined }, { type: 'rectangle' }],
    ['iscrowd as text', { segmentation: [part], iscrowd: '1' }, triangle],
    ['a polygon not in a list', { segmentation: part }, triangle],
    [
      'points in pairs',
      {
        segmentation: [
          [
            [0, 0],
            [4, 0],
            [4, 4],
          ],
        ],
      },
      triangle,
    ],
    [
      'runs in a list',
      { segmentation: [{ counts: [0, 2, 238], size: [12, 20] }] },
      { type: 'mask' },
    ],
    ['an outline of nothing', { segmentation: [[]] }, { type: 'rectangle' }],
    ['attributes as a list', { attributes: [] }, { type: 'rectangle' }],
    ['a polygon without a box', { segmentation: [part], bbox: null }, triangle],
  ])('%s', async (_name, change, expected) => {
    const { annotations, notes } = await imported(coco, bare(json({ ...annotation, ...change })))
    expect(annotations).toMatchObject([expected])
    expect(notes).toEqual([])
  })

  test.each([
    ['an address', 'https://example.com/set/a%20b.jpg?size=1#x'],
    ['a path of another machine', 'C:\\set\\a b.jpg'],
    ['folders above', '../../set/a b.jpg'],
    ['another case and extension', 'A B.JPEG'],
  ])('%s for a name', async (_name, fileName) => {
    const text = JSON.stringify({
      images: [{ id: 5, file_name: fileName }],
      categories: base.categories,
      annotations: [annotation],
    })
    const { annotations, unmatched } = await imported(coco, bare(text))
    expect(unmatched).toEqual([])
    expect(annotations).toHaveLength(1)
  })

  test('ids that are no numbers', async () => {
    const text = json(annotation).replaceAll('"id":5', '"id":"x-5"').replaceAll(':5', ':"x-5"')
    expect((await imported(coco, bare(text))).annotations).toHaveLength(1)
  })

  test('what has no extent is counted; a box stands for an outline that is none', async () => {
    const short = { ...annotation, segmentation: [[1, 2, 3, 4]] }
    const { annotations, notes } = await imported(
      coco,
      bare(json(short, { ...short, bbox: [] }, { ...short, segmentation: [[1, 2, 3, 4], part] })),
    )
    expect(annotations.map((one) => one.kind === 'shape' && one.type)).toEqual([
      'rectangle',
      'polygon',
    ])
    expect(notes).toEqual([
      '3 outlines of fewer than three points were left out',
      '1 objects without box and outline were left out',
    ])
  })

  test('labels as the file has them, joints among them', async () => {
    const person = { id: 4, name: 'sk', keypoints: ['1', '2'], skeleton: [[2, 1]] }
    const text = JSON.stringify({ ...base, categories: [person], annotations: [] })
    expect((await imported(coco, bare(text))).described).toEqual([
      { name: 'sk', type: 'skeleton', edges: [['2', '1']] },
      { name: '1', parent: 'sk', type: 'points' },
      { name: '2', parent: 'sk', type: 'points' },
    ])
  })
})

describe('subsets', () => {
  const list = [0, 1, 2].map((frame) => shape('rectangle', [1, 1, 2, 2], { frame, labelId: size }))

  test('are a file each, images numbered through all of them, annotations in each', async () => {
    const files = await exported(coco, list, true, undefined, inSubsets)
    expect([...files.keys()]).toEqual([
      'annotations/instances_train.json',
      'annotations/instances_val.json',
      'images/train/a b.jpg',
      'images/train/deep/er/b.png',
      'images/val/deep/c.jpg',
    ])
    const val = JSON.parse(textOf(files, 'annotations/instances_val.json')) as Written
    expect(val.images.map(({ id, file_name }) => [id, file_name])).toEqual([[3, 'deep/c.jpg']])
    expect(val.annotations.map(({ id, image_id }) => [id, image_id])).toEqual([[1, 3]])
    const back = await imported(coco, inputOf(files), inSubsets)
    expect(back.annotations).toEqual(list)
  })

  test.each([
    ['annotations/instances_train.json', 'train'],
    ['x/annotations/instances_train2017.json', 'train2017'],
    ['valid/_annotations.coco.json', 'valid'],
    ['train/labels.json', 'train'],
    ['annotations/test.json', 'test'],
    ['annotations.json', 'default'],
    ['result.json', 'default'],
    ['annotations/instances.json', 'default'],
  ])('%s holds %s', (name, subset) => {
    expect(cocoFiles(inputOf({ [name]: '' }), 'instances')).toMatchObject([{ name, subset }])
  })

  test('files of other tasks, and of something else, are passed over', async () => {
    const others = {
      'annotations/captions_train.json': '[',
      'annotations/person_keypoints_a.json': '[',
    }
    const named = inputOf({
      ...others,
      'annotations/instances_a.json': json(annotation),
      'b.json': '[',
    })
    expect((await imported(coco, named)).annotations).toHaveLength(1)
    const nameless = inputOf({ ...others, 'a.json': '{"version":1}', 'b.json': json(annotation) })
    expect((await imported(coco, nameless)).annotations).toHaveLength(1)
  })
})

describe('refuses', () => {
  const bad = (change: object) => json(annotation, { ...annotation, ...change })
  const rle = (counts: unknown, rleSize: unknown = [12, 20]) =>
    bad({ segmentation: { counts, size: rleSize } })
  test.each([
    [
      'an image that does not exist',
      bad({ image_id: 9 }),
      /annotations\[1\]\.image_id: there is no image with the id 9/,
    ],
    [
      'a category that does not exist',
      bad({ category_id: 9 }),
      /annotations\[1\]\.category_id.*id 9/,
    ],
    [
      'NaN',
      json(annotation).replace('[1,2', '[NaN,2'),
      /annotations\[0\], line 1, character \d+: NaN is not a number/,
    ],
    ['Infinity', json(annotation).replace('[1,2', '[-Infinity,2'), /-?Infinity is not a number/],
    [
      'a number that overflows',
      json(annotation).replace('[1,2', '[1e999,2'),
      /annotations\[0\]\.bbox/,
    ],
    ['a cut file', json(annotation).slice(0, -30), /the file ends in the middle/],
    ['a file cut between values', json(annotation).slice(0, -2), /the file ends where/],
    [
      'text instead of a number',
      bad({ bbox: ['1', 2, 3, 4] }),
      /annotations\[1\]\.bbox: it must be four numbers/,
    ],
    ['a negative width', bad({ bbox: [1, 2, -3, 4] }), /must not be negative/],
    [
      'an odd polygon',
      bad({ segmentation: [[1, 2, 3, 4, 5, 6, 7]] }),
      /segmentation\[0\]: it has 7 numbers/,
    ],
    ['runs that do not add up', rle([3, 4]), /add up to 7, the size gives 240 pixels/],
    ['runs of another size', rle([0, 4], [2, 2]), /it is 2 x 2 pixels, its image 20 x 12/],
    ['a gigantic mask', rle([0, 4e9], [200000, 20000]), /more than a picture can have/],
    [
      'an image id twice',
      json().replace('"id":6', '"id":5'),
      /images\[1\]\.id: image id 5 appears twice/,
    ],
    [
      'images that are no list',
      '{"images":{},"categories":[],"annotations":[]}',
      /"images" must be an array/,
    ],
    ['text after the end', `${json(annotation)}x`, /the end of the file should stand here/],
    ['a trailing comma', json(annotation).replace(/]}$/, ',]}'), /not valid JSON/],
  ])('%s', async (_name, text, message) => {
    await expect(imported(coco, bare(text))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['another JSON object', bare('{"a":1}')],
    ['an archive without JSON', inputOf({ 'a.txt': '' })],
  ])('%s', async (_name, input) => {
    await expect(imported(coco, input)).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })

  test('a file of other labels', async () => {
    const reading = imported(coco, bare(json({ ...annotation, category_id: 3 })))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_MATCHES_NOTHING' })
  })
})

test('says what it loses', () => {
  expect(
    coco.losses(census).map(({ severity, count, what }) => `${severity}: ${count} ${what}`),
  ).toEqual([
    'dropped: 3 polylines are left out',
    'dropped: 1 tags are left out',
    'changed: 2 ellipses become masks',
    'changed: 6 grouped annotations become one COCO object for each group',
    'changed: 7 annotations lose their z-order',
    'changed: 11 annotations lose their source (manual, auto …)',
  ])
})

describe('tracks', () => {
  const video = videoOf(10)

  test('are told by attributes of their shapes, and joined by them', async () => {
    const tracks = fc.array(anyTrack(['rectangle', 'polygon'], 10, [13]), {
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(tracks, async (list) => {
        // A group is one object in COCO.
        const alone = list.map((one) => ({ ...one, group: 0 }))
        const files = await exported(coco, alone, false, undefined, video)
        const { annotations, notes } = await imported(coco, inputOf(files, 'a.zip', 97), video)
        expect(notes).toEqual([])
        expect(annotations.map(({ kind }) => kind)).toEqual(alone.map(() => 'track'))
        expect(annotations.map(({ labelId }) => labelId)).toEqual(
          alone.map(({ labelId }) => labelId),
        )
        for (let frame = 0; frame < 10; frame += 1) {
          const before = alone.flatMap((one) => seenBox(one as Track, frame)).sort()
          const after = annotations.flatMap((one) => seenBox(one as Track, frame)).sort()
          expect(after).toEqual(before)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('written as CVAT does, boxes between keyframes among them', async () => {
    const place = { rotation: 0, occluded: false, zOrder: 0, attributes: [], elements: [] }
    const moving = {
      ...{
        kind: 'track',
        frame: 1,
        labelId: size,
        group: 0,
        source: 'manual',
        attributes: [],
        type: 'rectangle',
      },
      keyframes: [
        { ...place, frame: 1, outside: false, points: [0, 0, 4, 4] },
        { ...place, frame: 3, outside: false, points: [2, 0, 6, 4] },
        { ...place, frame: 4, outside: true, points: [2, 0, 6, 4] },
      ],
    } as unknown as NewAnnotation
    const files = await exported(coco, [moving], false, undefined, video)
    const { annotations, images } = JSON.parse(textOf(files, 'annotations/instances_default.json'))
    expect(annotations.map((one: { attributes: unknown }) => one.attributes)).toEqual([
      { occluded: false, rotation: 0, track_id: 0, keyframe: true },
      { occluded: false, rotation: 0, track_id: 0, keyframe: false },
      { occluded: false, rotation: 0, track_id: 0, keyframe: true },
    ])
    expect(annotations[1].bbox).toEqual([1, 0, 4, 4])
    expect(images[0].file_name).toBe('frame_000000.PNG')
    const back = await imported(coco, inputOf(files), video)
    expect(back.annotations).toMatchObject([{ ...moving, source: 'file' }])
  })

  test('a second shape on a frame, or one of another type, stays a shape', async () => {
    const attributes = { track_id: 4, keyframe: true }
    const image = (id: number) => ({ id, file_name: `frame_00000${id}` })
    const file = {
      images: [image(1), image(2)],
      categories: [{ id: 1, name: 'größe' }],
      annotations: [
        { image_id: 1, category_id: 1, bbox: [0, 0, 4, 4], attributes },
        { image_id: 1, category_id: 1, bbox: [1, 0, 4, 4], attributes },
        { image_id: 2, category_id: 1, segmentation: [[0, 0, 4, 0, 4, 4]], attributes },
        { image_id: 2, category_id: 1, bbox: [0, 0, 4, 4], attributes: { track_id: 4 } },
      ],
    }
    const input = inputOf({ 'a.json': JSON.stringify(file) }, 'a.json')
    const { annotations, notes } = await imported(coco, input, video)
    expect(annotations.map(({ kind }) => kind)).toEqual(['shape', 'shape', 'shape', 'track'])
    expect(notes).toHaveLength(2)
  })
})

function seenBox(track: Track, frame: number): string[] {
  const at = positionOn(track, frame)
  if (!at || at.outside) return []
  const values = at.attributes.map(({ specId, value }) => `${specId}=${value}`).sort()
  return [`${track.labelId} ${track.type} ${at.occluded} ${values}`]
}
