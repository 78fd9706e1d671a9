import { describe, expect, test } from 'vitest'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import {
  census,
  exported,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
} from '../testkit/sample.ts'
import {
  ultralyticsDetection as detection,
  ultralyticsOrientedBoxes as oriented,
  ultralyticsPose as pose,
  ultralyticsSegmentation as segmentation,
} from './index.ts'

const [dog, size, sk] = labels.map(({ id }) => id) as [LabelId, LabelId, LabelId]
const [first, second] = (labels[2]?.sublabels ?? []).map(({ id }) => id) as [LabelId, LabelId]
const box = newShape({ frame: 0, labelId: dog, type: 'rectangle', points: [1.23, 2, 6.73, 8] })
const turned = { ...box, labelId: size, points: [8, 2, 14, 6], rotation: 30 }
const triangle = newShape({
  frame: 0,
  labelId: size,
  type: 'polygon',
  points: [10, 1, 12, 1, 12, 5],
})
const joint = (labelId: LabelId, points: number[], state = {}) => ({
  ...{ labelId, points, occluded: false, outside: false, attributes: [] },
  ...state,
})
const skeleton = newShape({
  ...{ frame: 0, labelId: sk, type: 'skeleton', points: [] },
  elements: [joint(first, [1, 1]), joint(second, [5, 6], { occluded: true })],
  occluded: false,
})

describe('writes what CVAT writes, to the byte', () => {
  test('Detection: data.yaml, a list with every picture, files only where there are boxes', async () => {
    const files = await exported(detection, [box, turned, triangle], true)
    expect([...files.keys()]).toEqual([
      'data.yaml',
      'labels/train/a b.txt',
      'train.txt',
      'images/train/a b.jpg',
      'images/train/deep/er/b.png',
      'images/train/deep/c.jpg',
    ])
    expect(textOf(files, 'data.yaml')).toBe(
      'names:\n  0: "dog & \\"cat\\" <x>"\n  1: "größe"\n  2: sk\npath: .\ntrain: train.txt\n',
    )
    expect(textOf(files, 'labels/train/a b.txt')).toBe('0 0.199000 0.416667 0.275000 0.500000\n')
    expect(textOf(files, 'train.txt')).toBe(
      'data/images/train/a b.jpg\ndata/images/train/deep/er/b.png\ndata/images/train/deep/c.jpg\n',
    )
  })

  test('Oriented Bounding Boxes', async () => {
    const files = await exported(oriented, [box, turned])
    expect(textOf(files, 'labels/train/a b.txt')).toBe(
      '0 0.061500 0.166667 0.336500 0.166667 0.336500 0.666667 0.061500 0.666667\n' +
        '1 0.470096 0.063996 0.729904 0.313996 0.629904 0.602671 0.370096 0.352671\n',
    )
  })

  test('Segmentation: a mask is an outline along the edges of its pixels', async () => {
    const mask = newShape({
      ...{ frame: 0, labelId: dog, type: 'mask' },
      points: [0, 4, 10, 3, 11, 4],
    })
    const files = await exported(segmentation, [triangle, mask, box])
    expect(textOf(files, 'labels/train/a b.txt')).toBe(
      '1 0.500000 0.083333 0.600000 0.083333 0.600000 0.416667\n' +
        '0 0.500000 0.250000 0.600000 0.250000 0.600000 0.416667 0.500000 0.416667\n',
    )
  })

  test('Pose: labels are numbered anew, joints in order, outside ones where they are', async () => {
    const hidden = {
      ...skeleton,
      elements: [
        joint(second, [5, 6], { occluded: true }),
        joint(first, [7, 8], { outside: true }),
      ],
    }
    const files = await exported(pose, [skeleton, hidden, box])
    expect(textOf(files, 'data.yaml')).toBe(
      'kpt_shape:\n- 2\n- 3\nnames:\n  0: sk\npath: .\ntrain: train.txt\n',
    )
    expect(textOf(files, 'labels/train/a b.txt')).toBe(
      '0 0.150000 0.291667 0.200000 0.416667 0.050000 0.083333 2 0.250000 0.500000 1\n' +
        '0 0.250000 0.500000 0.000000 0.000000 0.350000 0.666667 0 0.250000 0.500000 1\n',
    )
  })

  test('every subset has its list and its folders', async () => {
    const files = await exported(detection, [box, { ...box, frame: 2 }], true, undefined, inSubsets)
    expect(textOf(files, 'data.yaml')).toMatch(/path: \.\ntrain: train\.txt\nval: val\.txt\n$/)
    expect(textOf(files, 'val.txt')).toBe('data/images/val/deep/c.jpg\n')
    expect(textOf(files, 'labels/val/deep/c.txt')).toMatch(/^0 /)
    const back = await imported(detection, inputOf(files), inSubsets)
    expect(back.annotations.map(({ frame }) => frame)).toEqual([0, 2])
    expect(back.unmatched).toEqual([])
  })

  test('keys and subsets are in one order; what is a key of data.yaml is refused', async () => {
    const named = (subset: string) => ({
      ...inSubsets,
      frames: frames.map((frame) => ({ ...frame, subset })),
    })
    const files = await exported(detection, [], false, undefined, named('best of: yes'))
    expect(textOf(files, 'data.yaml')).toMatch(/^"best of: yes": "best of: yes.txt"\nnames:/)
    await expect(exported(detection, [], false, undefined, named('path'))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })
})

test('nothing is written of a picture whose size nobody knows', async () => {
  const unknown = frames.map((frame) => ({ ...frame, width: 0, height: 0 }))
  expect([...(await exported(detection, [box], false, unknown)).keys()]).toEqual([
    'data.yaml',
    'train.txt',
  ])
  const target = { ...inSubsets, frames: unknown }
  const { annotations, notes } = await imported(
    detection,
    inputOf(await exported(detection, [box])),
    target,
  )
  expect(annotations).toEqual([])
  expect(notes).toEqual(['1 objects on pictures whose size is unknown were left out'])
})

describe('says what it loses', () => {
  const lost = (format: typeof detection) =>
    format.losses(census).map(({ severity, count, what }) => `${severity} ${count} ${what}`)

  test('Detection', () => {
    expect(lost(detection)).toContain('dropped 2 rotated rectangles are left out')
    expect(lost(detection)).toContain('dropped 4 polygons are left out')
    expect(lost(detection)).toContain('changed 9 annotations lose their attributes')
  })

  test('Oriented Bounding Boxes', () => {
    expect(lost(oriented).join()).not.toMatch(/rotated/)
  })

  test('Segmentation', () => {
    expect(lost(segmentation)).toContain('dropped 5 rectangles are left out')
    expect(lost(segmentation)).toContain(
      'changed 1 masks become polygons along the edges of their pixels',
    )
  })

  test('Pose', () => {
    expect(lost(pose).join()).not.toMatch(/occluded/)
    expect(lost(pose)).toContain('dropped 1 tags are left out')
    const elements = [
      joint(first, [1, 1], { outside: true, occluded: true }),
      joint(second, [2, 2]),
    ]
    const stored = { ...skeleton, id: 1 as AnnotationId, elements }
    expect(pose.frameLosses?.([stored], labels)).toEqual([
      { severity: 'changed', count: 1, what: 'joints that are outside lose their occluded mark' },
    ])
  })
})
