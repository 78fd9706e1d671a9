import { describe, expect, it } from 'vitest'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import { decodeMask } from '#shared/geometry/mask.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { tensorflow, torchvision, zooRcnn } from './rcnn.ts'

const picture = { width: 40, height: 20, rgb: new Uint8Array(40 * 20 * 3) }
const f32 = (dims: number[], data: number[]): Tensor => ({
  ...{ type: 'float32', dims },
  data: Float32Array.from(data),
})
const i64 = (data: number[]): Tensor => ({
  ...{ type: 'int64', dims: [data.length] },
  data: BigInt64Array.from(data, BigInt),
})
const label = (name: string, joints: string[] = []) => ({
  ...{ name, type: joints.length > 0 ? 'skeleton' : 'any', attributes: [], svg: null },
  sublabels: joints.map((joint) => ({ name: joint, type: 'points', attributes: [] })),
})

function open(
  family: Family,
  outputs: Record<string, Tensor>,
  { manifest = {}, input = [3, 'h', 'w'] as (number | string)[], type = 'float32' } = {},
) {
  const fed: Tensor[] = []
  const facts: ModelFacts = {
    ...{ sizeBytes: 1, opsets: {}, producer: '', metadata: {} },
    inputs: [{ name: 'image', type, dims: input }],
    outputs: Object.entries(outputs).map(([name, tensor]) => ({ name, ...tensor })),
  }
  const runtime: ModelRuntime = {
    facts: () => facts,
    async run(_role, { image }) {
      if (image) fed.push({ ...image, data: image.data.slice() })
      return outputs
    },
  }
  const given = modelManifestSchema.parse({
    ...{ manifest: 1, id: 'r', name: 'R', kind: 'detector', family: family.id, files: {} },
    ...manifest,
  })
  if (family.kind !== 'detector') throw new Error('a detector')
  return { detector: family.open(given, runtime), fed, facts }
}

const three = {
  boxes: f32([3, 4], [0, 0, 10, 10, 5, 5, 50, 30, 1, 1, 2, 2]),
  labels: i64([1, 2, 9]),
  scores: f32([3], [0.6, 0.9, 0.1]),
}

describe('torchvision', () => {
  it('gives final boxes, best first, clipped, above the threshold; the first label is class 1', async () => {
    const { detector, fed } = open(torchvision, three, { manifest: { labels: [label('cat')] } })
    const found = await detector.detect(picture, {})
    expect(found.map((one) => [one.label, one.points])).toEqual([
      ['class_2', [5, 5, 40, 20]],
      ['cat', [0, 0, 10, 10]],
    ])
    expect(fed[0]?.dims).toEqual([3, 20, 40])
  })

  it('tells outputs apart by what they are, whatever their names and order', async () => {
    const { boxes, labels, scores } = three
    const { detector, facts } = open(torchvision, { '6379': boxes, '6383': scores, '6381': labels })
    expect(await detector.detect(picture, {})).toHaveLength(2)
    expect(torchvision.recognise({ model: facts })).toMatchObject({ missing: ['labels'] })
  })

  it('sees 4K as it is, and smaller where there are masks of it', async () => {
    const wide = { width: 3840, height: 16, rgb: new Uint8Array(3840 * 16 * 3) }
    const plain = open(torchvision, three)
    await plain.detector.detect(wide, {})
    expect(plain.fed[0]?.dims).toEqual([3, 16, 3840])
    const masked = open(torchvision, { ...three, masks: f32([3, 1, 8, 2048], []) })
    await masked.detector.detect(wide, { threshold: 1 }).catch(() => null)
    expect(masked.fed[0]?.dims).toEqual([3, 8, 2048])
  })

  it('takes masks of the whole picture', async () => {
    const mask = Array.from({ length: 800 }, (_, i) => (i % 40 < 4 && i < 80 ? 0.9 : 0.1))
    const outputs = {
      ...{ boxes: f32([1, 4], [0, 0, 4, 2]), labels: i64([1]), scores: f32([1], [0.8]) },
      masks: f32([1, 1, 20, 40], mask),
    }
    const [one] = await open(torchvision, outputs).detector.detect(picture, {})
    expect(one?.type).toBe('mask')
    expect(decodeMask(one?.points ?? [])).toMatchObject({ left: 0, top: 0, width: 4, height: 2 })
  })

  it('makes skeletons of key points where the manifest names joints', async () => {
    const outputs = {
      ...{ boxes: f32([1, 4], [0, 0, 4, 2]), labels: i64([1]), scores: f32([1], [0.8]) },
      keypoints: f32([1, 2, 3], [3, 4, 1, 7, 8, 0]),
    }
    const manifest = { labels: [label('person', ['nose', 'tail'])] }
    const [one] = await open(torchvision, outputs, { manifest }).detector.detect(picture, {})
    expect(one).toMatchObject({ type: 'skeleton', label: 'person' })
    expect(one?.elements.map((joint) => [joint.label, joint.points, joint.outside])).toEqual([
      ['nose', [3, 4], false],
      ['tail', [7, 8], true],
    ])
  })

  it('scales back where the file fixes the size, and shares of the sides', async () => {
    const fixed = { ...three, boxes: f32([3, 4], [0, 0, 20, 10, 0, 0, 80, 80, 0, 0, 1, 1]) }
    const { detector } = open(torchvision, fixed, { input: [1, 3, 80, 80] })
    expect((await detector.detect(picture, {})).map((one) => one.points)).toEqual([
      [0, 0, 40, 20],
      [0, 0, 10, 2.5],
    ])
    const shares = { ...three, boxes: f32([3, 4], [0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1, 0, 0, 1, 1]) }
    const found = await open(torchvision, shares).detector.detect(picture, {})
    expect(found[0]?.points).toEqual([20, 10, 40, 20])
  })

  it('finds nothing in nothing, and says so of what means nothing', async () => {
    const none = { boxes: f32([0, 4], []), labels: i64([]), scores: f32([0], []) }
    expect(await open(torchvision, none).detector.detect(picture, {})).toEqual([])
    const nan = { ...three, scores: f32([3], [Number.NaN, Number.NaN, Number.NaN]) }
    await expect(open(torchvision, nan).detector.detect(picture, {})).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    })
    const odd = {
      boxes: f32(
        [3, 5],
        Array.from({ length: 15 }, () => 0),
      ),
      other: three.scores,
    }
    await expect(open(torchvision, odd).detector.detect(picture, {})).rejects.toMatchObject({
      code: 'MODEL_MISFIT',
    })
    const short = { ...three, scores: f32([1], [0.5]) }
    await expect(open(torchvision, short).detector.detect(picture, {})).rejects.toMatchObject({
      code: 'MODEL_MISFIT',
    })
  })
})

describe('the ONNX model zoo', () => {
  it('feeds BGR minus means, short side 800, padded; pastes masks of 28 x 28 into boxes', async () => {
    const outputs = {
      ...{ '6379': f32([1, 4], [0, 0, 480, 480]), '6381': i64([1]), '6383': f32([1], [0.8]) },
      '6887': f32(
        [1, 1, 28, 28],
        Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 1 : 0)),
      ),
    }
    const { detector, fed, facts } = open(zooRcnn, outputs)
    const [one] = await detector.detect(picture, {})
    expect(fed[0]?.dims).toEqual([3, 800, 1600])
    expect(fed[0]?.data[0]).toBeCloseTo(-102.9801)
    const { left, top, width } = decodeMask(one?.points ?? [])
    expect([left, top]).toEqual([0, 0])
    expect(width).toBe(6)
    expect(zooRcnn.recognise({ model: facts })?.certainty).toBeGreaterThan(0.8)
    expect(zooRcnn.recognise({ model: open(torchvision, three).facts })).toBeNull()
  })
})

describe('a mask of a box', () => {
  it('is not squeezed into what the picture has of the box', async () => {
    // The right half of a box from 20 to 60 on a picture 40 wide: columns 40 and on are nowhere.
    const mask = Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 0 : 1))
    const outputs = {
      ...{ '6379': f32([2, 4], [800, 0, 2400, 800, -400, 0, 800, 800]), '6381': i64([1, 1]) },
      ...{ '6383': f32([2], [0.9, 0.8]), '6887': f32([2, 1, 28, 28], [...mask, ...mask]) },
    }
    const found = await open(zooRcnn, outputs).detector.detect(picture, {})
    expect(found).toHaveLength(1)
    const { left, width } = decodeMask(found[0]?.points ?? [])
    // From -10 to 20: its right half begins at 5.
    expect(Math.abs(left - 5)).toBeLessThanOrEqual(1)
    expect(left + width).toBe(21)
  })
})

describe('the sides of a picture', () => {
  it('are cut to whole pixels, and padding is padding', async () => {
    const { detector, fed } = open(zooRcnn, { ...three })
    await detector.detect({ width: 427, height: 641, rgb: new Uint8Array(427 * 641 * 3) }, {})
    // 641 * 800 / 427 is 1200.9: 1200 rows of picture, 16 of zeros.
    expect(fed[0]?.dims).toEqual([3, 1216, 800])
    const rows = [1199, 1200].map((row) => fed[0]?.data[row * 800])
    expect(rows).toEqual([expect.closeTo(-102.9801), 0])
  })
})

describe('a mask of a box that ends where the picture does', () => {
  it('is as many pixels high as NumPy in half the digits makes it', async () => {
    const square = { width: 720, height: 720, rgb: new Uint8Array(720 * 720 * 3) }
    const grid = Array.from({ length: 784 }, (_, i) => (i < 28 * 27 ? 1 : 0))
    const outputs = {
      ...{ '6379': f32([1, 4], [0, 0, 800, 800]), '6381': i64([1]), '6383': f32([1], [0.9]) },
      '6887': f32([1, 1, 28, 28], grid),
    }
    // 800 / 1.1111112 is 719.99994. Of 720 rows OpenCV leaves 694 above the last row of the mask; of 721 it would be 695.
    const [one] = await open(zooRcnn, outputs).detector.detect(square, {})
    expect(decodeMask(one?.points ?? []).height).toBe(694)
  })
})

describe('TensorFlow', () => {
  it('reads y x y x in shares, classes that are floats, and feeds pixels as they are', async () => {
    const outputs = {
      'detection_boxes:0': f32([1, 2, 4], [0, 0, 0.5, 1, 0, 0, 1, 1]),
      'detection_classes:0': f32([1, 2], [3, 1]),
      'detection_scores:0': f32([1, 2], [0.9, 0.2]),
      'num_detections:0': f32([1], [2]),
    }
    const given = { input: [1, 'h', 'w', 3], type: 'uint8' }
    const { detector, fed, facts } = open(tensorflow, outputs, given)
    const found = await detector.detect(picture, {})
    expect(found.map((one) => [one.label, one.points])).toEqual([['class_3', [0, 0, 40, 10]]])
    expect(fed[0]).toMatchObject({ type: 'uint8', dims: [1, 20, 40, 3] })
    expect(tensorflow.recognise({ model: facts })?.certainty).toBeGreaterThan(0.9)
  })
})
