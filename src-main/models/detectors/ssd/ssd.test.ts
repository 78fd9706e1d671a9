import { describe, expect, it } from 'vitest'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { detectionOutput, ssdScores } from './ssd.ts'

const picture = { width: 100, height: 50, rgb: new Uint8Array(100 * 50 * 3) }
const f32 = (dims: number[], data: number[]): Tensor => ({
  ...{ type: 'float32', dims },
  data: Float32Array.from(data),
})

function open(family: Family, outputs: Record<string, Tensor>, labels: string[] = []) {
  const facts: ModelFacts = {
    ...{ sizeBytes: 1, opsets: {}, producer: '', metadata: {} },
    inputs: [{ name: 'x', type: 'float32', dims: [1, 3, 240, 320] }],
    outputs: Object.entries(outputs).map(([name, tensor]) => ({ name, ...tensor })),
  }
  const runtime: ModelRuntime = { facts: () => facts, run: async () => outputs }
  const manifest = modelManifestSchema.parse({
    ...{ manifest: 1, id: 's', name: 'S', kind: 'detector', family: family.id, files: {} },
    labels: labels.map((name) => ({
      ...{ name, type: 'any', attributes: [], sublabels: [], svg: null },
    })),
  })
  if (family.kind !== 'detector') throw new Error('a detector')
  return { detector: family.open(manifest, runtime), facts }
}

describe('scores and boxes', () => {
  const outputs = {
    scores: f32([1, 3, 3], [0.1, 0.8, 0.1, 0.1, 0.7, 0.2, 0.05, 0.05, 0.9]),
    boxes: f32([1, 3, 4], [0, 0, 0.5, 0.5, 0, 0, 0.5, 0.52, 0.5, 0.5, 1.2, 1]),
  }

  it('leaves the background out, suppresses by class, scales shares to the picture', async () => {
    const found = await open(ssdScores, outputs, ['cat', 'dog']).detector.detect(picture, {})
    expect(found.map(({ label, points }) => [label, ...points.map(Math.round)])).toEqual([
      ['dog', 50, 25, 100, 50],
      ['cat', 0, 0, 50, 25],
    ])
  })

  it('begins with class 0 where the manifest names the background', async () => {
    const names = ['BACKGROUND', 'cat', 'dog']
    const found = await open(ssdScores, outputs, names).detector.detect(picture, {})
    expect(found.map(({ label }) => label)).toEqual(['dog', 'cat'])
  })

  it('is known by two tables of as many rows', () => {
    expect(ssdScores.recognise({ model: open(ssdScores, outputs).facts })).toMatchObject({
      classes: 2,
    })
    const other = { ...outputs, scores: f32([1, 2, 3], [0, 0, 0, 0, 0, 0]) }
    expect(ssdScores.recognise({ model: open(ssdScores, other).facts })).toBeNull()
  })
})

describe('DetectionOutput', () => {
  it('reads rows until the end of the list', async () => {
    const rows = f32(
      [1, 1, 4, 7],
      [
        ...[0, 2, 0.9, 0.1, 0.2, 0.3, 0.4],
        ...[0, 1, 0.2, 0, 0, 1, 1],
        ...[-1, 0, 0, 0, 0, 0, 0],
        ...[0, 1, 0.99, 0, 0, 1, 1],
      ],
    )
    const found = await open(detectionOutput, { out: rows }, ['a', 'b']).detector.detect(
      picture,
      {},
    )
    expect(found.map(({ label, points }) => [label, ...points.map(Math.round)])).toEqual([
      ['b', 10, 10, 30, 20],
    ])
  })

  it('says of scores that are none that they mean nothing', async () => {
    const rows = f32([1, 1, 1, 7], [0, 1, Number.NaN, 0, 0, 1, 1])
    await expect(
      open(detectionOutput, { out: rows }).detector.detect(picture, {}),
    ).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' })
  })
})
