import { expect, it } from 'vitest'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { attributed } from './attributed.ts'

const f32 = (dims: number[], data: number[]): Tensor => ({
  ...{ type: 'float32', dims },
  data: Float32Array.from(data),
})
const net = (dims: number[], outputs: Record<string, Tensor>): ModelFacts => ({
  ...{ sizeBytes: 1, opsets: {}, producer: '', metadata: {} },
  inputs: [{ name: 'x', type: 'float32', dims }],
  outputs: Object.entries(outputs).map(([name, tensor]) => ({ name, ...tensor })),
})
const faces = {
  boxes: f32([1, 4], [10, 10, 30, 30]),
  labels: { type: 'int64', dims: [1], data: BigInt64Array.of(1n) } as const,
  scores: f32([1], [0.9]),
}
const picture = { width: 100, height: 50, rgb: new Uint8Array(100 * 50 * 3).fill(7) }

function open(look: Record<string, Tensor>, attributes: object[], role = 'look') {
  const facts: Record<string, ModelFacts> = {
    detector: net([3, 50, 100], faces),
    look: net([1, 3, 8, 8], look),
  }
  const seen: Tensor[] = []
  const runtime: ModelRuntime = {
    facts: (role) => facts[role] as ModelFacts,
    async run(role, { x }) {
      if (role === 'look' && x) seen.push(x)
      return role === 'detector' ? faces : look
    },
  }
  const file = { path: 'x.onnx' }
  const manifest = modelManifestSchema.parse({
    ...{ manifest: 1, id: 'f', name: 'F', kind: 'detector', family: 'attributed-boxes' },
    files: { detector: file, look: file },
    options: {
      detector: { family: 'torchvision', labels: ['face'] },
      nets: [{ role, attributes }],
    },
  })
  if (attributed.kind !== 'detector') throw new Error('a detector')
  return { detector: attributed.open(manifest, runtime), seen }
}

it('reads numbers and choices of each box from the nets that look closer', async () => {
  const { detector, seen } = open(
    { age: f32([1, 1, 1, 1], [0.314]), gender: f32([1, 2], [0.2, 0.8]) },
    [
      { name: 'age', output: 'age', scale: 100 },
      { name: 'gender', output: 'gender', values: ['female', 'male'] },
    ],
  )
  expect(await detector.detect(picture, {})).toMatchObject([
    {
      ...{ label: 'face', points: [10, 10, 30, 30] },
      attributes: [
        { name: 'age', value: '31' },
        { name: 'gender', value: 'male' },
      ],
    },
  ])
  expect(seen[0]?.dims).toEqual([1, 3, 8, 8])
})

it('leaves an attribute out that is no number, and says when manifest and nets do not go together', async () => {
  const nan = open({ age: f32([1], [Number.NaN]) }, [{ name: 'age' }])
  expect((await nan.detector.detect(picture, {}))[0]?.attributes).toEqual([])
  const few = open({ gender: f32([1], [1]) }, [{ name: 'gender', values: ['a', 'b'] }])
  await expect(few.detector.detect(picture, {})).rejects.toMatchObject({ code: 'MODEL_MISFIT' })
  expect(() => open({}, [{ name: 'age' }], 'other')).toThrow('no file for "other"')
})
