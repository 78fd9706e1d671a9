import { describe, expect, it } from 'vitest'
import type { Reid } from '../family.ts'
import {
  type FakeNet,
  factsOf,
  fakeRuntime,
  manifestOf,
  pictureWith,
  tensor,
} from '../testing/fake-runtime.ts'
import { reidEmbedding } from './reid-embedding.ts'

const picture = pictureWith({ width: 40, height: 30 }, [10, 5, 30, 25], { ground: 0, object: 200 })

/** A vector of a crop: its mean, and one. */
const net = (dims: readonly (number | string)[], name = 'crops'): FakeNet => ({
  inputs: { [name]: dims },
  outputs: { embeddings: [dims[0] ?? 1, 2] },
  run(feeds) {
    const { dims: given, data } = feeds[name] ?? tensor([], [])
    const [count = 0] = given
    const each = data.length / count
    const mean = (at: number) =>
      (data.subarray(at * each, (at + 1) * each) as Float32Array).reduce((sum, v) => sum + v, 0) /
      each
    return {
      embeddings: tensor(
        [count, 2],
        Array.from({ length: count }, (_, at) => [mean(at), 1]).flat(),
      ),
    }
  },
})

function opened(model: FakeNet, more: Record<string, unknown> = {}) {
  const { runtime, seen } = fakeRuntime({ model })
  if (reidEmbedding.kind !== 'reid') throw new Error('no reid')
  const manifest = manifestOf({ kind: 'reid', family: reidEmbedding.id, ...more })
  return { reid: reidEmbedding.open(manifest, runtime) as Reid, seen }
}

const plain = { inputs: { model: { scale: 1 } } }

describe('vectors of crops', () => {
  it('are as long as one', async () => {
    const { reid } = opened(net(['n', 3, 8, 8]), plain)
    const [vector] = await reid.embed(picture, [[10, 5, 30, 25]])
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 6)
    expect((vector?.[0] ?? 0) / (vector?.[1] ?? 1)).toBeCloseTo(200, 3)
  })

  it.each([
    ['as many as there are at once', ['n', 3, 8, 8], 5, [5]],
    ['one by one', [1, 3, 8, 8], 3, [1, 1, 1]],
    ['in a fixed batch, the last one filled up', [4, 3, 8, 8], 5, [4, 4]],
    ['no more than fit', ['n', 3, 8, 8], 40, [32, 8]],
  ] as const)('are made %s', async (_how, dims, count, runs) => {
    const { reid, seen } = opened(net(dims), plain)
    const boxes = Array.from({ length: count }, (_, i) => [i % 5, 0, 20, 20])
    expect(await reid.embed(picture, boxes)).toHaveLength(count)
    expect(seen.map(({ feeds }) => feeds.crops?.dims[0])).toEqual(runs)
  })

  it('see the box alone, or a little more when it grows, padded beside the picture', async () => {
    const feed = async (options: object, box: number[]) => {
      const inputs = { model: { scale: 1, pad: 114 } }
      const { reid, seen } = opened(net(['n', 3, 4, 4]), { inputs, options })
      await reid.embed(picture, [box])
      return [...(seen[0]?.feeds.crops?.data.subarray(0, 16) ?? [])]
    }
    expect(await feed({}, [10, 5, 30, 25])).toEqual(new Array(16).fill(200))
    expect((await feed({ grow: 0.5 }, [12, 7, 28, 23]))[0]).toBe(0)
    expect((await feed({ grow: 0.5 }, [0, 0, 20, 20]))[0]).toBe(114)
    expect(await feed({}, [-8, -8, 4, 4])).toEqual(new Array(16).fill(0))
  })

  it.each([
    ['ImageNet where nothing is said', {}, (200 / 255 - 0.485) / 0.229],
    ["OpenVINO's colours as they are", { color: 'bgr' }, 200],
    ['what a manifest says', { scale: 1 / 255 }, 200 / 255],
  ] as const)('read pixels by %s', async (_what, model, expected) => {
    const { reid, seen } = opened(net([1, 3, 8, 8]), { inputs: { model } })
    await reid.embed(picture, [[12, 7, 28, 23]])
    expect(seen[0]?.feeds.crops?.data[0]).toBeCloseTo(expected, 5)
  })

  it.each([
    ['NaN', Number.NaN],
    ['nothing but zeros', 0],
  ])('are refused when they are %s', async (_what, value) => {
    const broken: FakeNet = {
      ...net([1, 3, 8, 8]),
      run: () => ({ embeddings: tensor([1, 2], [value, value]) }),
    }
    const asked = opened(broken).reid.embed(picture, [[0, 0, 9, 9]])
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' })
  })

  it('are refused when they are of no number of crops', async () => {
    const broken: FakeNet = {
      ...net(['n', 3, 8, 8]),
      run: () => ({ embeddings: tensor([3], [1, 2, 3]) }),
    }
    const boxes = [
      [0, 0, 9, 9],
      [1, 1, 9, 9],
    ]
    await expect(opened(broken).reid.embed(picture, boxes)).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    })
  })
})

it.each([
  ['a person, twice as high as wide', net([1, 3, 256, 128], 'input'), true],
  ['something that says so', net(['n', 3, 64, 64]), true],
  ['a classifier', { ...net([1, 3, 224, 224], 'images'), outputs: { output0: [1, 1000] } }, false],
  [
    'a detector',
    { ...net([1, 3, 320, 320], 'images'), outputs: { output0: [1, 10, 2100] } },
    false,
  ],
] as const)('a bare file: %s', (_what, model, expected) => {
  expect(reidEmbedding.recognise({ model: factsOf(model) }) !== null).toBe(expected)
})
