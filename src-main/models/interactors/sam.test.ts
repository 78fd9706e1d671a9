import { describe, expect, it } from 'vitest'
import type { Family, Interactor } from '../family.ts'
import {
  type FakeNet,
  factsOf,
  fakeRuntime,
  manifestOf,
  pictureWith,
  tensor,
} from '../testing/fake-runtime.ts'
import type { Prompt } from './prompt-points.ts'
import { sam, sam2 } from './sam.ts'

const SIDE = 64
const prompt = (more: Partial<Prompt>): Prompt => ({
  ...{ positive: [], negative: [], box: null, parameters: {} },
  ...more,
})
const picture = pictureWith({ width: 128, height: 64 }, [0, 0, 32, 64])

const encoder: FakeNet = {
  inputs: { image: [1, 3, SIDE, SIDE] },
  outputs: { image_embeddings: [1, 1, 4, 4] },
  run: () => ({ image_embeddings: tensor([1, 1, 4, 4], new Float32Array(16)) }),
}

/** Every logit is -1, but those of the first columns. */
const columns = (width: number, height: number, set: number): number[] =>
  Array.from({ length: width * height }, (_, i) => (i % width < set ? 1 : -1))

const decoder = (run: FakeNet['run'], more: Partial<FakeNet> = {}): FakeNet => ({
  inputs: {
    image_embeddings: [1, 1, 4, 4],
    point_coords: [1, 'points', 2],
    point_labels: [1, 'points'],
    mask_input: [1, 1, 16, 16],
    has_mask_input: [1],
    orig_im_size: [2],
  },
  outputs: {
    masks: [1, 1, 'h', 'w'],
    iou_predictions: [1, 1],
    low_res_masks: [1, 1, 16, 16],
  },
  run,
  ...more,
})

const whole = () => ({
  masks: tensor([1, 1, 64, 128], columns(128, 64, 40)),
  iou_predictions: tensor([1, 1], [0.75]),
  low_res_masks: tensor([1, 1, 16, 16], columns(16, 16, 5)),
})

interface Opened {
  readonly family?: Family
  readonly first?: FakeNet
  readonly inputs?: Record<string, object>
}

function opened(net: FakeNet, { family = sam, first = encoder, inputs = {} }: Opened = {}) {
  const { runtime, seen } = fakeRuntime({ encoder: first, decoder: net })
  const manifest = manifestOf({ kind: 'interactor', family: family.id, inputs })
  if (family.kind !== 'interactor') throw new Error('no interactor')
  return { model: family.open(manifest, runtime), seen }
}

async function ask(model: Interactor, asked: Partial<Prompt>, memory = null) {
  const embedding = (await model.embed?.(picture)) ?? {}
  return model.interact(picture, embedding, prompt(asked), memory)
}

describe('Segment Anything', () => {
  it('looks at the picture in the upper left of its input, normalised, zeros beside it', async () => {
    const { model, seen } = opened(decoder(whole))
    await model.embed?.(picture)
    const { dims, data } = seen[0]?.feeds.image ?? tensor([], [])
    expect(dims).toEqual([1, 3, SIDE, SIDE])
    expect(data[0]).toBeCloseTo((220 - 123.675) / 58.395, 4)
    expect(data[SIDE * SIDE + 40]).toBeCloseTo((20 - 116.28) / 57.12, 4)
    expect(data[SIDE * 32]).toBe(0)
  })

  it.each([
    [
      'a click, and a point that means nothing',
      { positive: [[100, 30]] as const },
      [50, 15, 0, 0],
      [1, -1],
    ],
    [
      'clicks of both kinds',
      { positive: [[2, 4]] as const, negative: [[6, 8]] as const },
      [1, 2, 3, 4, 0, 0],
      [1, 0, -1],
    ],
    [
      'a box, corners sorted, and nothing more',
      { box: [40, 60, 20, 10] as const },
      [10, 5, 20, 30],
      [2, 3],
    ],
  ])('hears %s', async (_what, asked, coords, labels) => {
    const { model, seen } = opened(decoder(whole))
    await ask(model, asked)
    const { point_coords, point_labels, orig_im_size, has_mask_input } = seen[1]?.feeds ?? {}
    expect([...(point_coords?.data ?? [])]).toEqual(coords)
    expect([...(point_labels?.data ?? [])]).toEqual(labels)
    expect([...(orig_im_size?.data ?? [])]).toEqual([64, 128])
    expect([...(has_mask_input?.data ?? [])]).toEqual([0])
  })

  it('answers the mask, its own score, and goes on from its logits', async () => {
    const { model, seen } = opened(decoder(whole))
    const first = await ask(model, { positive: [[10, 10]] })
    expect(first).toMatchObject({ mask: [0, 40 * 64, 0, 0, 39, 63], score: 0.75 })
    await model.interact(
      picture,
      (await model.embed?.(picture)) ?? {},
      prompt({ positive: [[1, 1]] }),
      first.memory,
    )
    const { mask_input, has_mask_input } = seen.at(-1)?.feeds ?? {}
    expect([...(mask_input?.data ?? [])]).toEqual(columns(16, 16, 5))
    expect([...(has_mask_input?.data ?? [])]).toEqual([1])
  })

  it('takes the best of several masks', async () => {
    const three = () => ({
      masks: tensor(
        [1, 3, 64, 128],
        [10, 20, 30].flatMap((set) => columns(128, 64, set)),
      ),
      iou_predictions: tensor([1, 3], [0.2, 0.9, 0.4]),
      low_res_masks: tensor(
        [1, 3, 16, 16],
        [1, 2, 3].flatMap((set) => columns(16, 16, set)),
      ),
    })
    const { mask, score, memory } = await ask(opened(decoder(three)).model, { positive: [[1, 1]] })
    expect(mask?.slice(-4)).toEqual([0, 0, 19, 63])
    expect(score).toBeCloseTo(0.9, 6)
    expect([...(memory?.mask?.data ?? [])]).toEqual(columns(16, 16, 2))
  })

  it('enlarges what a decoder leaves small, the padding cut off', async () => {
    const net: FakeNet = {
      inputs: { image_embeddings: [1, 1, 4, 4], point_coords: [1, 'n', 2], point_labels: [1, 'n'] },
      outputs: { scores: [1, 1], masks: [1, 1, 16, 16] },
      run: () => ({
        scores: tensor([1, 1], [0.5]),
        masks: tensor([1, 1, 16, 16], columns(16, 16, 4)),
      }),
    }
    const { mask } = await ask(opened(net).model, { positive: [[1, 1]] })
    expect(mask?.slice(-4)).toEqual([0, 0, 31, 63])
  })

  it("lays a mask that CVAT's decoder cut to its box where it says", async () => {
    const cut = () => ({
      masks: tensor([1, 1, 2, 3], [1, 1, 1, 1, 1, 1]),
      iou_predictions: tensor([1, 1], [1]),
      low_res_masks: tensor([1, 1, 16, 16], columns(16, 16, 1)),
      xtl: tensor([], [20]),
      ytl: tensor([], [30]),
    })
    const { mask } = await ask(opened(decoder(cut)).model, { positive: [[1, 1]] })
    expect(mask).toEqual([0, 6, 20, 30, 22, 31])
  })

  it('gives integers where a file wants them, and as many points as it fixes', async () => {
    const { model, seen } = opened(
      decoder(whole, {
        inputs: { ...decoder(whole).inputs, point_coords: [1, 1, 3, 2], point_labels: [1, 1, 3] },
        types: { point_labels: 'int64', orig_im_size: 'int64' },
      }),
    )
    await ask(model, { positive: [[2, 2]] })
    const { point_coords, point_labels, orig_im_size } = seen[1]?.feeds ?? {}
    expect(point_coords?.dims).toEqual([1, 1, 3, 2])
    expect(point_labels?.data).toEqual(BigInt64Array.from([1n, -1n, -1n]))
    expect(orig_im_size?.data).toEqual(BigInt64Array.from([64n, 128n]))
    const many = {
      positive: [
        [1, 1],
        [2, 2],
        [3, 3],
      ] as [number, number][],
    }
    await expect(ask(model, many)).rejects.toMatchObject({ code: 'MODEL_MISFIT' })
  })

  it('gives a graph that normalises by itself the pixels, as large as they are to be', async () => {
    const first: FakeNet = { ...encoder, inputs: { input_image: ['h', 'w', 3] } }
    const inputs = { encoder: { width: SIDE, height: SIDE } }
    const { model, seen } = opened(decoder(whole), { first, inputs })
    await model.embed?.(picture)
    const { dims, data } = seen[0]?.feeds.input_image ?? tensor([], [])
    expect(dims).toEqual([32, 64, 3])
    expect([data[0], data.at(-1)]).toEqual([220, 20])
  })

  it('puts the layers HQ-SAM gives one by one on each other', async () => {
    const layer = (value: number) => tensor([1, 2, 2, 1], [value, value, value, value])
    const first: FakeNet = {
      ...encoder,
      outputs: { out: [1, 1, 4, 4], l1: [1, 2, 2, 1], l2: [1, 2, 2, 1] },
      run: () => ({ out: tensor([1, 1, 4, 4], new Float32Array(16)), l1: layer(1), l2: layer(2) }),
    }
    const inputs = { ...decoder(whole).inputs, interm_embeddings: [2, 1, 2, 2, 1] }
    const { model, seen } = opened(decoder(whole, { inputs }), { first })
    await ask(model, { positive: [[1, 1]] })
    expect(seen[1]?.feeds.interm_embeddings).toEqual(
      tensor([2, 1, 2, 2, 1], [1, 1, 1, 1, 2, 2, 2, 2]),
    )
  })

  it('has nothing to say to nothing', async () => {
    const { model, seen } = opened(decoder(whole))
    expect(await ask(model, {})).toEqual({ mask: null, outline: null, score: null, memory: null })
    expect(seen).toHaveLength(1)
  })

  it.each([
    [
      'a mask of NaN',
      () => ({ ...whole(), masks: tensor([1, 1, 64, 128], columns(128, 64, 0).fill(Number.NaN)) }),
    ],
    ['an overlap of NaN', () => ({ ...whole(), iou_predictions: tensor([1, 1], [Number.NaN]) })],
    ['no mask at all', () => ({ iou_predictions: tensor([1, 1], [1]) })],
    [
      'fewer values than its dims say',
      () => ({ ...whole(), masks: tensor([1, 1, 64, 128], [1, 2]) }),
    ],
    [
      'fewer overlaps than masks',
      () => ({ ...whole(), masks: tensor([1, 2, 64, 128], columns(128, 128, 1)) }),
    ],
  ])('refuses %s', async (_what, run) => {
    const { model } = opened(decoder(run as FakeNet['run']))
    await expect(ask(model, { positive: [[1, 1]] })).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    })
  })

  it.each([
    ['takes no points', decoder(whole, { inputs: { image_embeddings: [1, 1, 4, 4] } })],
    [
      'asks for more than there is',
      decoder(whole, { inputs: { ...decoder(whole).inputs, more: [1], still_more: [1] } }),
    ],
  ])('refuses a decoder that %s', (_what, net) => {
    expect(() => opened(net)).toThrow(expect.objectContaining({ code: 'MODEL_MISFIT' }))
  })
})

describe('Segment Anything 2', () => {
  const first: FakeNet = {
    inputs: { image: [1, 3, SIDE, SIDE] },
    outputs: {
      ...{ high_res_feats_0: [1, 1, 16, 16], high_res_feats_1: [1, 1, 8, 8] },
      image_embed: [1, 1, 4, 4],
    },
    run: () => ({
      high_res_feats_0: tensor([1, 1, 16, 16], new Float32Array(256)),
      high_res_feats_1: tensor([1, 1, 8, 8], new Float32Array(64)),
      image_embed: tensor([1, 1, 4, 4], new Float32Array(16)),
    }),
  }
  const net: FakeNet = {
    inputs: {
      ...{ image_embed: [1, 1, 4, 4], high_res_feats_0: [1, 1, 16, 16] },
      ...{ high_res_feats_1: [1, 1, 8, 8], point_coords: ['l', 'n', 2], point_labels: ['l', 'n'] },
      ...{ mask_input: ['l', 1, 16, 16], has_mask_input: ['l'] },
    },
    outputs: { masks: [1, 1, 16, 16], iou_predictions: [1, 1] },
    run: () => ({
      masks: tensor([1, 1, 16, 16], columns(16, 16, 4)),
      iou_predictions: tensor([1, 1], [0.5]),
    }),
  }

  it('stretches the picture, and its small mask back over all of it', async () => {
    const { model, seen } = opened(net, { family: sam2, first })
    const answer = await ask(model, { positive: [[100, 30]] })
    expect([...(seen[1]?.feeds.point_coords?.data ?? [])]).toEqual([50, 30, 0, 0])
    expect(answer.mask?.slice(-4)).toEqual([0, 0, 31, 63])
    expect([...(answer.memory?.mask?.data ?? [])]).toEqual(columns(16, 16, 4))
  })

  it.each([
    ['SAM', sam, encoder, decoder(whole), [true, false]],
    ['SAM 2', sam2, first, net, [false, true]],
    ['the two the wrong way round', sam, decoder(whole), encoder, [false, false]],
  ] as const)('is told from SAM by its files: %s', (_what, _family, one, other, expected) => {
    const facts = { encoder: factsOf(one), decoder: factsOf(other) }
    expect([sam, sam2].map((family) => family.recognise(facts) !== null)).toEqual(expected)
  })
})
