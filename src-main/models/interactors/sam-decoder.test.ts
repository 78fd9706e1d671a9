import { describe, expect, it, test } from 'vitest'
import { type FakeNet, factsOf, fakeRuntime, manifestOf, tensor } from '../testing/fake-runtime.ts'
import { sam } from './sam.ts'
import { samDecoder } from './sam-decoder.ts'

const net = (inputs: FakeNet['inputs'] = {}, types = {}): FakeNet => ({
  inputs: {
    image_embeddings: [1, 8, 4, 4],
    point_coords: [1, 'points', 2],
    point_labels: [1, 'points'],
    ...inputs,
  },
  outputs: { masks: [1, 1, 'h', 'w'], iou_predictions: [1, 1] },
  types,
  run: () => ({ masks: tensor([1, 1, 16, 32], new Float32Array(512).fill(1)) }),
})

describe('embeddings that are decoded', () => {
  const decodes = (decoder: FakeNet) => {
    if (samDecoder.kind !== 'interactor' || sam.kind !== 'interactor') throw new Error('neither')
    const facts = { decoder: factsOf(decoder) }
    expect(sam.decodes?.(facts)).toEqual(samDecoder.decodes?.(facts))
    expect(samDecoder.recognise(facts) !== null).toBe(samDecoder.decodes?.(facts) !== null)
    return samDecoder.decodes?.(facts)
  }
  it.each<[string, FakeNet, number[] | null]>([
    ['those the file says', net(), [1, 8, 4, 4]],
    [
      "SAM's own where it leaves them open",
      net({ image_embeddings: ['b', 'c', 'h', 'w'] }),
      [1, 256, 64, 64],
    ],
    ['in half precision too', net({}, { image_embeddings: 'float16' }), [1, 8, 4, 4]],
    [
      'none with finer features beside it (HQ-SAM, SAM 2)',
      net({ high_res_feats_0: [1, 32, 8, 8] }),
      null,
    ],
    ['none of other ranks', net({ image_embeddings: [1, 128] }), null],
    ['none of integers', net({}, { image_embeddings: 'int64' }), null],
  ])('%s', (_what, decoder, dims) => {
    expect(decodes(decoder)).toEqual(dims)
  })
  it('none without clicks', () => {
    const { point_labels: _left, ...inputs } = net().inputs
    expect(decodes({ ...net(), inputs })).toBeNull()
  })
})

describe('where clicks come to lie', () => {
  const picture = { width: 32, height: 16, rgb: new Uint8Array() }
  async function click(decoder: FakeNet, inputs = {}) {
    const { runtime, seen } = fakeRuntime({ decoder })
    const manifest = manifestOf({ kind: 'interactor', family: samDecoder.id, inputs })
    if (samDecoder.kind !== 'interactor') throw new Error('no interactor')
    const model = samDecoder.open(manifest, runtime)
    const embedding = model.asEmbedding?.(new Float32Array(128)) ?? {}
    const asked = { positive: [[32, 8]] as const, negative: [], box: null, parameters: {} }
    await model.interact(picture, embedding, asked, null)
    return [...(seen[0]?.feeds.point_coords?.data ?? [])].slice(0, 2)
  }
  it.each<[string, FakeNet, object, number[]]>([
    ['sixteen pixels a cell of the grid', net(), {}, [64, 16]],
    ['four a cell of the mask that goes in', net({ mask_input: [1, 1, 4, 4] }), {}, [16, 4]],
    ['as the manifest says', net(), { encoder: { width: 128, height: 128 } }, [128, 32]],
  ])('%s', async (_what, decoder, inputs, at) => {
    expect(await click(decoder, inputs)).toEqual(at)
  })
})

test('a decoder alone that is no such decoder is refused when it is opened', () => {
  const { runtime } = fakeRuntime({ decoder: net({ high_res_feats_0: [1, 32, 8, 8] }) })
  const manifest = manifestOf({ kind: 'interactor', family: samDecoder.id })
  expect(() => samDecoder.open(manifest, runtime)).toThrow('does not take one embedding')
})
