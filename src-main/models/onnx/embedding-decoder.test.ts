import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ForeignEmbedding, ModelPack } from '../../core/ports.ts'
import { createInference } from './inference.ts'
import { createOnnxFunctions, type OnnxFunctions } from './onnx-functions.ts'
import { processorOnly } from './testing/processor-only.ts'
import type { TinyModel } from './testing/tiny-onnx.ts'
import { tinyPack } from './testing/tiny-packs.ts'

const MASK_SIDE = 16

let dir: string
let packs: ModelPack[]
let functions: OnnxFunctions
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'embedding-decoder-'))
  packs = []
  const inference = createInference({ embeddingsDir: join(dir, 'embeddings') })
  const source = { list: async () => packs }
  functions = createOnnxFunctions({ packs: source, inference, devices: processorOnly() })
})
afterEach(async () => {
  await functions.close()
  await rm(dir, { recursive: true, force: true })
})

/**
 * With the inputs and outputs of CVAT's decoder: a mask of bytes that is cut to a box, and where that lies. Set is what the
 * embedding's first channel is above 0 at, two by two cells; the logits kept for the next click are those of the click before, and one.
 */
function cvatDecoder(channels = 2): TinyModel {
  const float = (...dims: (number | string)[]) => ({ type: 'float32', dims }) as const
  const whole = (value: number) => ({ type: 'int64', dims: [1], data: [value] }) as const
  return {
    inputs: {
      image_embeddings: float(1, channels, 2, 2),
      point_coords: float(1, 'points', 2),
      point_labels: float(1, 'points'),
      mask_input: float(1, 1, MASK_SIDE, MASK_SIDE),
      has_mask_input: float(1),
      orig_im_size: float(2),
    },
    outputs: {
      masks: { type: 'uint8', dims: [1, 1, 'h', 'w'] },
      iou_predictions: float(1, 1),
      low_res_masks: float(1, 1, MASK_SIDE, MASK_SIDE),
      xtl: { type: 'int64', dims: [1] },
      ytl: { type: 'int64', dims: [1] },
    },
    initializers: {
      ...{ left: whole(3), top: whole(5), from: whole(0), to: whole(1), axis: whole(1) },
      zero: { type: 'float32', dims: [1], data: [0] },
      one: { type: 'float32', dims: [1], data: [1] },
      half: { type: 'float32', dims: [1, 1], data: [0.5] },
    },
    nodes: [
      { op: 'Slice', inputs: ['image_embeddings', 'from', 'to', 'axis'], outputs: ['first'] },
      { op: 'Greater', inputs: ['first', 'zero'], outputs: ['isSet'] },
      { op: 'Cast', inputs: ['isSet'], outputs: ['masks'], attributes: { to: 2 } },
      { op: 'Add', inputs: ['mask_input', 'one'], outputs: ['low_res_masks'] },
      { op: 'Mul', inputs: ['half', 'has_mask_input'], outputs: ['iou_predictions'] },
      { op: 'Identity', inputs: ['left'], outputs: ['xtl'] },
      { op: 'Identity', inputs: ['top'], outputs: ['ytl'] },
    ],
  }
}

const half = (id: string, model = cvatDecoder()) =>
  tinyPack(dir, model, {
    ...{ id, kind: 'interactor', family: 'sam-decoder' },
    files: { decoder: { path: 'model.onnx' } },
  })
const embedding = (...data: number[]): ForeignEmbedding => ({
  ...{ key: `embedding ${data.join(' ')}`, data: Float32Array.from(data) },
  picture: { width: 20, height: 10 },
})
const prompt = { positive: [[4, 6]] as const, negative: [], box: null, previous: null }
const decode = (
  given: ForeignEmbedding,
  { model = null, previous = null }: { model?: string | null; previous?: string | null } = {},
) => functions.decoder.decode(given, { ...prompt, previous }, { model })

const checked = embedding(1, -1, -1, 1, 0, 0, 0, 0)

test("a decoder like CVAT's makes a mask where it says, and goes on from its own answer alone", async () => {
  packs = [await half('a')]
  const first = await decode(checked)
  expect(first).toMatchObject({ mask: [0, 1, 2, 1, 3, 5, 4, 6], score: 0, outline: null })
  expect(await decode(checked, { previous: first?.token ?? '' })).toMatchObject({ score: 0.5 })
  const other = embedding(1, 1, 1, 1, 0, 0, 0, 0)
  expect(await decode(other, { previous: first?.token ?? '' })).toMatchObject({
    ...{ mask: [0, 4, 3, 5, 4, 6], score: 0 },
  })
})

test('the first that takes embeddings of this size, or the one that is named', async () => {
  packs = [await half('two'), await half('three', cvatDecoder(3))]
  expect(await functions.decoder.list()).toEqual(['two', 'three'])
  expect((await decode(embedding(...Array(12).fill(1))))?.mask).toEqual([0, 4, 3, 5, 4, 6])
  expect((await decode(checked, { model: 'two' }))?.mask).toEqual([0, 1, 2, 1, 3, 5, 4, 6])
  expect(await decode(embedding(1, 2, 3))).toBeNull()
  await expect(decode(checked, { model: 'three' })).rejects.toMatchObject({
    ...{ code: 'MODEL_MISFIT', message: expect.stringMatching(/of 12 numbers.*this one has 8/) },
  })
  await expect(decode(checked, { model: 'gone' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what is no decoder, or damaged, is passed over', async () => {
  const problem = { code: 'MODEL_UNREADABLE', message: 'no', remedy: '', retry: 'never' } as const
  const { point_labels: _left, ...inputs } = cvatDecoder().inputs
  packs = [
    { ...(await half('damaged')), problem: problem as unknown as ModelPack['problem'] },
    await half('deaf', { ...cvatDecoder(), inputs }),
    await half('two'),
  ]
  expect(await functions.decoder.list()).toEqual(['two'])
})
