import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import { anyShape } from '../testkit/arbitrary.ts'
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
import { vottJson } from './index.ts'

const [, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const box = newShape({ frame: 0, labelId: size, type: 'rectangle', points: [1.23, 2, 6.73, 8] })
const EXPORT = 'vott-json-export/street-&-co-export.json'

test('writes the export VoTT writes', async () => {
  const shapes = [
    { ...box, occluded: true },
    newShape({ frame: 0, labelId: size, type: 'rectangle', points: [8, 2, 14, 6], rotation: 90 }),
  ]
  const files = await exported(vottJson, shapes, true)
  const written = JSON.parse(textOf(files, EXPORT))
  expect(Object.keys(written)).toEqual([
    ...['name', 'securityToken', 'videoSettings', 'tags', 'id'],
    ...['activeLearningSettings', 'version', 'assets'],
  ])
  expect(written.tags[1]).toEqual({ name: 'größe', color: '#ff00aa' })
  // md5 of "file:a%20b.jpg", as md5sum tells it.
  const id = '9ea6aa58a33791b052b67841b1747963'
  expect(written.assets[id]).toEqual({
    asset: {
      ...{ format: 'jpg', id, name: 'a b.jpg', path: 'file:a%20b.jpg' },
      ...{ size: { width: 20, height: 12 }, state: 2, type: 1 },
    },
    regions: [
      {
        ...{ id: '9ea6aa1', type: 'RECTANGLE', tags: ['größe'], occluded: true },
        boundingBox: { height: 6, width: 5.5, left: 1.23, top: 2 },
        points: [
          { x: 1.23, y: 2 },
          { x: 6.73, y: 2 },
          { x: 6.73, y: 8 },
          { x: 1.23, y: 8 },
        ],
      },
      {
        ...{ id: '9ea6aa2', type: 'POLYGON', tags: ['größe'], rotation: 90 },
        boundingBox: { height: 6, width: 4, left: 9, top: 1 },
        points: [
          { x: 13, y: 1 },
          { x: 13, y: 7 },
          { x: 9, y: 7 },
          { x: 9, y: 1 },
        ],
      },
    ],
    version: '2.2.0',
  })
  expect(textOf(files, 'vott-json-export/deep/c.jpg')).toBe('picture deep/c.jpg')
  expect((await imported(vottJson, inputOf(files))).annotations).toEqual(shapes)
})

test('an export for each subset, which comes back', async () => {
  const shapes = [box, { ...box, frame: 2 }]
  const files = await exported(vottJson, shapes, false, undefined, inSubsets)
  expect([...files.keys()]).toEqual([`train/${EXPORT}`, `val/${EXPORT}`])
  const { annotations, described } = await imported(vottJson, inputOf(files), inSubsets)
  expect(annotations).toEqual(shapes)
  expect(described[1]).toEqual({ name: 'größe', color: '#ff00aa' })
})

const KEPT = ['rectangle', 'polygon', 'polyline', 'points', 'ellipse', 'cuboid', 'mask'] as const

test('every shape but skeletons comes back as what it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyShape(KEPT), { maxLength: 6 }), async (shapes) => {
      const list = shapes.map((shape) => ({ ...shape, zOrder: 0 }))
      const back = await imported(vottJson, inputOf(await exported(vottJson, list), 'x.zip', 97))
      const expected = [...list].sort((a, b) => a.frame - b.frame)
      expect(back.annotations).toHaveLength(expected.length)
      for (const [
        i,
        { type, frame, labelId, occluded, points, attributes },
      ] of expected.entries()) {
        const found = back.annotations[i]
        expect(found).toMatchObject({ type, frame, labelId, occluded, attributes })
        if (found?.kind !== 'shape') continue
        if (type === 'mask') expect(found.points).toEqual(points)
        else for (const [k, n] of points.entries()) expect(found.points[k]).toBeCloseTo(n, 3)
      }
    }),
    { numRuns: 150 },
  )
})

const region = (changes: object = {}) => ({
  ...{ id: 'H1', type: 'RECTANGLE', tags: ['größe'] },
  boundingBox: { height: 4, width: 3, left: 1, top: 2 },
  points: [],
  ...changes,
})
const asset = (regions: unknown[], changes: object = {}) => ({
  asset: {
    ...{ format: 'jpg', id: 'x', name: 'b.png', path: 'file:/home/me/deep/er/b.png' },
    ...{ size: { width: 64, height: 48 }, state: 2, type: 1, ...changes },
  },
  regions,
  version: '2.2.0',
})
const small = newShape({ frame: 1, labelId: size, type: 'rectangle', points: [1, 2, 4, 6] })
const read = (value: unknown, name = 'x.json') =>
  imported(vottJson, inputOf({ [name]: JSON.stringify(value, null, 4) }, name))

describe('reads', () => {
  test('files of assets with their project, and not the export beside them', async () => {
    const files = {
      'target/p.vott': JSON.stringify({
        tags: [{ name: 'größe', color: '#5DB300' }],
        assets: { x: { id: 'x' } },
      }),
      'target/x-asset.json': JSON.stringify(asset([region()])),
      'target/vott-json-export/p-export.json': JSON.stringify({ assets: { x: asset([region()]) } }),
    }
    const { annotations, described, notes } = await imported(vottJson, inputOf(files))
    expect(annotations).toEqual([small])
    expect(described).toEqual([{ name: 'größe', color: '#5db300' }])
    expect(notes).toEqual(['1 JSON files beside those of the assets were passed over'])
  })

  test('regions of every type, an object for each of their tags', async () => {
    const points = [
      { x: 1, y: 1 },
      { x: 5, y: 1 },
      { x: 5, y: 4 },
    ]
    const { annotations, notes } = await read({
      assets: {
        x: asset([
          region({ type: 'SQUARE', tags: ['größe', 'cat'] }),
          region({ type: 'POLYGON', points }),
          region({ type: 'POLYLINE', points: points.slice(1) }),
          region({ type: 'POINT', points: points.slice(2) }),
          region({ type: 'POLYGON', points: points.slice(1) }),
          region({ type: 'CLOUD' }),
          region({ tags: [] }),
        ]),
      },
    })
    expect(annotations).toMatchObject([
      small,
      { type: 'polygon', points: [1, 1, 5, 1, 5, 4] },
      { type: 'polyline', points: [5, 1, 5, 4] },
      { type: 'points', points: [5, 4] },
    ])
    expect(notes).toEqual([
      '1 objects with the unknown label "cat" were left out',
      '1 regions with too few points were left out',
      '1 regions of an unknown type were left out',
      '1 regions without a tag were left out',
    ])
  })

  test('pictures by name, by path and by address', async () => {
    const names = [
      { name: 'c.jpg', path: 'file:/other/c.jpg' },
      { name: 'a%20b.jpg', path: 'https://x.blob.example/dir/a%20b.jpg?sv=2019' },
      { name: 'gone.jpg', path: 'file:/other/gone.jpg' },
    ]
    const list = names.map((change, i) => [`k${i}`, asset([region()], change)])
    const { annotations, unmatched, notes } = await read({ assets: Object.fromEntries(list) })
    expect(annotations.map(({ frame }) => frame)).toEqual([2, 0])
    expect(unmatched).toEqual(['gone.jpg'])
    expect(notes).toEqual([
      '1 pictures have another size here than the file says; their annotations were not scaled',
    ])
  })

  test('frames of a video by their time', async () => {
    const at = {
      name: 'desk.mp4#t=0.12',
      path: 'file:/v/desk.mp4#t=0.12',
      type: 3,
      timestamp: 0.12,
    }
    const input = inputOf({ 'x.json': JSON.stringify(asset([region()], at)) }, 'x.json')
    const { annotations } = await imported(vottJson, input, videoOf(10))
    expect(annotations).toMatchObject([{ frame: 3 }])
  })

  test('a polygon of ours that somebody changed is what it is now', async () => {
    const ellipse = newShape({ frame: 0, labelId: size, type: 'ellipse', points: [9, 6, 13, 4] })
    const text = textOf(await exported(vottJson, [ellipse]), EXPORT)
    const changed = text.replace('{"x":13,"y":6}', '{"x":13,"y":7}')
    expect(changed).not.toBe(text)
    const { annotations } = await imported(vottJson, inputOf({ 'x.json': changed }, 'x.json'))
    expect(annotations).toMatchObject([{ type: 'polygon' }])
  })
})

describe('refuses', () => {
  const one = (changes: object) => asset([region(changes)])
  test.each([
    [
      'a box without a side',
      one({ boundingBox: { left: 1, top: 2, width: 3 } }),
      /regions\[0\]\.boundingBox: left, top/,
    ],
    [
      'a negative side',
      one({ boundingBox: { left: 1, top: 2, width: -3, height: 1 } }),
      /must not be negative/,
    ],
    [
      'half a point',
      one({ type: 'POLYGON', points: [{ x: 1 }] }),
      /regions\[0\]\.points\[0\]: x and y must/,
    ],
    ['no box at all', one({ boundingBox: null }), /boundingBox: it is missing/],
    [
      'a nameless asset',
      { assets: { k: { asset: {} } } },
      /assets\["k"\]\.asset\.name: a name is missing/,
    ],
    ['a tag that is none', { tags: [null], assets: {} }, /tags\[0\]: it must be an object/],
  ])('%s', async (_name, value, message) => {
    await expect(read(value)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['another JSON file', { 'x.json': '{"images":[]}' }],
    ['no JSON file', { 'x.txt': '' }],
  ])('%s', async (_name, files) => {
    const reading = imported(vottJson, inputOf(files))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = vottJson
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('dropped 1 tags are left out')
  expect(lost).toContain('changed 2 ellipses are polygons there and come back as ellipses')
})
