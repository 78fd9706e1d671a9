import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeValue, Track } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
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
import { datumaro } from './index.ts'

const FILE = 'annotations/default.json'
const [dog, size, skeleton] = labels.map(({ id }) => id) as [LabelId, LabelId, LabelId]
const shape = (type: NewShape['type'], points: number[], more: Partial<NewShape> = {}) =>
  newShape({ frame: 0, labelId: size, type, points, ...more })
const truncated: AttributeValue[] = [{ specId: 11 as never, value: 'true' }]
const joint = (labelId: number, points: number[], more = {}) => ({
  ...{ labelId: labelId as LabelId, points, occluded: false, outside: false, attributes: [] },
  ...more,
})

/** The worked example of the reference writer, on this sample's labels. */
const worked: NewAnnotation[] = [
  shape('polygon', [1, 1, 6, 1, 6, 5, 1, 5], { group: 5 }),
  shape('mask', [0, 1, 2, 5, 1, 3, 3, 2, 6, 4], { zOrder: 2 }),
  { kind: 'tag', frame: 0, labelId: dog, group: 0, source: 'manual', attributes: [] },
  shape('rectangle', [1.234, 2, 6.73, 8.001], {
    ...{ labelId: dog, occluded: true, zOrder: 1, attributes: truncated },
  }),
  shape('points', [1, 1, 2, 3]),
  shape('skeleton', [], {
    labelId: skeleton,
    elements: [joint(4, [1, 1]), joint(5, [5, 6], { occluded: true })],
  }),
  shape('ellipse', [3, 2, 5, 1], { score: 0.5 }),
  shape('cuboid', Array(16).fill(1)),
]

test('writes the file a person has checked', async () => {
  const files = await exported(datumaro, worked, true)
  const golden = await readFile(new URL('./testdata/default.json', import.meta.url), 'utf8')
  expect(textOf(files, FILE)).toBe(golden.trimEnd())
  expect([...files.keys()].slice(1)).toEqual([
    'images/default/a b.jpg',
    'images/default/deep/er/b.png',
    'images/default/deep/c.jpg',
  ])
})

const KEPT = ['rectangle', 'polygon', 'polyline', 'points', 'mask', 'skeleton'] as const

test('everything comes back but for source, and groups as they are numbered on each frame', async () => {
  const any = fc.array(fc.oneof(anyShape(KEPT), anyTag()), { maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(any, async (list) => {
      const back = await imported(datumaro, inputOf(await exported(datumaro, list), 'a.zip', 61))
      expect(back.notes).toEqual([])
      expect(back.annotations.map(plain)).toEqual(asRead(list).map(plain))
    }),
    { numRuns: 100 },
  )
})

/** In the file's order: by frame, tags first, shapes by z-order. */
function asRead(list: readonly NewAnnotation[]): NewAnnotation[] {
  return [0, 1, 2].flatMap((frame) => {
    const here = list.filter((one) => one.frame === frame)
    const layer = (one: NewAnnotation) => (one.kind === 'shape' ? one.zOrder : -1000)
    const inOrder = here.sort((a, b) => layer(a) - layer(b))
    return renumberGroups(inOrder).map((one) => ({ ...one, source: 'file' as const }))
  })
}

/** A box is written as x, y, width, height: its far corner comes back as a sum of floats. */
function plain(annotation: NewAnnotation): NewAnnotation {
  if (annotation.kind !== 'shape') return annotation
  return { ...annotation, points: annotation.points.map((n) => Math.round(n * 1e6) / 1e6) }
}

test('two subsets are two files, and each picture is looked for in its own', async () => {
  const list = [shape('points', [1, 1]), shape('points', [2, 2], { frame: 2 })]
  const files = await exported(datumaro, list, true, undefined, inSubsets)
  expect([...files.keys()]).toEqual([
    'annotations/train.json',
    'annotations/val.json',
    'images/train/a b.jpg',
    'images/train/deep/er/b.png',
    'images/val/deep/c.jpg',
  ])
  const ids = ['train', 'val'].map((subset) =>
    JSON.parse(textOf(files, `annotations/${subset}.json`)).items.map(
      (one: { id: string }) => one.id,
    ),
  )
  expect(ids).toEqual([['a b', 'deep/er/b'], ['deep/c']])
  const { annotations } = await imported(datumaro, inputOf(files), inSubsets)
  expect(annotations).toEqual(list)
})

test('pictures that differ in their extension alone are told apart', async () => {
  const [first, second] = inSubsets.frames
  if (!first || !second) throw new Error('the sample has three frames')
  const twin = { ...second, name: 'a b.png', fileName: 'a b.png', subset: first.subset }
  const sample = { ...inSubsets, frames: [first, twin] }
  const list = [shape('points', [1, 1]), shape('points', [2, 2], { frame: 1 })]
  const files = await exported(datumaro, list, false, undefined, sample)
  const { annotations } = await imported(datumaro, inputOf(files), sample)
  expect(annotations).toEqual(list)
})

describe('tracks', () => {
  const video = videoOf(10)
  // Of polygons positions between keyframes have points of their own, so that they are not the same lists.
  const types = ['rectangle', 'points', 'mask', 'skeleton'] as const

  test('are told by attributes of their shapes, and joined by them', async () => {
    const tracks = fc.array(anyTrack(types, 10, [13, 41]), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(tracks, async (list) => {
        const files = await exported(datumaro, list, false, undefined, video)
        const { annotations, notes } = await imported(datumaro, inputOf(files, 'a.zip', 97), video)
        expect(notes).toEqual([])
        expect(annotations.map(({ kind }) => kind)).toEqual(list.map(() => 'track'))
        for (let frame = 0; frame < 10; frame++) {
          for (const [i, track] of list.entries()) {
            const before = seenOn(track, frame)
            const after = seenOn(annotations[i] as NewAnnotation, frame)
            expect(after.facts).toEqual(before.facts)
            for (const [at, value] of before.coordinates.entries()) {
              expect(Math.abs(value - (after.coordinates[at] ?? 0))).toBeLessThan(0.02)
            }
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** What a track is on a frame: facts, and coordinates, which files keep to 0.01. */
function seenOn(track: NewAnnotation, frame: number): { facts: unknown; coordinates: number[] } {
  const found = shapeOn({ ...(track as Track), id: 1 as never }, frame)
  if (!found) return { facts: null, coordinates: [] }
  const { labelId, type, points, rotation, occluded, zOrder, elements, attributes } = found
  const joints = elements.map((one) => [one.labelId, one.outside, one.occluded])
  const values = attributes.map(({ specId, value }) => `${specId}=${value}`).sort()
  const facts = [labelId, type, points.length, occluded, zOrder, joints, values]
  return {
    facts,
    coordinates: [...points, ...elements.flatMap((one) => one.points), rotation],
  }
}

const categories = {
  label: {
    labels: [{ name: 'größe' }, { name: 'sk' }, { name: '2', parent: 'sk' }, { name: 'ufo' }],
  },
  points: { items: [{ label_id: 1, labels: ['2', 'tail'], joints: [[1, 2]] }] },
  mask: { colormap: [{ label_id: 0, r: 1, g: 16, b: 255 }] },
}
const item = { id: 'a b', image: { path: 'a b.jpg', size: [12, 20] } }
const box = { type: 'bbox', label_id: 0, bbox: [1, 2, 3, 4] }
const file = (...annotations: unknown[]) =>
  JSON.stringify({ categories, items: [{ ...item, annotations }] })
const bare = (text: string) => inputOf({ 'x.json': text }, 'x.json')

describe('reads', () => {
  test.each([
    [
      'labels behind the items',
      JSON.stringify({ items: [{ ...item, annotations: [box] }], categories }),
    ],
    [
      'no media, as CVAT wrote it',
      file(box).replace('"image":{"path":"a b.jpg","size":[12,20]}', '"point_cloud":{"path":""}'),
    ],
    [
      'other media',
      file(box).replace(
        '"image":{"path":"a b.jpg","size":[12,20]}',
        '"media":{"path":"x/a b.jpg"}',
      ),
    ],
    ['a picture without a size', file(box).replace(',"size":[12,20]', ',"size":null')],
    ['an id with its extension', file(box).replace('"id":"a b"', '"id":"a b.jpg"')],
    [
      'keys nobody knows',
      file({ ...box, x: [{}] }).replace('{', '{"dm_format_version":"1.0","infos":{"a":[1]},'),
    ],
  ])('%s', async (_name, text) => {
    const { annotations, notes } = await imported(datumaro, bare(text))
    expect(annotations).toEqual([shape('rectangle', [1, 2, 4, 6])])
    expect(notes).toEqual([])
  })

  test('what it says of labels', async () => {
    const { described } = await imported(datumaro, bare(file(box)))
    expect(described).toEqual([
      { name: 'größe', color: '#0110ff' },
      { name: 'sk', type: 'skeleton', edges: [['2', 'tail']] },
      { name: '2', parent: 'sk', type: 'points' },
      { name: 'ufo' },
    ])
  })

  test.each([
    [
      'an ellipse by the corners of its box',
      { type: 'ellipse', points: [1, 2, 5, 4] },
      { type: 'ellipse', points: [3, 3, 5, 2] },
    ],
    [
      'runs as a list',
      { type: 'mask', rle: { counts: [13, 2, 225], size: [12, 20] } },
      { type: 'mask', points: [0, 2, 1, 1, 1, 2] },
    ],
    [
      'texts for numbers and marks',
      { ...box, attributes: { occluded: 'True', rotation: '90', source: 'auto' } },
      { occluded: true, rotation: 90, source: 'auto' },
    ],
    ['a group of one is none', { ...box, group: 7 }, { group: 0 }],
  ])('%s', async (_name, more, expected) => {
    const { annotations } = await imported(datumaro, bare(file({ label_id: 0, ...more })))
    expect(annotations).toMatchObject([expected])
  })

  test.each([
    ['a skeleton', { type: 'skeleton', points: [3, 4, 1, 5, 6, 2] }],
    ['points of a label with joints', { type: 'points', points: [3, 4, 5, 6], visibility: [1, 2] }],
  ])('%s, without a joint that is not here', async (_name, more) => {
    const { annotations, notes } = await imported(datumaro, bare(file({ label_id: 1, ...more })))
    expect(annotations).toMatchObject([
      {
        type: 'skeleton',
        occluded: true,
        elements: [{ labelId: 5, points: [3, 4], occluded: true }],
      },
    ])
    expect(notes).toEqual(['1 joints "tail" that "sk" does not have were left out'])
  })

  test('what has no place here is counted', async () => {
    const { annotations, notes, unmatched } = await imported(
      datumaro,
      bare(
        file(
          box,
          { type: 'caption', caption: 'a dog' },
          { type: 'nonsense', label_id: 0 },
          { ...box, label_id: null },
          { ...box, label_id: 3 },
          { type: 'mask', label_id: 0, rle: { counts: [240], size: [12, 20] } },
        ).replace('"items":[{"id":"a', '"items":[{"id":"gone","attr":{"frame":1}},{"id":"a'),
      ),
    )
    expect(annotations).toHaveLength(1)
    expect(unmatched).toEqual(['gone'])
    expect(notes).toEqual([
      '1 annotations of the type "caption" were left out',
      '1 annotations of the type "unknown" were left out',
      '1 annotations without a label were left out',
      '1 objects with the unknown label "ufo" were left out',
      '1 masks without a single pixel were left out',
    ])
  })

  test('a number finds a frame where the name is no more than that', async () => {
    const text = file(box).replace('"id":"a b",', '"id":"frame_000031","attr":{"frame":1},')
    const { annotations } = await imported(datumaro, bare(text.replace(/"image".*?},/, '')))
    expect(annotations).toMatchObject([{ frame: 1 }])
  })

  test('an archive with other JSON files in it', async () => {
    const files = { 'x/annotations/default.json': file(box), 'meta.json': '{}' }
    expect((await imported(datumaro, inputOf(files))).annotations).toHaveLength(1)
    const mixed = { 'annotations/a.json': '{"images":[]}', 'annotations/b.json': file(box) }
    expect((await imported(datumaro, inputOf(mixed))).annotations).toHaveLength(1)
  })
})

describe('refuses', () => {
  const bad = (change: object) => file(box, { ...box, ...change })
  test.each([
    [
      'a label that does not exist',
      bad({ label_id: 9 }),
      /items\[0\]\.annotations\[1\]\.label_id: there is no label with the number 9/,
    ],
    [
      'NaN',
      file(box).replace('[1,2,3', '[NaN,2,3'),
      /items\[0\], line 1, character \d+: NaN is not a number/,
    ],
    [
      'a number that overflows',
      file(box).replace('[1,2,3', '[1e999,2,3'),
      /annotations\[0\]\.bbox/,
    ],
    ['a negative width', bad({ bbox: [1, 2, -3, 4] }), /must not be negative/],
    [
      'an odd polygon',
      bad({ type: 'polygon', points: [1, 2, 3, 4, 5, 6, 7] }),
      /points: it has 7 numbers/,
    ],
    [
      'a polygon of two points',
      bad({ type: 'polygon', points: [1, 2, 3, 4] }),
      /fewer than 3 points/,
    ],
    [
      'runs that do not add up',
      bad({ type: 'mask', rle: { counts: [3], size: [12, 20] } }),
      /add up to 3/,
    ],
    [
      'runs of another size',
      bad({ type: 'mask', rle: { counts: [4], size: [2, 2] } }),
      /it is 2 x 2 pixels, its image 20 x 12/,
    ],
    [
      'a skeleton of a label without joints',
      bad({ type: 'skeleton', points: [1, 2, 2] }),
      /is no skeleton/,
    ],
    [
      'too few joints',
      bad({ type: 'skeleton', label_id: 1, points: [1, 2, 2] }),
      /visibility of 2 joints/,
    ],
    ['half a z-order', bad({ z_order: 0.5 }), /z_order: it must be a whole number/],
    [
      'a label without a name',
      file(box).replace('"name":"ufo"', '"name":1'),
      /labels\[3\]\.name: a name is missing/,
    ],
    ['a cut file', file(box).slice(0, -30), /the file ends in the middle/],
    ['items that are no list', '{"items":{},"categories":{}}', /"items" must be an array/],
  ])('%s', async (_name, text, message) => {
    await expect(imported(datumaro, bare(text))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['another JSON object', bare('{"a":1}')],
    ['a COCO file', bare('{"categories":[],"images":[],"annotations":[]}')],
    ['an archive without JSON', inputOf({ 'a.txt': '' })],
  ])('%s', async (_name, input) => {
    await expect(imported(datumaro, input)).rejects.toMatchObject({
      code: 'DATASET_NOT_THIS_FORMAT',
    })
  })
})

test('says what it loses', () => {
  const told = datumaro.losses({ ...census, tracks: 2 })
  expect(told.map(({ severity, count, what }) => `${severity}: ${count} ${what}`)).toEqual([
    'changed: 2 ellipses become masks',
    'changed: 2 tracks are one object for each frame, joined again by "track_id" on import',
    'changed: 6 grouped annotations are numbered anew on each frame; a group of one shape is dissolved',
    'changed: 12 annotations lose their source (manual, auto …)',
  ])
})
