import { describe, expect, test } from 'vitest'
import { decodeMask } from '#shared/geometry/mask.ts'
import type { Family, Tensor } from '../../family.ts'
import {
  columns,
  labels,
  manifestOf,
  openDetector,
  picture,
  type StandIn,
  table,
  tensor,
} from '../testing/stand-in.ts'
import { yolov5 } from './yolov5.ts'
import { yolov7EndToEnd } from './yolov7-end2end.ts'
import { yolov8 } from './yolov8.ts'
import { yolov10 } from './yolov10.ts'
import { yolox } from './yolox.ts'

/** The nets read 64 x 32; this picture lies in it at half its size, 2 pixels below the top edge. */
const wide = picture(128, 56)
const two = { labels: labels('cat', 'dog') }

async function detect(family: Family, standIn: StandIn, more: object = two, parameters = {}) {
  return await openDetector(family, standIn, more).detect(wide, parameters)
}
const found = (label: string, score: number, points: number[]) =>
  expect.objectContaining({
    ...{ label, type: 'rectangle', points, rotation: 0 },
    score: expect.closeTo(score, 5),
  })

/** Three boxes: a cat; the same cat a little off, less sure; a dog over it. And nothing much. */
const boxes = [
  [20, 12, 8, 4, 0.9, 0.1],
  [20.5, 12, 8, 4, 0.8, 0.1],
  [20, 12, 8, 4, 0.1, 0.5],
  [40, 20, 4, 4, 0.2, 0.2],
]
const cat = found('cat', 0.9, [32, 16, 48, 24])
const dog = found('dog', 0.5, [32, 16, 48, 24])

describe('every layout of boxes is read', () => {
  const objectness = boxes.map(([cx = 0, cy = 0, w = 0, h = 0, ...scores]) => [
    ...[cx, cy, w, h, 0.5],
    ...scores.map((score) => score * 2 * 0.5),
  ])
  test.each<[string, Family, Tensor, object, unknown[]]>([
    ['v8: numbers first', yolov8, columns(boxes), {}, [cat, dog]],
    ['v8: boxes first', yolov8, table(boxes), {}, [cat, dog]],
    ['v8: classes count for nothing', yolov8, columns(boxes), { agnostic: true }, [cat]],
    ['v8: only sure ones', yolov8, columns(boxes), { threshold: 0.6 }, [cat]],
    ['v8: only one', yolov8, columns(boxes), { maxDetections: 1 }, [cat]],
    [
      'v8: overlapping ones, too',
      yolov8,
      columns(boxes),
      { iou: 0.95, threshold: 0.6 },
      [cat, expect.anything()],
    ],
    [
      'v5: objectness times class',
      yolov5,
      table(objectness),
      { threshold: 0.2 },
      [found('cat', 0.45, [32, 16, 48, 24]), found('dog', 0.25, [32, 16, 48, 24])],
    ],
    [
      'v10: corners, finished',
      yolov10,
      table([
        [16, 10, 24, 14, 0.5, 1],
        [16, 10, 24, 14, 0.9, 0],
        [0, 0, 9, 9, 0.1, 0],
      ]),
      {},
      [cat, dog],
    ],
    [
      'v7: picture, corners, class, score',
      yolov7EndToEnd,
      tensor([3, 7], [0, 16, 10, 24, 14, 0, 0.9, 0, 16, 10, 24, 14, 1, 0.5, 1, 0, 0, 9, 9, 0, 0.9]),
      {},
      [cat, dog],
    ],
  ])('%s', async (_name, family, output, parameters, expected) => {
    expect(await detect(family, { outputs: { output0: output } }, two, parameters)).toEqual(
      expected,
    )
  })

  test('YOLOX: offsets and logarithms of its grid, from the top left', async () => {
    // 64 x 32 has 8 x 4, 4 x 2 and 2 x 1 cells.
    const rows = Array.from({ length: 42 }, () => [0, 0, 0, 0, 0, 0, 0])
    rows[8 + 2] = [0.5, 0.5, Math.log(2), 0, 1, 0.9, 0]
    rows[32 + 1] = [0.5, 0.5, 0, 0, 0.5, 0, 0.9]
    const result = await detect(yolox, { outputs: { output: table(rows) } })
    expect(result).toHaveLength(2)
    expect(result[0]?.points.map(Math.round)).toEqual([24, 16, 56, 32])
    expect(result[1]?.points.map(Math.round)).toEqual([32, 0, 64, 32])
  })

  test('YOLOX that decoded by itself', async () => {
    const rows = Array.from({ length: 42 }, () => [32, 16, 4, 4, 0, 0, 0])
    rows[0] = [20, 12, 8, 4, 1, 0.9, 0]
    const [only] = await detect(yolox, { outputs: { output: table(rows) } })
    expect(only?.points).toEqual([32, 20, 48, 28])
  })
})

describe('what a task adds', () => {
  const box = [32, 16, 32, 16, 0.9]

  test('masks: coefficients of prototypes, inside the box', async () => {
    const prototypes = tensor(
      [1, 1, 8, 16],
      Array.from({ length: 128 }, (_, i) => (i % 16 < 8 ? 1 : -1)),
    )
    const outputs = { output0: columns([[...box, 1]]), output1: prototypes }
    const [mask] = await detect(yolov8, { outputs }, { labels: labels('cat') })
    expect(mask).toMatchObject({ label: 'cat', type: 'mask' })
    // The box is 32, 12 … 96, 44 of the picture; the left half of the input is positive.
    expect(decodeMask(mask?.points ?? [])).toMatchObject({
      left: 32,
      top: 12,
      width: 32,
      height: 32,
    })
    const [turned] = await detect(
      yolov8,
      { outputs: { ...outputs, output0: columns([[...box, -1]]) } },
      { labels: labels('cat') },
    )
    expect(decodeMask(turned?.points ?? [])).toMatchObject({ left: 64, width: 32 })
  })

  test('an instance whose mask is empty is none', async () => {
    const outputs = {
      output0: columns([[...box, 0]]),
      output1: tensor([1, 1, 8, 16], Array(128).fill(1)),
    }
    expect(await detect(yolov8, { outputs }, { labels: labels('cat') })).toEqual([])
  })

  const joints = { name: 'fish', type: 'skeleton', attributes: [], svg: null }
  const fish = {
    labels: [
      {
        ...joints,
        sublabels: ['head', 'tail'].map((name) => ({ name, type: 'points', attributes: [] })),
      },
    ],
    options: { keypoints: [2, 3] },
  }

  test('skeletons: joints that are not sure are outside', async () => {
    const output0 = columns([[...box, 20, 12, 0.9, 90, 90, 0.2]])
    const [skeleton] = await detect(yolov8, { outputs: { output0 } }, fish)
    expect(skeleton).toMatchObject({
      ...{ label: 'fish', type: 'skeleton', points: [] },
      elements: [
        { label: 'head', points: [40, 20], outside: false, score: expect.closeTo(0.9, 5) },
        { label: 'tail', points: [128, 56], outside: true },
      ],
    })
    expect(
      await detect(yolov8, { outputs: { output0 } }, fish, { keypointThreshold: 0.95 }),
    ).toEqual([])
  })

  test('only models with joints ask how sure joints must be', () => {
    const names = (more: object) =>
      yolov8.parametersOf?.(manifestOf(yolov8, more)).map(({ name }) => name)
    expect(names(fish)).toContain('keypointThreshold')
    expect(names(two)).not.toContain('keypointThreshold')
  })

  test('skeletons whose joints have no scores', async () => {
    const output0 = columns([[...box, 20, 12, 90, 90]])
    const [skeleton] = await detect(
      yolov8,
      { outputs: { output0 } },
      { ...fish, options: { keypoints: [2, 2] } },
    )
    expect(skeleton?.elements.map(({ outside, score }) => [outside, score])).toEqual([
      [false, null],
      [false, null],
    ])
  })

  test('oriented boxes: degrees, clockwise on screen', async () => {
    const output0 = columns([[...box, Math.PI / 6]])
    const [rotated] = await detect(
      yolov8,
      { outputs: { output0 }, metadata: { task: 'obb' } },
      { labels: labels('ship') },
    )
    expect(rotated).toMatchObject({
      ...{ type: 'rectangle', points: [32, 12, 96, 44] },
      rotation: expect.closeTo(30, 4),
    })
    const [finished] = await detect(
      yolov10,
      {
        outputs: { output0: table([[32, 16, 32, 16, 0.9, 0, -Math.PI / 6]]) },
        metadata: { task: 'obb' },
      },
      { labels: labels('ship') },
    )
    expect(finished).toMatchObject({ points: [32, 12, 96, 44], rotation: expect.closeTo(330, 4) })
  })
})

describe('names', () => {
  test('classes without one are called by their number', async () => {
    const result = await detect(yolov8, { outputs: { output0: columns(boxes) } }, {})
    expect(result.map(({ label }) => label)).toEqual(['class_0', 'class_1'])
  })
})

describe('what a net takes', () => {
  const outputs = { output0: columns(boxes) }

  test('bytes, pixel by pixel', async () => {
    const detector = openDetector(
      yolov8,
      { input: [1, 32, 64, 3], inputType: 'uint8', outputs },
      two,
    )
    await detector.detect(picture(64, 32, 200), {})
    const { type, dims, data } = detector.fed[0]?.images ?? tensor([], [])
    expect({ type, dims, first: data[0] }).toEqual({
      type: 'uint8',
      dims: [1, 32, 64, 3],
      first: 200,
    })
  })

  test('sizes the file leaves open come from the manifest, else from its metadata', async () => {
    const open = { input: ['batch', 3, 'height', 'width'], outputs }
    const sides = async (standIn: StandIn, more: object) => {
      const detector = openDetector(yolov8, standIn, { ...two, ...more })
      await detector.detect(wide, {})
      return detector.fed[0]?.images?.dims.slice(-2)
    }
    expect(await sides(open, {})).toEqual([640, 640])
    const noted = { ...open, metadata: { imgsz: '[96, 160]', task: 'detect' } }
    expect(await sides(noted, {})).toEqual([96, 160])
    expect(await sides(noted, { inputs: { model: { width: 64, height: 32 } } })).toEqual([32, 64])
  })

  test('a fixed batch is fed copies, and its first answer is read', async () => {
    const twice = table(boxes)
    const batch = {
      ...twice,
      dims: [2, 4, 6],
      data: Float32Array.from([...(twice.data as Float32Array), ...Array(24).fill(0.9)]),
    }
    expect(await detect(yolov8, { input: [2, 3, 32, 64], outputs: { output0: batch } })).toEqual([
      cat,
      dog,
    ])
  })
})

describe('what does not fit is refused with a sentence', () => {
  const bad = (output: Tensor, more: object = two, standIn: Partial<StandIn> = {}) =>
    detect(yolov8, { outputs: { output0: output }, ...standIn }, more)
  test.each<[string, () => Promise<unknown>, string, string]>([
    [
      'more labels than classes',
      () => bad(columns(boxes), { labels: labels('a', 'b', 'c') }),
      'MODEL_MISFIT',
      'output0 [1, 6, 4]',
    ],
    [
      'too few numbers',
      () =>
        bad(
          table([
            [1, 2, 3],
            [1, 2, 3],
            [1, 2, 3],
            [1, 2, 3],
          ]),
        ),
      'MODEL_MISFIT',
      'output0 [1, 4, 3]',
    ],
    ['one number', () => bad(tensor([1], [1])), 'MODEL_MISFIT', 'output0 [1]'],
    [
      'whole numbers',
      () => bad({ type: 'int64', dims: [1, 4, 6], data: new BigInt64Array(24) }),
      'MODEL_MISFIT',
      'int64',
    ],
    ['logits', () => bad(columns([[20, 12, 8, 4, 7, -3]])), 'MODEL_OUTPUT_INVALID', '7'],
    [
      'no numbers',
      () => bad(columns([[20, 12, 8, 4, Number.NaN, 0]])),
      'MODEL_OUTPUT_INVALID',
      'NaN',
    ],
    [
      'boxes that are none',
      () => bad(columns([[Number.POSITIVE_INFINITY, 12, 8, 4, 0.9, 0]])),
      'MODEL_OUTPUT_INVALID',
      'NaN',
    ],
    [
      'a short tensor',
      () => bad({ type: 'float32', dims: [1, 4, 6], data: new Float32Array(5) }),
      'MODEL_OUTPUT_INVALID',
      '5 numbers',
    ],
    [
      'no picture',
      () => bad(columns(boxes), two, { input: [1, 12] }),
      'MODEL_MISFIT',
      'images [1, 12]',
    ],
    [
      'a batch of hundreds',
      () => bad(columns(boxes), two, { input: [256, 3, 32, 64] }),
      'MODEL_MISFIT',
      'batch of 256',
    ],
    [
      'another size',
      () => bad(columns(boxes), { ...two, inputs: { model: { width: 100 } } }),
      'MODEL_MISFIT',
      'width of 100',
    ],
    [
      'masks without prototypes',
      () => bad(columns(boxes), { ...two, options: { task: 'segment' } }),
      'MODEL_MISFIT',
      'prototypes',
    ],
    [
      'an option nobody knows',
      () => bad(columns(boxes), { ...two, options: { colour: 1 } }),
      'MODEL_MANIFEST_INVALID',
      'options',
    ],
  ])('%s', async (_name, run, code, words) => {
    const error = await run().then(
      () => null,
      (thrown: Error) => thrown,
    )
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) })
  })

  test('a broken box among good ones is left out', async () => {
    const rows = [...boxes, [Number.NaN, 1, 1, 1, 0.99, 0], [1, 1, 1, 1, Number.NaN, 0.99]]
    expect(await detect(yolov8, { outputs: { output0: columns(rows) } })).toEqual([cat, dog])
  })

  test('no candidates at all are no mistake', async () => {
    const output0: Tensor = { type: 'float32', dims: [1, 0, 6], data: new Float32Array(0) }
    expect(await detect(yolov10, { outputs: { output0 } })).toEqual([])
  })
})
