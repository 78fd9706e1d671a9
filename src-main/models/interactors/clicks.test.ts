import { describe, expect, it } from 'vitest'
import { decodeMask, maskArea } from '#shared/geometry/mask.ts'
import type { Family, Interactor } from '../family.ts'
import {
  type FakeNet,
  factsOf,
  fakeRuntime,
  manifestOf,
  pictureWith,
  tensor,
} from '../testing/fake-runtime.ts'
import { fillClickMap } from './click-map.ts'
import { clickRows } from './click-rows.ts'
import { dextr } from './dextr.ts'
import { efficientSam } from './efficient-sam.ts'
import { interactors } from './index.ts'
import { iog } from './iog.ts'
import type { Prompt } from './prompt-points.ts'
import { largestPart, maskOfRegion } from './region-mask.ts'
import { fbrs, ritm } from './ritm.ts'

const picture = pictureWith({ width: 200, height: 160 }, [80, 60, 120, 100])
const prompt = (more: Partial<Prompt>): Prompt => ({
  ...{ positive: [], negative: [], box: null, parameters: {} },
  ...more,
})

function opened(family: Family, nets: Record<string, FakeNet>, more: Record<string, unknown> = {}) {
  const { runtime, seen } = fakeRuntime(nets)
  if (family.kind !== 'interactor') throw new Error('no interactor')
  const manifest = manifestOf({ kind: 'interactor', family: family.id, ...more })
  return { model: family.open(manifest, runtime) as Interactor, seen }
}

/** Says that what is brighter than the middle belongs to the object. */
const bright = (channels: number, side: number, outputs = 1): FakeNet => ({
  inputs: { input: [1, channels, side, side] },
  outputs: Object.fromEntries(
    Array.from({ length: outputs }, (_, i) => [`out${i}`, [1, 1, side, side]]),
  ),
  run: ({ input }) => {
    const plane = Float32Array.from(
      input?.data.subarray(0, side * side) as Float32Array,
      (value) => (value > 128 ? 1 : 0),
    )
    const answer = (at: number) => (at === outputs - 1 ? plane : new Float32Array(side * side))
    return Object.fromEntries(
      Array.from({ length: outputs }, (_, at) => [
        `out${at}`,
        tensor([1, 1, side, side], answer(at)),
      ]),
    )
  },
})

const bounds = (mask: number[] | null) => mask?.slice(-4)

describe('clicks as planes', () => {
  it('are highest where they are, half as high five pixels off, and the larger of two', () => {
    const plane = new Float32Array(2 + 20 * 20)
    fillClickMap(
      [
        [5.9, 5],
        [15, 5],
      ],
      20,
      plane,
      2,
    )
    const at = (x: number, y: number) => plane[2 + y * 20 + x] ?? Number.NaN
    expect([at(5, 5), at(15, 5)]).toEqual([255, 255])
    expect(at(10, 5)).toBeCloseTo(127.5, 0)
    expect(at(0, 5)).toBeCloseTo(at(5, 10), 4)
    expect([plane[0], plane[1]]).toEqual([0, 0])
  })

  it('are all nothing where there are none', () => {
    const plane = new Float32Array(16).fill(7)
    fillClickMap([], 4, plane, 0)
    expect([...plane]).toEqual(new Array(16).fill(0))
  })
})

it.each([
  ['one click', [[3, 4]], [], { each: null, most: 8, values: 3 }, [4, 3, 0, -1, -1, -1]],
  ['of both kinds', [[3, 4]], [[5, 6]], { each: null, most: 8, values: 2 }, [4, 3, 6, 5]],
  [
    'a fixed number',
    [[3, 4]],
    [[5, 6]],
    { each: 2, most: 8, values: 3 },
    [4, 3, 0, -1, -1, -1, 6, 5, 1, -1, -1, -1],
  ],
  [
    'no more than are told',
    [
      [1, 1],
      [2, 2],
    ],
    [],
    { each: null, most: 1, values: 2 },
    [1, 1, -1, -1],
  ],
] as const)('clicks as rows: %s', (_what, positive, negative, rule, expected) => {
  expect([...clickRows(positive, negative, rule).data]).toEqual(expected)
})

describe('DEXTR', () => {
  const four = {
    positive: [
      [80, 80],
      [100, 60],
      [120, 80],
      [100, 100],
    ] as [number, number][],
  }

  it('looks fifty pixels around four points, and lays the mask back', async () => {
    const { model, seen } = opened(dextr, { model: bright(4, 140) })
    const { mask } = await model.interact(picture, {}, prompt(four), null)
    expect(bounds(mask)).toEqual([80, 60, 119, 99])
    const heat = seen[0]?.feeds.input?.data.subarray(3 * 140 * 140) as Float32Array
    expect([heat[70 * 140 + 50], heat[50 * 140 + 70], heat[0]]).toEqual([255, 255, 0])
  })

  it('waits for the fourth point', async () => {
    const { model, seen } = opened(dextr, { model: bright(4, 64) })
    const { mask } = await model.interact(
      picture,
      {},
      prompt({ positive: four.positive.slice(1) }),
      null,
    )
    expect([mask, seen.length]).toEqual([null, 0])
  })

  it('stays inside the picture', async () => {
    const { model } = opened(dextr, { model: bright(4, 64) }, { parameters: { threshold: 0.5 } })
    const corner = {
      positive: [
        [-5, 1],
        [3, -9],
        [12, 2],
        [4, 8],
      ] as [number, number][],
    }
    expect((await model.interact(picture, {}, prompt(corner), null)).mask).toBeNull()
  })
})

describe('IOG', () => {
  it('looks thirty pixels around a box, draws both kinds of clicks, and reads its last output', async () => {
    const { model, seen } = opened(iog, { model: bright(5, 100, 5) })
    const asked = { box: [80, 60, 120, 100], positive: [[100, 80]], negative: [[85, 65]] } as const
    const { mask } = await model.interact(picture, {}, prompt(asked), null)
    expect(bounds(mask)).toEqual([80, 60, 119, 99])
    const data = seen[0]?.feeds.input?.data as Float32Array
    expect([data[3 * 10_000 + 50 * 100 + 50], data[4 * 10_000 + 35 * 100 + 35]]).toEqual([255, 255])
  })

  it('takes logits for what they are', async () => {
    const net = bright(5, 100)
    const logits: FakeNet = {
      ...net,
      run: (feeds) => {
        const out = net.run(feeds).out0 ?? tensor([], [])
        return {
          out0: tensor(
            out.dims,
            Float32Array.from(out.data as Float32Array, (v) => v * 8 - 4),
          ),
        }
      },
    }
    const asked = { box: [80, 60, 120, 100], positive: [[100, 80]] } as const
    const { model } = opened(iog, { model: logits })
    expect(bounds((await model.interact(picture, {}, prompt(asked), null)).mask)).toEqual([
      80, 60, 119, 99,
    ])
  })
})

describe('RITM and f-BRS', () => {
  /** Half a picture to the left of the first click, and all that was there before. */
  const net = (channels: number): FakeNet => ({
    inputs: { image: [1, channels, 'h', 'w'], points: [1, 'n', 3] },
    outputs: { instances: [1, 1, 'h', 'w'] },
    run: ({ image, points }) => {
      const [, , height = 0, width = 0] = image?.dims ?? []
      const x = Number(points?.data[1])
      const before = image?.data.subarray(3 * height * width) as Float32Array
      const data = Array.from({ length: height * width }, (_, i) =>
        i % width < x || (before[i] ?? 0) > 0.5 ? 4 : -4,
      )
      return { instances: tensor([1, 1, height, width], data) }
    },
  })

  it('sees the picture no larger than it may, and clicks in its pixels, y first', async () => {
    const { model, seen } = opened(ritm, { model: net(4) }, { options: { longSide: 100 } })
    const answer = await model.interact(picture, {}, prompt({ positive: [[100, 40]] }), null)
    const { image, points } = seen[0]?.feeds ?? {}
    expect(image?.dims).toEqual([1, 4, 80, 100])
    expect(image?.data[0]).toBeCloseTo(20 / 255, 6)
    expect([...(points?.data ?? [])]).toEqual([20, 50, 0, -1, -1, -1])
    expect(bounds(answer.mask)).toEqual([0, 0, 99, 159])
  })

  it('goes on from the mask before', async () => {
    const { model } = opened(ritm, { model: net(4) })
    const first = await model.interact(picture, {}, prompt({ positive: [[150, 40]] }), null)
    const second = await model.interact(picture, {}, prompt({ positive: [[20, 40]] }), first.memory)
    expect(bounds(second.mask)).toEqual([0, 0, 149, 159])
  })

  it('normalises by ImageNet before f-BRS', async () => {
    const { model, seen } = opened(fbrs, { model: net(3) })
    await model.interact(picture, {}, prompt({ positive: [[100, 40]] }), null)
    expect(seen[0]?.feeds.image?.data[0]).toBeCloseTo((20 / 255 - 0.485) / 0.229, 5)
  })

  it('refuses NaN', async () => {
    const broken: FakeNet = {
      ...net(3),
      run: ({ image }) => {
        const [, , height = 0, width = 0] = image?.dims ?? []
        return {
          instances: tensor(
            [1, 1, height, width],
            new Float32Array(height * width).fill(Number.NaN),
          ),
        }
      },
    }
    const { model } = opened(ritm, { model: broken })
    const asked = model.interact(picture, {}, prompt({ positive: [[1, 1]] }), null)
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' })
  })
})

describe('EfficientSAM', () => {
  const encoder: FakeNet = {
    inputs: { batched_images: ['batch', 3, 'height', 'width'] },
    outputs: { image_embeddings: ['batch', 1, 4, 4] },
    run: () => ({ image_embeddings: tensor([1, 1, 4, 4], new Float32Array(16)) }),
  }
  const decoder: FakeNet = {
    inputs: {
      image_embeddings: [1, 1, 4, 4],
      batched_point_coords: [1, 'queries', 'points', 2],
      batched_point_labels: [1, 'queries', 'points'],
      orig_im_size: [2],
    },
    types: { orig_im_size: 'int64' },
    outputs: { output_masks: [1, 1, 2, 'h', 'w'], iou_predictions: [1, 1, 2] },
    run: () => ({
      output_masks: tensor(
        [1, 1, 2, 160, 200],
        Array.from({ length: 2 * 32_000 }, (_, i) => (i % 200 < (i < 32_000 ? 10 : 50) ? 1 : -1)),
      ),
      iou_predictions: tensor([1, 1, 2], [0.3, 0.6]),
    }),
  }

  it('sees the picture as it is, and points in its pixels', async () => {
    const { model, seen } = opened(efficientSam, { encoder, decoder })
    const embedding = (await model.embed?.(picture)) ?? {}
    const asked = prompt({ positive: [[100, 80]], box: [80, 60, 120, 100] })
    const answer = await model.interact(picture, embedding, asked, null)
    expect(seen[0]?.feeds.batched_images?.dims).toEqual([1, 3, 160, 200])
    const { batched_point_coords, batched_point_labels, orig_im_size } = seen[1]?.feeds ?? {}
    expect(batched_point_coords).toEqual(tensor([1, 1, 3, 2], [100, 80, 80, 60, 120, 100]))
    expect(batched_point_labels).toEqual(tensor([1, 1, 3], [1, 2, 3]))
    expect(orig_im_size?.data).toEqual(BigInt64Array.from([160n, 200n]))
    expect(bounds(answer.mask)).toEqual([0, 0, 49, 159])
    expect(answer.score).toBeCloseTo(0.6, 6)
  })
})

describe('a map of a region', () => {
  const grid = { width: 2, height: 2, data: Float64Array.from([1, 0, 0, 1]) }

  it('comes back to where it was, blocks as they are', () => {
    const region = { left: 10, top: 20, right: 14, bottom: 24 }
    const mask = maskOfRegion(grid, region, 'nearest', 0.5)
    expect(decodeMask(mask ?? []).data.join('')).toBe('1100110000110011')
    expect(bounds(mask)).toEqual([10, 20, 13, 23])
  })

  it('keeps its level when enlarged with the cubic', () => {
    const flat = { width: 3, height: 1, data: Float64Array.from([0.7, 0.7, 0.7]) }
    const region = { left: 0, top: 0, right: 9, bottom: 4 }
    expect(maskArea(maskOfRegion(flat, region, 'cubic', 0.699) ?? [])).toBe(36)
    expect(maskOfRegion(flat, region, 'cubic', 0.701)).toBeNull()
  })

  it('leaves the largest of its parts', () => {
    const two = { width: 5, height: 1, data: Float64Array.from([1, 0, 1, 1, 1]) }
    const region = { left: 0, top: 0, right: 5, bottom: 1 }
    const mask = maskOfRegion(two, region, 'nearest', 0.5)
    expect(largestPart(mask, { width: 5, height: 1 })).toEqual([0, 3, 2, 0, 4, 0])
  })
})

it('a bare file is told by the planes it takes', () => {
  const seen = (net: FakeNet) =>
    interactors.filter((family) => family.recognise({ model: factsOf(net) })).map(({ id }) => id)
  expect(seen(bright(4, 64))).toEqual(['dextr'])
  expect(seen(bright(5, 64))).toEqual(['iog'])
  expect(seen(bright(3, 64))).toEqual([])
})
