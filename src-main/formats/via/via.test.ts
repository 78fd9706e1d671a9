import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import {
  census,
  exported,
  imported,
  inputOf,
  inSubsets,
  labels,
  type Sample,
  textOf,
} from '../testkit/sample.ts'
import { viaJson } from './index.ts'

const [dog, size] = labels.map(({ id }) => id) as [LabelId, LabelId]
const annotations: NewAnnotation[] = [
  newShape({ frame: 0, labelId: size, type: 'rectangle', points: [1.2345, 2, 6.7345, 8] }),
  newShape({ frame: 0, labelId: size, type: 'rectangle', points: [8, 2, 14, 6], rotation: 90 }),
  newShape({ frame: 0, labelId: size, type: 'ellipse', points: [9, 6, 13, 4], rotation: 45 }),
  newShape({ frame: 0, labelId: size, type: 'points', points: [1, 2, 3, 4], occluded: true }),
  newTag({ frame: 0, labelId: size }),
  newTag({ frame: 0, labelId: dog }),
]

interface Project {
  _via_settings: { ui: { image: { region_label: string } }; core: { default_filepath: string } }
  _via_img_metadata: Record<
    string,
    { regions: unknown[]; filename: string; file_attributes: unknown }
  >
  _via_attributes: { region: Record<string, { type: string; options: unknown }>; file: unknown }
  _via_image_id_list: string[]
}

test('writes a project VIA 2 opens', async () => {
  const files = await exported(viaJson, annotations, true)
  const project = JSON.parse(textOf(files, 'via_project.json')) as Project
  expect(Object.keys(project)).toEqual([
    '_via_settings',
    '_via_img_metadata',
    '_via_attributes',
    '_via_data_format_version',
    '_via_image_id_list',
  ])
  expect(project._via_settings.ui.image.region_label).toBe('label')
  expect(project._via_settings.core.default_filepath).toBe('images/')
  expect(project._via_image_id_list).toEqual(['a b.jpg-1', 'deep/er/b.png-1', 'deep/c.jpg-1'])
  const own = { label: 'größe' }
  expect(project._via_img_metadata['a b.jpg-1']).toEqual({
    ...{
      filename: 'a b.jpg',
      size: -1,
      file_attributes: { tags: { größe: true, 'dog & "cat" <x>': true } },
    },
    regions: [
      {
        shape_attributes: { name: 'rect', x: 1.235, y: 2, width: 5.5, height: 6 },
        region_attributes: own,
      },
      {
        shape_attributes: {
          ...{ name: 'polygon', all_points_x: [13, 13, 9, 9], all_points_y: [1, 7, 7, 1] },
        },
        region_attributes: { ...own, rotation: '90' },
      },
      {
        shape_attributes: { name: 'ellipse', cx: 9, cy: 6, rx: 4, ry: 2, theta: 0.785398 },
        region_attributes: own,
      },
      ...[
        [1, 2],
        [3, 4],
      ].map(([cx, cy]) => ({
        shape_attributes: { name: 'point', cx, cy },
        region_attributes: { ...own, occluded: 'true', part_of: 'points 4' },
      })),
    ],
  })
  const region = project._via_attributes.region
  expect(region.label).toMatchObject({ type: 'dropdown', options: { größe: '', sk: '' } })
  expect([region.truncated?.type, region.color?.type, region.note?.type]).toEqual([
    ...['radio', 'dropdown', 'text'],
  ])
  expect(textOf(files, 'images/deep/c.jpg')).toBe('picture deep/c.jpg')
})

test('a project for each subset, which comes back', async () => {
  const list = [...annotations.slice(1, 4), newTag({ frame: 2, labelId: size })]
  const files = await exported(viaJson, list, true, undefined, inSubsets)
  expect([...files.keys()]).toEqual([
    'train/via_project.json',
    'val/via_project.json',
    'train/images/a b.jpg',
    'train/images/deep/er/b.png',
    'val/images/deep/c.jpg',
  ])
  const back = await imported(viaJson, inputOf(files), inSubsets)
  expect(back.annotations).toMatchObject(
    list.toSpliced(1, 1, { frame: 0, type: 'ellipse' } as NewShape),
  )
  expect(back.notes).toEqual([])
})

test('a label may have an attribute called "label"', async () => {
  const [first] = labels
  const spec = { ...first?.attributes[3], name: 'label' }
  const sample = { ...inSubsets, labels: [{ ...first, attributes: [spec] }, labels[1]] } as Sample
  const shape = newShape({
    ...{ frame: 0, labelId: dog, type: 'rectangle', points: [1, 2, 3, 4] },
    attributes: [{ specId: 14 as AttributeId, value: 'big' }],
  })
  const files = await exported(viaJson, [shape], false, undefined, sample)
  expect((await imported(viaJson, inputOf(files), sample)).annotations).toEqual([shape])
})

const KEPT = ['rectangle', 'polygon', 'polyline', 'points', 'ellipse', 'mask'] as const

test('every shape comes back, turned rectangles and masks as what they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyShape(KEPT), { maxLength: 6 }), async (shapes) => {
      const list = shapes.map((shape) => ({ ...shape, zOrder: 0 }))
      const back = await imported(viaJson, inputOf(await exported(viaJson, list), 'x.zip', 101))
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
        else for (const [k, n] of points.entries()) expect(found.points[k]).toBeCloseTo(n, 2)
      }
    }),
    { numRuns: 150 },
  )
})

const rect = { name: 'rect', x: 1, y: 2, width: 3, height: 4 }
const box = newShape({ frame: 0, labelId: size, type: 'rectangle', points: [1, 2, 4, 6] })
const plain = (
  attributes: unknown,
  regions: unknown = [{ shape_attributes: rect, region_attributes: attributes }],
) =>
  JSON.stringify({ 'a b.jpg77': { filename: 'a b.jpg', size: 77, regions, file_attributes: {} } })

describe('finds the label', () => {
  test.each([
    ['called Class', { Class: 'größe', quality: 'good' }],
    ['the only one', { species: 'größe' }],
    ['boxes to tick', { type: { größe: true, dog: false } }],
    ['behind another that is named better', { note: 'x', category: 'größe' }],
    ['the only one whose values are labels', { type: 'young', name: 'größe' }],
  ])('%s', async (_name, attributes) => {
    const { annotations: found } = await imported(
      viaJson,
      inputOf({ 'x.json': plain(attributes) }, 'x.json'),
    )
    expect(found).toEqual([box])
  })

  test('the one a project shows, wherever that is said', async () => {
    const images = JSON.parse(plain({ name: 'x', species: 'größe' }))
    const settings = { ui: { image: { region_label: 'species' } } }
    const text = JSON.stringify({ _via_img_metadata: images, _via_settings: settings })
    const { annotations: found, notes } = await imported(
      viaJson,
      inputOf({ 'x.json': text }, 'x.json'),
    )
    expect(found).toEqual([box])
    expect(notes).toEqual(['1 regions were labelled by their attribute "species"'])
  })

  test('none at all: the only label there is', async () => {
    const sample = { ...inSubsets, labels: [labels[1]] } as Sample
    const read = await imported(viaJson, inputOf({ 'x.json': plain({}) }, 'x.json'), sample)
    expect([read.annotations, read.notes]).toEqual([[box], []])
  })

  test('none at all where there are several: refused, or the import would empty the task', async () => {
    const read = imported(viaJson, inputOf({ 'x.json': plain({}) }, 'x.json'))
    await expect(read).rejects.toMatchObject({ code: 'DATASET_MATCHES_NOTHING' })
  })
})

describe('reads', () => {
  test('annotations of VIA 1: regions by number, closed polygons, other shapes', async () => {
    const regions = {
      0: {
        shape_attributes: {
          name: 'polygon',
          all_points_x: [1, 5, 5, 1],
          all_points_y: [1, 1, 5, 1],
        },
        region_attributes: { label: 'größe' },
      },
      1: {
        shape_attributes: { name: 'circle', cx: 5, cy: 6, r: 2 },
        region_attributes: { label: 'größe' },
      },
      2: { shape_attributes: { name: 'cube' }, region_attributes: { label: 'größe' } },
    }
    const { annotations: found, notes } = await imported(
      viaJson,
      inputOf({ 'train/via_region_data.json': plain({}, regions) }),
    )
    expect(found).toEqual([
      newShape({ frame: 0, labelId: size, type: 'polygon', points: [1, 1, 5, 1, 5, 5] }),
      newShape({ frame: 0, labelId: size, type: 'ellipse', points: [5, 6, 7, 4] }),
    ])
    expect(notes).toEqual(['1 regions of the unknown shape "cube" were left out'])
  })

  test('CSV, a row for each region', async () => {
    const header =
      'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes'
    const quoted = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`
    const row = (id: number) =>
      `a b.jpg,77,"{}",2,${id},${quoted(rect)},${quoted({ class: 'größe' })}`
    const text = `${header}\n${row(0)}\n${row(1)}\ngone.jpg,1,"{""caption"":""x""}",0,0,"{}","{}"`
    const { annotations: found, unmatched } = await imported(
      viaJson,
      inputOf({ 'via.csv': text }, 'via.csv'),
    )
    expect([found, unmatched]).toEqual([[box, box], ['gone.jpg']])
  })

  test('a project, and not the annotations exported beside it', async () => {
    const project = `{"_via_img_metadata":${plain({ label: 'größe' })}}`
    const files = {
      'p.json': project,
      'export.json': plain({ label: 'größe' }),
      'x.json': '{"a":1}',
    }
    expect((await imported(viaJson, inputOf(files))).annotations).toEqual([box])
  })

  test('addresses, and what is ticked of a picture', async () => {
    const image = {
      ...{ filename: 'https://example.org/x/a%20b.jpg?raw=1', size: -1, regions: [] },
      file_attributes: { caption: 'two words', tags: { größe: true, sk: false } },
    }
    const text = JSON.stringify({ _via_img_metadata: { k: image } })
    const { annotations: found, notes } = await imported(
      viaJson,
      inputOf({ 'x.json': text }, 'x.json'),
    )
    expect(found).toEqual([newTag({ frame: 0, labelId: size })])
    expect(notes).toEqual(['1 values of the pictures\' attribute "caption" were left out'])
  })
})

describe('refuses', () => {
  const region = (shape: unknown) => plain({}, [{ shape_attributes: shape, region_attributes: {} }])
  test.each([
    [
      'a missing number',
      region({ name: 'rect', x: 1, y: 2, width: 3 }),
      /regions\[0\]\.height: it must be a number/,
    ],
    [
      'lists of other lengths',
      region({ name: 'polygon', all_points_x: [1], all_points_y: [] }),
      /it has 1 x and 0 y/,
    ],
    [
      'a point that is none',
      region({ name: 'polyline', all_points_x: [1, null], all_points_y: [1, 2] }),
      /point 2: it must/,
    ],
    ['a negative size', region({ ...rect, width: -1 }), /width and height must not be negative/],
    [
      'a nameless picture',
      '{"_via_img_metadata":{"k":{"regions":[]}}}',
      /"k"\.filename: a name is missing/,
    ],
    ['half a file', plain({}).slice(0, -3), /the file ends/],
  ])('%s', async (_name, text, message) => {
    await expect(imported(viaJson, inputOf({ 'x.json': text }, 'x.json'))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['another JSON file', { 'x.json': '{"images":[],"annotations":[]}' }],
    ['no JSON file', { 'x.txt': '' }],
  ])('%s', async (_name, files) => {
    const reading = imported(viaJson, inputOf(files))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses', () => {
  const lost = viaJson
    .losses(census)
    .map(({ severity, count, what }) => `${severity} ${count} ${what}`)
  expect(lost).toContain('changed 1 masks are polygons there and come back as masks')
  expect(lost.join()).not.toContain('annotations lose their attributes')
})
