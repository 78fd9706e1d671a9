/** Data sets as other tools write them, and as people change them by hand. */
import { describe, expect, test } from 'vitest'
import type { LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import { imported, inputOf, inSubsets, labels, videoOf } from '../testkit/sample.ts'
import {
  ultralyticsDetection as detection,
  ultralyticsOrientedBoxes as oriented,
  ultralyticsPose as pose,
  ultralyticsSegmentation as segmentation,
} from './index.ts'

const size = labels[1]?.id as LabelId
const whole = newShape({ frame: 2, labelId: size, type: 'rectangle', points: [0, 0, 64, 48] })
const yaml = (text: string) => `${text}\nnames: [x, größe]\n`
const LINE = '1 0.5 0.5 1 1\n'

describe('finds the pictures of a subset', () => {
  test.each<[string, Record<string, string>]>([
    [
      'a folder, labels beside it',
      { 'data.yaml': yaml('path: .\ntrain: images/train'), 'labels/train/deep/c.txt': LINE },
    ],
    [
      'the same with the pictures',
      {
        'data.yaml': yaml('train: images/train/'),
        'images/train/deep/c.JPG': 'x',
        'labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'Roboflow: images and labels in a folder for each subset, paths that lead up',
      {
        'README.roboflow.txt': 'about',
        'data.yaml': yaml(
          'train: ../train/images\nval: ../valid/images\nnc: 2\nroboflow:\n  license: MIT',
        ),
        'train/images/deep/c.jpg': 'x',
        'train/labels/deep/c.txt': LINE,
      },
    ],
    [
      'absolute paths of another machine, all of it in a folder',
      {
        'set/my.yaml': yaml('path: /content/sets/set\ntrain: images/train\nval:\ntest: # none'),
        'set/images/train/deep/c.jpg': 'x',
        'set/labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'Windows paths',
      {
        'data.yaml': yaml('train: C:\\sets\\set\\images\\train'),
        'images/train/deep/c.jpg': 'x',
        'labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'a list, CRLF, ./ for its own folder',
      {
        'data.yaml': yaml('train: lists/train.txt').replaceAll('\n', '\r\n'),
        'lists/train.txt': './images/train/deep/c.jpg\r\n',
        'lists/labels/train/deep/c.txt': LINE.replace('\n', '\r\n'),
      },
    ],
    [
      'a list as the documentation of CVAT shows it, without data/',
      {
        'data.yaml': yaml('train: train.txt'),
        'train.txt': 'images/train/deep/c.jpg\n',
        'labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'a list of absolute paths',
      {
        'data.yaml': yaml('train: data/train.txt'),
        'train.txt': '/home/me/set/images/train/deep/c.jpg\n',
        'labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'pictures in data.yaml itself',
      {
        'data.yaml': yaml('train:\n- images/train/deep/c.jpg'),
        'labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'several folders for one subset, one key for none',
      {
        'data.yaml': yaml(
          'train: [images/a, images/b]\ndownload: https://example.org/x.zip\nauthor: me',
        ),
        'labels/b/deep/c.txt': LINE,
      },
    ],
    [
      'one folder without subsets',
      { 'data.yaml': yaml('train: images\nval: images'), 'labels/deep/c.txt': LINE },
    ],
    [
      'labels beside the pictures',
      { 'data.yaml': yaml('train: train'), 'train/deep/c.jpg': 'x', 'train/deep/c.txt': LINE },
    ],
    [
      'a subset with a name of its own, its folder called otherwise',
      { 'data.yaml': yaml('night: images/dark'), 'labels/dark/deep/c.txt': LINE },
    ],
    [
      'paths that lead nowhere',
      { 'data.yaml': yaml('train: /kaggle/input'), 'labels/train/deep/c.txt': LINE },
    ],
    [
      'nothing but a list of names (Label Studio)',
      { 'classes.txt': 'x\ngröße\n', 'notes.json': '{}', 'labels/deep/c.txt': LINE },
    ],
    [
      'several yaml files',
      {
        'args.yaml': 'epochs: 3',
        'data.yaml': yaml('train: images/train'),
        'labels/train/deep/c.txt': LINE,
      },
    ],
    [
      'a byte order mark before the list, clutter of another system',
      {
        'data.yaml': yaml('train: images/train'),
        '__MACOSX/labels/train/._c.txt': '\u0000',
        'labels/train/deep/c.txt': LINE,
        'labels/train.cache': '',
      },
    ],
  ])('%s', async (_name, files) => {
    const { annotations } = await imported(detection, inputOf(files))
    expect(annotations.filter(({ frame }) => frame === 2)[0]).toEqual(whole)
  })

  test('every picture is told with its subset, annotated or not, here or not', async () => {
    const files = {
      'data.yaml': yaml('train: images/train\nval: val.txt\ntest: images/test'),
      'images/train/a b.jpg': 'x',
      'val.txt': 'data/images/val/deep/c.jpg\ndata/images/val/gone.jpg\n',
    }
    const { unmatched, notes, described } = await imported(detection, inputOf(files), inSubsets)
    expect(unmatched).toEqual(['gone.jpg'])
    expect(notes).toEqual(['1 subsets are not in the file, though listed ("images/test")'])
    expect(described).toEqual([{ name: 'x' }, { name: 'größe' }])
  })
})

describe('reads lines as training tools and their predictions have them', () => {
  const linesOf = async (format: typeof detection, text: string, more = '') => {
    const files = { 'data.yaml': yaml(`train: images/train\n${more}`), 'labels/train/c.txt': text }
    return await imported(format, inputOf(files))
  }

  test.each([
    ['a box with a score', '1 .5 .5 1 1 0.875', { score: 0.875, points: [0, 0, 64, 48] }],
    ['a label number as a float', '1.0 .5 .5 1 1', { score: null }],
    ['an outline: the box around it', '1 .25 .5 .5 .25 .75 .75', { points: [16, 12, 48, 36] }],
  ])('Detection: %s', async (_name, text, expected) => {
    const { annotations } = await linesOf(detection, text)
    expect(annotations).toMatchObject([{ kind: 'shape', type: 'rectangle', ...expected }])
  })

  test.each(['1 .5 .5 1 1 7', '1 .5 .5 1 1 0.9 7', '1\t.5  .5 1 1 7 '])(
    'Detection: a box of a track: %s',
    async (text) => {
      const { annotations } = await linesOf(detection, text)
      expect(annotations).toMatchObject([{ kind: 'track', type: 'rectangle', labelId: size }])
    },
  )

  test('Segmentation: several outlines, one with a track, one with a score, a box', async () => {
    const text = '1 0 0 .5 0 .5 .5\n1 0 0 .5 0 .5 .5 3\n1 0 0 .5 0 .5 .5 0.5\n1 .5 .5 1 1\n'
    const { annotations, notes } = await linesOf(segmentation, text)
    expect(annotations).toMatchObject([
      { type: 'polygon', points: [0, 0, 32, 0, 32, 24], score: null },
      { type: 'polygon', score: 0.5 },
      { type: 'rectangle', points: [0, 0, 64, 48] },
      { kind: 'track', type: 'polygon' },
    ])
    expect(notes).toEqual(['1 lines hold boxes, which were read as rectangles'])
  })

  test.each([
    ['corners told the other way round', '1 0 0 0 .5 .5 .5 .5 0', [4, -4, 28, 28], 90],
    ['a turn of a quarter', '1 .5 0 .5 .5 0 .5 0 0', [4, -4, 28, 28], 90],
    ['a box without a turn', '1 .25 .25 .5 .5', [0, 0, 32, 24], 0],
    ['corners and a score', '1 0 0 .5 0 .5 .5 0 .5 0.25', [0, 0, 32, 24], 0],
    ['corners, a score and a track', '1 0 0 .5 0 .5 .5 0 .5 0.25 1', [0, 0, 32, 24], 0],
    ['four corners that are no rectangle', '1 0 0 .5 0 .5 .5 .125 .5', [0, 0, 32, 24], 0],
    ['five corners', '1 0 0 .25 0 .5 .25 .5 .5 0 .5', [0, 0, 32, 24], 0],
  ])('Oriented Bounding Boxes: %s', async (_name, text, points, rotation) => {
    const { annotations } = await linesOf(oriented, text)
    const [found] = annotations
    const place =
      found?.kind === 'track' ? found.keyframes[0] : found?.kind === 'shape' ? found : null
    expect(place?.rotation).toBeCloseTo(rotation, 6)
    expect(place?.points.map((n) => Math.round(n * 1e6) / 1e6)).toEqual(points)
  })

  const skeleton = (text: string, more = 'kpt_shape: [2, 3]') =>
    imported(
      pose,
      inputOf({
        'data.yaml': `train: images/train\nnames: {0: sk}\n${more}`,
        'labels/train/c.txt': text,
      }),
    )

  test.each([
    ['visibility', '0 .5 .5 1 1 .25 .5 2 .5 .5 0', 'kpt_shape: [2, 3]', [false, true]],
    ['two numbers a joint', '0 .5 .5 1 1 .25 .5 .5 .5', 'kpt_shape: [2, 2]', [false, false]],
    [
      'scores of a model',
      '0 .5 .5 1 1 .25 .5 0.97 .5 .5 0.0',
      'kpt_shape:\n- 2\n- 3',
      [false, true],
    ],
    [
      'more joints than the skeleton has',
      '0 .5 .5 1 1 .25 .5 2 .5 .5 0 0 0 0',
      'kpt_shape: [3, 3]\nflip_idx: [0, 2, 1]',
      [false, true],
    ],
    [
      'names in another order',
      '0 .5 .5 1 1 .5 .5 0 .25 .5 2',
      "kpt_shape: [2, 3]\nkpt_names: {0: ['2', '1']}",
      [false, true],
    ],
  ])('Pose: %s', async (_name, text, more, outside) => {
    const { annotations } = await skeleton(text, more)
    expect(annotations).toMatchObject([
      {
        type: 'skeleton',
        elements: [
          { labelId: 4, points: [16, 24], outside: outside[0] },
          { labelId: 5, points: [32, 24], outside: outside[1] },
        ],
      },
    ])
  })

  test('Pose: a skeleton of a track, over frames', async () => {
    const text = '0 .5 .5 1 1 .25 .5 2 .5 .5 1 4\n'
    const files = {
      'data.yaml': 'train: images/train\nnames: {0: sk}\nkpt_shape: [2, 3]',
      'labels/train/frame_000000.txt': text,
      'labels/train/frame_000001.txt': text,
    }
    const { annotations, described } = await imported(pose, inputOf(files), videoOf(3))
    expect(annotations).toMatchObject([
      {
        kind: 'track',
        type: 'skeleton',
        keyframes: [{ frame: 0 }, { frame: 1 }, { frame: 2, outside: true }],
      },
    ])
    expect(described).toEqual([
      { name: 'sk', type: 'skeleton' },
      { name: 'sk_point_0', parent: 'sk', type: 'points' },
      { name: 'sk_point_1', parent: 'sk', type: 'points' },
    ])
  })
})

describe('refuses, by file and line', () => {
  test.each([
    [
      'a label number beyond the list',
      detection,
      '',
      `${LINE}2 .5 .5 1 1`,
      /c\.txt, line 2: label number 2 is not in the list, which has 2 names, numbers 0 to 1/,
    ],
    [
      'another count of labels',
      detection,
      'nc: 3',
      '',
      /data\.yaml, line 2: "nc" says 3 labels, "names" has 2/,
    ],
    ['too few fields', detection, '', '1 0.5 0.5 1', /line 1: it has 4 fields, a box has 5/],
    ['a negative size', detection, '', '1 .5 .5 1 -1', /must not be negative/],
    ['NaN', detection, '', '1 .5 nan 1 1', /"nan" is not a number/],
    ['pixels', segmentation, '', '1 10 10 5000 10 10 20', /5000 is not relative/],
    [
      'a score that is none',
      detection,
      '',
      '1 .5 .5 1 1 1.5',
      /neither the number of a track nor a score/,
    ],
    [
      'joints as boxes',
      detection,
      'kpt_shape: [2, 3]',
      '1 .5 .5 1 1 0 0 2 0 0 2',
      /Ultralytics YOLO Pose 1\.0/,
    ],
    [
      'joints as outlines',
      segmentation,
      'kpt_shape: [2, 2]',
      '1 .5 .5 1 1 0 0 0 0',
      /Ultralytics YOLO Pose 1\.0/,
    ],
    [
      'an outline of two corners',
      segmentation,
      '',
      '1 .5 .5 1 1 .5 0.5x',
      /"0\.5x" is not a number/,
    ],
    [
      'too few joints',
      pose,
      'kpt_shape: [2, 3]',
      '1 .5 .5 1 1 0 0 2',
      /line 1: it has 8 fields, kpt_shape asks for 11/,
    ],
    [
      'kpt_shape that is none',
      pose,
      'kpt_shape: [2, 4]',
      '',
      /data\.yaml, line 2: it must be \[number of joints, 2 or 3\]/,
    ],
    [
      'a skeleton with more joints than kpt_shape says',
      pose,
      'kpt_shape: [1, 3]',
      '1 .5 .5 1 1 0 0 2',
      /"sk" has 2 joints, kpt_shape says 1/,
    ],
  ])('%s', async (_name, format, more, text, message) => {
    const files = {
      'data.yaml': `train: images/train\n${more === '' ? 'x: y' : more}\nnames: [x, ${format === pose ? 'sk' : 'größe'}]\n`,
      'labels/train/c.txt': text,
    }
    await expect(imported(format, inputOf(files))).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['no names at all', detection, { 'a.txt': LINE }],
    ['names and nothing else', detection, { 'data.yaml': yaml('nc: 2') }],
    ['no kpt_shape', pose, { 'data.yaml': yaml('train: x'), 'labels/c.txt': LINE }],
  ])('%s', async (_name, format, files) => {
    const reading = imported(format, inputOf(files as Record<string, string>))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})
