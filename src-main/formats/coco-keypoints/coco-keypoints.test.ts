import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Track } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
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
import { cocoKeypoints } from './index.ts'

const FILE = 'annotations/person_keypoints_default.json'
const [, size, skeleton] = labels.map(({ id }) => id) as [LabelId, LabelId, LabelId]
const shape = (type: NewShape['type'], points: number[], more: Partial<NewShape> = {}) =>
  newShape({ frame: 0, labelId: size, type, points, ...more })
const joint = (labelId: number, points: number[], more = {}) => ({
  ...{ labelId: labelId as LabelId, points, occluded: false, outside: false, attributes: [] },
  ...more,
})
const pose = (more: Partial<NewShape> = {}) =>
  shape('skeleton', [], {
    labelId: skeleton,
    elements: [joint(4, [1, 1]), joint(5, [5.128, 6], { occluded: true })],
    ...more,
  })

/** Alone, in a group of skeletons, with an outline; one joint outside; and what has no place here. */
const worked = [
  pose({ group: 3 }),
  shape('mask', [0, 1, 2, 5, 1, 3, 3, 2, 6, 4], { group: 3 }),
  shape('rectangle', [1, 1, 9, 9], { group: 3 }),
  pose({ group: 2, elements: [joint(4, [7, 8], { outside: true }), joint(5, [5, 6])] }),
  pose({ group: 3, elements: [joint(5, [2, 3])] }),
  pose({ score: 0.25 }),
  shape('polygon', [1, 1, 6, 1, 6, 5], { group: 9 }),
]

interface Written {
  annotations: { category_id: number; keypoints: number[]; num_keypoints: number; area: number }[]
}

test('writes the file a person has checked', async () => {
  const files = await exported(cocoKeypoints, worked, true)
  const golden = await readFile(
    new URL('./testdata/person_keypoints_default.json', import.meta.url),
    'utf8',
  )
  expect(textOf(files, FILE)).toBe(golden.trimEnd())
  expect([...files.keys()].slice(1)).toEqual([
    'images/default/a b.jpg',
    'images/default/deep/er/b.png',
    'images/default/deep/c.jpg',
  ])
})

test('skeletons come back but for group, z-order, source and what joints have of their own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyShape(['skeleton']), { maxLength: 8 }), async (list) => {
      const files = await exported(cocoKeypoints, list)
      const { annotations } = await imported(cocoKeypoints, inputOf(files, 'a.zip', 61))
      const placed = list.filter((one) => !isNobody(one))
      expect(annotations).toEqual([...placed].sort(inFileOrder).map(asRead))
    }),
    { numRuns: 60 },
  )
})

function asRead(one: NewShape): NewShape {
  const elements = one.elements.map((each) => ({
    ...{ ...each, attributes: [], occluded: each.occluded && !each.outside },
  }))
  return { ...one, group: 0, zOrder: 0, source: 'file', elements }
}

/** All joints outside, in the corner: COCO writes so what nobody has placed. */
function isNobody({ elements }: NewShape): boolean {
  return elements.every(({ outside, points: [x, y] }) => outside && x === 0 && y === 0)
}

function inFileOrder(a: NewShape, b: NewShape): number {
  return a.frame - b.frame || a.group - b.group || a.zOrder - b.zOrder
}

describe('tracks', () => {
  const video = videoOf(10)

  test('are told by attributes of their skeletons, and joined by them', async () => {
    const tracks = fc.array(anyTrack(['skeleton'], 10, []), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(tracks, async (list) => {
        const files = await exported(cocoKeypoints, list, false, undefined, video)
        const back = await imported(cocoKeypoints, inputOf(files, 'a.zip', 97), video)
        expect(back.annotations.map(({ kind }) => kind)).toEqual(list.map(() => 'track'))
        for (let frame = 0; frame < 10; frame++) {
          for (const [i, track] of list.entries()) {
            expect(seenOn(back.annotations[i], frame)).toEqual(seenOn(track, frame))
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

function seenOn(track: NewAnnotation | undefined, frame: number): unknown {
  const found = shapeOn({ ...(track as Track), id: 1 as never }, frame)
  return found?.elements.map(({ labelId, outside, occluded }) => [
    ...[labelId, outside, occluded && !outside],
  ])
}

test('two subsets are two files', async () => {
  const list = [pose(), pose({ frame: 2 })].map((one) => ({
    ...one,
    elements: [joint(4, [1, 1]), joint(5, [5, 6])],
    attributes: [{ specId: 31 as never, value: 'v' }],
  }))
  const files = await exported(cocoKeypoints, list, false, undefined, inSubsets)
  expect([...files.keys()]).toEqual([
    'annotations/person_keypoints_train.json',
    'annotations/person_keypoints_val.json',
  ])
  expect((await imported(cocoKeypoints, inputOf(files), inSubsets)).annotations).toEqual(list)
})

const base = {
  images: [{ id: 5, file_name: 'a b.jpg', width: 20, height: 12 }],
  categories: [
    {
      id: 1,
      name: 'sk',
      keypoints: ['1', '2', 'tail'],
      skeleton: [
        [1, 2],
        [2, 3],
        [3, 9],
      ],
    },
  ],
}
const person = {
  image_id: 5,
  category_id: 1,
  bbox: [1, 2, 3, 4],
  keypoints: [1, 2, 2, 3, 4, 1, 5, 6, 0],
}
const json = (...annotations: unknown[]) => JSON.stringify({ ...base, annotations })
const bare = (text: string) => inputOf({ 'x.json': text }, 'x.json')

describe('reads', () => {
  const joints = [joint(4, [1, 2]), joint(5, [3, 4], { occluded: true })]

  test('joints by their names, and says which are not here', async () => {
    const { annotations, notes, described } = await imported(cocoKeypoints, bare(json(person)))
    expect(annotations).toEqual([pose({ elements: joints })])
    expect(notes).toEqual(['1 joints "tail" that "sk" does not have were left out'])
    expect(described[0]).toEqual({
      ...{ name: 'sk', type: 'skeleton' },
      edges: [
        ['1', '2'],
        ['2', 'tail'],
      ],
    })
  })

  test('a category that does not name its joints, by their order', async () => {
    const text = json({ ...person, keypoints: person.keypoints.slice(0, 6) })
    const { annotations } = await imported(
      cocoKeypoints,
      bare(text.replace(/"keypoints":\["1".*?\]\]/, '"x":0')),
    )
    expect(annotations).toEqual([pose({ elements: joints })])
  })

  test('the outline beside the joints, in a group with them; a box says nothing', async () => {
    const segmentation = [[0, 0, 4, 0, 4, 4]]
    const nobody = { ...person, keypoints: Array(9).fill(0) }
    const { annotations, notes } = await imported(
      cocoKeypoints,
      bare(json({ ...person, segmentation }, { ...nobody, segmentation }, nobody)),
    )
    expect(annotations).toMatchObject([
      { type: 'skeleton', group: 1 },
      { type: 'polygon', labelId: skeleton, group: 1 },
      { type: 'polygon', group: 0 },
    ])
    expect(notes.at(-1)).toBe('1 objects without joints and outline were left out')
  })
})

describe('refuses', () => {
  test.each([
    ['too few joints', { keypoints: [1, 2, 2] }, /annotations\[0\]\.keypoints: .*of 3 joints/],
    ['a joint that is no number', { keypoints: [1, '2', 2, 3, 4, 1, 5, 6, 0] }, /keypoints\[1\]/],
    ['a category that does not exist', { category_id: 9 }, /category_id: there is no category/],
  ])('%s', async (_name, change, message) => {
    await expect(
      imported(cocoKeypoints, bare(json({ ...person, ...change }))),
    ).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('an archive of instances alone', async () => {
    const input = inputOf({ 'annotations/instances_default.json': json(person) })
    await expect(imported(cocoKeypoints, input)).rejects.toMatchObject({
      code: 'DATASET_NOT_THIS_FORMAT',
    })
  })
})

test('one skeleton of a group has its outline, the others stand alone', async () => {
  const { annotations } = JSON.parse(textOf(await exported(cocoKeypoints, worked), FILE)) as Written
  expect(annotations.map(({ keypoints }) => keypoints)).toEqual([
    [1, 1, 2, 5.13, 6, 1],
    [7, 8, 0, 5, 6, 2],
    [0, 0, 0, 2, 3, 2],
    [1, 1, 2, 5.13, 6, 1],
  ])
  expect(annotations.map(({ num_keypoints }) => num_keypoints)).toEqual([2, 1, 1, 2])
  expect(annotations.map(({ area }) => area)).toEqual([20.65, 0, 0, 9])
})

test('says what it loses', () => {
  const told = cocoKeypoints.losses({
    ...census,
    shapes: { ...census.shapes, skeleton: 4 },
    tracks: 1,
  })
  expect(told.map(({ severity, count, what }) => `${severity}: ${count} ${what}`)).toEqual([
    'dropped: 5 rectangles are left out',
    'dropped: 3 polylines are left out',
    'dropped: 1 tags are left out',
    'changed: 1 tracks are one object for each frame, joined again by "track_id" on import',
    'changed: 9 skeletons with attributes lose those of their joints',
    'changed: 6 skeletons lose their group',
    'changed: 7 skeletons lose their z-order',
    'changed: 11 skeletons lose their source (manual, auto …)',
  ])
})
