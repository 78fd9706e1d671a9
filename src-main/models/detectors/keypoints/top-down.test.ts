import { describe, expect, it } from 'vitest'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { heatmapPose, simccPose } from './top-down.ts'

const f32 = (dims: number[], set: Record<number, number>): Tensor => {
  const data = new Float32Array(dims.reduce((a, b) => a * b, 1))
  for (const [at, value] of Object.entries(set)) data[Number(at)] = value
  return { type: 'float32', dims, data }
}
const joints = ['nose', 'tail'].map((name) => ({ name, type: 'points', attributes: [] }))
const label = { name: 'cat', type: 'skeleton', attributes: [], sublabels: joints, svg: null }

function open(
  family: Family,
  outputs: Record<string, Tensor>,
  { detector = null as Record<string, Tensor> | null, margin = 1 } = {},
) {
  const net = (name: string, dims: number[], given: Record<string, Tensor>): ModelFacts => ({
    ...{ sizeBytes: 1, opsets: {}, producer: '', metadata: {} },
    inputs: [{ name, type: 'float32', dims }],
    outputs: Object.entries(given).map(([key, tensor]) => ({ name: key, ...tensor })),
  })
  const facts = {
    model: net('x', [1, 3, 64, 48], outputs),
    detector: net('y', [3, 80, 80], detector ?? {}),
  }
  const fed: Float32Array[] = []
  const runtime: ModelRuntime = {
    facts: (role) => facts[role as keyof typeof facts],
    async run(role, { x }) {
      if (x) fed.push((x.data as Float32Array).slice())
      return role === 'detector' ? (detector ?? {}) : outputs
    },
  }
  const file = { path: 'x.onnx' }
  const manifest = modelManifestSchema.parse({
    ...{ manifest: 1, id: 'p', name: 'P', kind: 'detector', family: family.id, labels: [label] },
    files: detector ? { model: file, detector: file } : { model: file },
    options: detector ? { margin, detector: { family: 'torchvision' } } : { margin },
  })
  if (family.kind !== 'detector') throw new Error('a detector')
  return { detector: family.open(manifest, runtime), facts: facts.model, fed }
}

describe('key points by heat maps', () => {
  // Two maps of 16 rows and 12 columns: the first peaks at (3, 5), higher to its right; the second nowhere.
  const maps = { maps: f32([1, 2, 16, 12], { 63: 0.9, 64: 0.4 }) }

  it('puts a joint a quarter of a cell towards the higher neighbour; weak ones are outside', async () => {
    const whole = { width: 48, height: 64, rgb: new Uint8Array(48 * 64 * 3) }
    const [cat] = await open(heatmapPose, maps).detector.detect(whole, {})
    const [nose, tail] = cat?.elements ?? []
    expect(cat).toMatchObject({ label: 'cat', type: 'skeleton' })
    expect(nose).toMatchObject({ label: 'nose', points: [13, 20], outside: false })
    expect(tail?.outside).toBe(true)
  })

  it('sees what the warp of its authors shows, to the pixel', async () => {
    // Of a picture twice as large place 5 of the net is place 10, not the middle between 10 and 11.
    const rgb = new Uint8Array(96 * 128 * 3).map((_, i) => Math.floor(i / 3) % 96)
    const { detector, fed } = open(heatmapPose, maps)
    await detector.detect({ width: 96, height: 128, rgb }, {})
    const row = Array.from(fed[0]?.subarray(40 * 48 + 5, 40 * 48 + 9) ?? [], (value) =>
      Math.round((Number(value) * 0.229 + 0.485) * 255),
    )
    expect(row).toEqual([10, 12, 14, 16])
  })

  it('looks at what another net of the pack finds, at its own aspect', async () => {
    const picture = { width: 200, height: 200, rgb: new Uint8Array(200 * 200 * 3) }
    const found = {
      boxes: f32([1, 4], { 0: 40, 1: 40, 2: 76, 3: 72 }),
      labels: { type: 'int64', dims: [1], data: BigInt64Array.of(1n) } as const,
      scores: f32([1], { 0: 0.75 }),
    }
    const [cat] = await open(heatmapPose, maps, { detector: found }).detector.detect(picture, {})
    // Boxes of an 80 x 80 input are scaled to the picture: 100 … 190 x 100 … 180, made 90 x 120.
    expect(cat?.score).toBeCloseTo(0.75)
    const [x = 0, y = 0] = cat?.elements[0]?.points ?? []
    expect(x).toBeCloseTo(100 + (13 / 48) * 90)
    expect(y).toBeCloseTo(80 + (20 / 64) * 120)
  })

  it('is known by maps of a quarter of its sides', () => {
    expect(heatmapPose.recognise({ model: open(heatmapPose, maps).facts })).toMatchObject({
      classes: 1,
    })
  })

  it('says of maps that are no numbers that they mean nothing', async () => {
    const nan = { maps: { ...maps.maps, data: new Float32Array(384).fill(Number.NaN) } }
    const whole = { width: 48, height: 64, rgb: new Uint8Array(48 * 64 * 3) }
    await expect(open(heatmapPose, nan).detector.detect(whole, {})).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    })
  })
})

describe('key points by SimCC', () => {
  it('reads both axes, two bins a pixel; the score is the lower peak', async () => {
    const outputs = {
      simcc_x: f32([1, 2, 96], { 20: 0.9, 96: 0.1 }),
      simcc_y: f32([1, 2, 128], { 50: 0.6, 130: 0.2 }),
    }
    const whole = { width: 48, height: 64, rgb: new Uint8Array(48 * 64 * 3) }
    const { detector, facts } = open(simccPose, outputs)
    const [cat] = await detector.detect(whole, {})
    expect(cat?.elements[0]).toMatchObject({ points: [10, 25], outside: false })
    expect(cat?.elements[0]?.score).toBeCloseTo(0.6)
    expect(cat?.elements[1]?.outside).toBe(true)
    expect(simccPose.recognise({ model: facts })?.certainty).toBeGreaterThan(0.9)
  })
})
