import { describe, expect, test } from 'vitest'
import { decodeMask } from '#shared/geometry/mask.ts'
import type { Tensor } from '../../family.ts'
import { labels, openDetector, picture, table, tensor } from '../testing/stand-in.ts'
import { detr, rfdetr, rtdetr } from './families.ts'

/** Twice as wide as high, and so is no input here. */
const wide = picture(200, 100)
const two = { labels: labels('cat', 'dog') }
const found = (label: string, score: number, points: number[]) =>
  expect.objectContaining({
    ...{ label, type: 'rectangle' },
    score: expect.closeTo(score, 5),
    points: points.map((value) => expect.closeTo(value, 4)),
  })
const logit = (share: number) => Math.log(share / (1 - share))
const whole = (values: number[]): Tensor => ({
  ...{ type: 'int64', dims: [1, values.length] },
  data: BigInt64Array.from(values, BigInt),
})

describe('RT-DETR', () => {
  const inputs = [
    { name: 'images', type: 'float32', dims: [1, 3, 64, 64] },
    { name: 'orig_target_sizes', type: 'int64', dims: [1, 2] },
  ]
  const outputs = {
    labels: whole([1, 0, 0]),
    boxes: table([
      [20, 10, 60, 50],
      [-5, 20, 300, 80],
      [0, 0, 9, 9],
    ]),
    scores: tensor([1, 3], [0.6, 0.8, 0.1]),
  }

  test('finished boxes of the picture, for its size as width and height', async () => {
    const detector = openDetector(rtdetr, { inputs, outputs }, two)
    expect(await detector.detect(wide, {})).toEqual([
      found('cat', 0.8, [0, 20, 200, 80]),
      found('dog', 0.6, [20, 10, 60, 50]),
    ])
    expect(detector.fed[0]?.orig_target_sizes).toEqual({
      ...{ type: 'int64', dims: [1, 2] },
      data: BigInt64Array.of(200n, 100n),
    })
  })

  test('letterboxed, boxes are of the input and come back', async () => {
    const boxed = { ...two, inputs: { model: { fit: 'letterbox' } } }
    const detector = openDetector(
      rtdetr,
      {
        inputs,
        outputs: {
          ...outputs,
          boxes: table([
            [16, 16, 32, 48],
            [0, 0, 0, 0],
            [0, 0, 0, 0],
          ]),
        },
      },
      boxed,
    )
    expect(await detector.detect(wide, { threshold: 0.5 })).toEqual([
      found('dog', 0.6, [50, 0, 100, 100]),
    ])
    expect(detector.fed[0]?.orig_target_sizes?.data).toEqual(BigInt64Array.of(64n, 64n))
  })

  test('of open sides is fed 640 x 640', async () => {
    const outputs = { logits: table([[logit(0.6), -9]]), pred_boxes: table([[0.5, 0.5, 0.2, 0.4]]) }
    const inputs = [{ name: 'pixel_values', type: 'float32', dims: ['b', 'c', 'h', 'w'] }]
    const detector = openDetector(rtdetr, { inputs, outputs }, two)
    expect(await detector.detect(wide, {})).toEqual([found('cat', 0.6, [80, 30, 120, 70])])
    expect(detector.fed[0]?.pixel_values?.dims).toEqual([1, 3, 640, 640])
  })

  test('as Ultralytics exports it: a row a query, in shares of the picture', async () => {
    const output0 = table([
      [0.5, 0.5, 0.2, 0.4, 0.1, 0.7],
      [0.1, 0.1, 0.2, 0.2, 0.2, 0.1],
    ])
    const result = await openDetector(rtdetr, { outputs: { output0 } }, two).detect(wide, {})
    expect(result).toEqual([found('dog', 0.7, [80, 30, 120, 70])])
  })
})

describe('RF-DETR', () => {
  const dets = table([[0.5, 0.5, 0.2, 0.4]])

  test('the logit after the last label is no class', async () => {
    const outputs = { dets, labels: table([[logit(0.3), logit(0.6), 9]]) }
    expect(await openDetector(rfdetr, { outputs }, two).detect(wide, {})).toEqual([
      found('dog', 0.6, [80, 30, 120, 70]),
    ])
    // A box is one thing: as many detections as queries at most.
    const three = { labels: labels('cat', 'dog', 'bird') }
    const [best] = await openDetector(rfdetr, { outputs }, three).detect(wide, {})
    expect(best?.label).toBe('bird')
  })

  test('80 labels of COCO are at the places of its 91 category ids', async () => {
    const scores = Array(91).fill(-9)
    scores[13] = 2
    const outputs = { dets, labels: table([scores]) }
    const names = Array.from({ length: 80 }, (_, i) => `label ${i}`)
    const result = await openDetector(rfdetr, { outputs }, { labels: labels(...names) }).detect(
      wide,
      {},
    )
    // Category 13 is the twelfth: there is no 12.
    expect(result.map(({ label }) => label)).toEqual(['label 11'])
  })

  test('masks over the whole picture', async () => {
    const outputs = {
      dets,
      labels: table([[2, -9, -9]]),
      masks: tensor([1, 1, 2, 2], [3, -3, 3, -3]),
    }
    const [mask] = await openDetector(rfdetr, { outputs }, two).detect(wide, {})
    expect(mask?.type).toBe('mask')
    expect(decodeMask(mask?.points ?? [])).toMatchObject({
      left: 0,
      top: 0,
      width: 100,
      height: 100,
    })
  })

  test('with three classes and none, logits look like boxes, and names tell', async () => {
    const outputs = { labels: table([[-9, 2, -9, 9]]), dets }
    const three = { labels: labels('a', 'b', 'c') }
    const [only] = await openDetector(rfdetr, { outputs }, three).detect(wide, {})
    expect(only).toMatchObject({
      label: 'b',
      points: [80, 30, 120, 70].map((x) => expect.closeTo(x, 4)),
    })
  })
})

describe('DETR', () => {
  const pred_boxes = table([
    [0.5, 0.5, 0.2, 0.4],
    [0.2, 0.2, 0.2, 0.2],
  ])

  test('softmax: one class or none', async () => {
    const logits = table([
      [1, 2, 0],
      [0, 0, 5],
    ])
    const sum = Math.exp(1) + Math.exp(2) + 1
    expect(
      await openDetector(detr, { outputs: { logits, pred_boxes } }, two).detect(wide, {}),
    ).toEqual([found('dog', Math.exp(2) / sum, [80, 30, 120, 70])])
  })

  test('sigmoid, where each logit is a label', async () => {
    const logits = table([
      [logit(0.4), logit(0.6)],
      [-9, -9],
    ])
    const result = await openDetector(detr, { outputs: { logits, pred_boxes } }, two).detect(
      wide,
      {},
    )
    expect(result.map(({ label }) => label)).toEqual(['dog', 'cat'])
  })

  test('open sides: the short one becomes 800, the long one no more than 1333', async () => {
    const inputs = [
      { name: 'pixel_values', type: 'float32', dims: ['batch', 3, 'height', 'width'] },
      { name: 'pixel_mask', type: 'int64', dims: ['batch', 'height', 'width'] },
    ]
    const outputs = {
      logits: table([
        [1, 2, 0],
        [0, 0, 5],
      ]),
      pred_boxes,
    }
    const detector = openDetector(detr, { inputs, outputs }, two)
    await detector.detect(picture(300, 100), {})
    expect(detector.fed[0]?.pixel_values?.dims).toEqual([1, 3, 444, 1333])
    expect(detector.fed[0]?.pixel_mask).toMatchObject({ type: 'int64', dims: [1, 444, 1333] })
    expect(detector.fed[0]?.pixel_mask?.data.at(-1)).toBe(1n)
  })
})

describe('what does not fit is refused with a sentence', () => {
  const boxes = table([[0.5, 0.5, 0.2, 0.4]])
  test.each<[string, Record<string, Tensor>, string, string]>([
    [
      'neither of the three',
      { out: tensor([1, 5], [0, 0, 0, 0, 0]) },
      'MODEL_MISFIT',
      'labels, boxes',
    ],
    ['more labels than logits', { dets: boxes, labels: table([[1]]) }, 'MODEL_MISFIT', '1 classes'],
    [
      'other counts',
      {
        dets: boxes,
        labels: table([
          [1, 2, 3],
          [1, 2, 3],
        ]),
      },
      'MODEL_MISFIT',
      '[1, 2, 4]',
    ],
    [
      'no numbers',
      { dets: boxes, labels: table([[Number.NaN, Number.NaN, 0]]) },
      'MODEL_OUTPUT_INVALID',
      'NaN',
    ],
    [
      'boxes that are none',
      { dets: table([[Number.NaN, 0, 0, 0]]), labels: table([[3, 0, 0]]) },
      'MODEL_OUTPUT_INVALID',
      'NaN',
    ],
  ])('%s', async (_name, outputs, code, words) => {
    const run = async () => openDetector(rfdetr, { outputs }, two).detect(wide, {})
    const error = await run().then(
      () => null,
      (thrown: Error) => thrown,
    )
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) })
  })
})
