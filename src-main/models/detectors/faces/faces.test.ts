import { describe, expect, it } from 'vitest'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { scrfd } from './scrfd.ts'
import { yunet } from './yunet.ts'

const picture = { width: 64, height: 64, rgb: new Uint8Array(64 * 64 * 3) }
const landmarks = ['right_eye', 'left_eye', 'nose', 'right_mouth', 'left_mouth'].map((name) => ({
  ...{ name, type: 'points', attributes: [] },
}))

/** Outputs full of nothing, with single numbers set. */
function outputs(
  dims: Record<string, readonly number[]>,
  set: Record<string, Record<number, number>>,
): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(dims).map(([name, sides]) => {
      const data = new Float32Array(sides.reduce((a, b) => a * b, 1))
      for (const [at, value] of Object.entries(set[name] ?? {})) data[Number(at)] = value
      return [name, { type: 'float32', dims: sides, data } as const]
    }),
  )
}

function open(family: Family, given: Record<string, Tensor>, withJoints = false) {
  const facts: ModelFacts = {
    ...{ sizeBytes: 1, opsets: {}, producer: '', metadata: {} },
    inputs: [{ name: 'x', type: 'float32', dims: [1, 3, 64, 64] }],
    outputs: Object.entries(given).map(([name, tensor]) => ({ name, ...tensor })),
  }
  const runtime: ModelRuntime = { facts: () => facts, run: async () => given }
  const label = { name: 'face', type: 'skeleton', attributes: [], sublabels: landmarks, svg: null }
  const manifest = modelManifestSchema.parse({
    ...{ manifest: 1, id: 'f', name: 'F', kind: 'detector', family: family.id, files: {} },
    labels: withJoints ? [label] : [],
  })
  if (family.kind !== 'detector') throw new Error('a detector')
  return { detector: family.open(manifest, runtime), facts }
}

describe('YuNet', () => {
  const dims = Object.fromEntries(
    [8, 16, 32].flatMap((stride) => {
      const cells = (64 / stride) ** 2
      return [
        [`cls_${stride}`, [1, cells, 1]],
        [`obj_${stride}`, [1, cells, 1]],
        [`bbox_${stride}`, [1, cells, 4]],
        [`kps_${stride}`, [1, cells, 10]],
      ] as [string, number[]][]
    }),
  )
  // Stride 16, 4 columns: cell 6 is column 2, row 1.
  const one = outputs(dims, {
    cls_16: { 6: 0.9 },
    obj_16: { 6: 0.9 },
    bbox_16: { 24: 0.5, 25: 0.25, 26: Math.log(2), 27: 0 },
    kps_16: { 60: 0.5, 61: 0.5, 68: 1, 69: 1 },
  })

  it('decodes centre, sides and the mean of both scores', async () => {
    const [face] = await open(yunet, one).detector.detect(picture, {})
    expect(face).toMatchObject({ label: 'face', type: 'rectangle' })
    expect(face?.score).toBeCloseTo(0.9)
    // cx = (2 + 0.5) * 16 = 40, cy = (1 + 0.25) * 16 = 20, sides 32 and 16.
    expect(face?.points.map(Math.round)).toEqual([24, 12, 56, 28])
  })

  it('makes a skeleton of the landmarks where the manifest names them', async () => {
    const [face] = await open(yunet, one, true).detector.detect(picture, {})
    expect(face?.elements.map(({ label, points }) => [label, ...points]).at(0)).toEqual([
      ...['right_eye', 40, 24],
    ])
    expect(face?.elements.at(-1)?.points).toEqual([48, 32])
  })

  it('is known by its names', () => {
    expect(yunet.recognise({ model: open(yunet, one).facts })?.certainty).toBeGreaterThan(0.9)
    expect(scrfd.recognise({ model: open(yunet, one).facts })).toBeNull()
  })
})

describe('SCRFD', () => {
  const dims = Object.fromEntries(
    [1, 4, 10].flatMap((numbers) =>
      [8, 16, 32].map((stride) => [
        `${numbers}_${stride}`,
        [(64 / stride) ** 2 * 2, numbers] as number[],
      ]),
    ),
  )
  // Stride 8, 8 columns, two anchors: row 21 is cell 10, column 2, row 1.
  const one = outputs(dims, {
    '1_8': { 21: 0.8 },
    '4_8': { 84: 1, 85: 0.5, 86: 2, 87: 3 },
    '10_8': { 210: 0.25, 211: -0.5 },
  })

  it('decodes distances from the corner of the cell', async () => {
    const [face] = await open(scrfd, one).detector.detect(picture, {})
    expect(face?.points).toEqual([8, 4, 32, 32])
    const [marked] = await open(scrfd, one, true).detector.detect(picture, {})
    expect(marked?.elements[0]?.points).toEqual([18, 4])
  })

  it('goes back by the ratio of the heights, as its authors do', async () => {
    const wide = { width: 100, height: 67, rgb: new Uint8Array(100 * 67 * 3) }
    const [face] = await open(scrfd, one).detector.detect(wide, {})
    // 64 x 42.88 is cut to 64 x 42.
    expect(face?.points).toEqual([8, 4, 32, 32].map((value) => value / (42 / 67)))
  })

  it('is known by its outputs, and says when they are others', async () => {
    const { facts } = open(scrfd, one)
    expect(scrfd.recognise({ model: facts })?.certainty).toBeGreaterThan(0.8)
    const odd = outputs({ a: [7, 1], b: [7, 4] }, {})
    await expect(open(scrfd, odd).detector.detect(picture, {})).rejects.toMatchObject({
      code: 'MODEL_MISFIT',
    })
  })
})
