import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { fromFloat16 } from '../float16.ts'
import { looped } from './looped.ts'
import { type TinyModel, tinyModel } from './tiny-onnx.ts'

/** @returns its output `y` */
async function run(model: TinyModel, feeds: Record<string, Tensor>): Promise<Tensor> {
  const session = await InferenceSession.create(tinyModel(model))
  const { y } = await session.run(feeds)
  if (!y) throw new Error('no y')
  return y
}

describe('a tiny model', () => {
  it('is one to ONNX Runtime: weights, attributes, named dims', async () => {
    const model: TinyModel = {
      inputs: { x: { type: 'float32', dims: ['rows', 2] } },
      outputs: { y: { type: 'float32', dims: [2, 'rows'] } },
      initializers: { weights: { type: 'float32', dims: [2], data: [0.5, -2] } },
      nodes: [
        { op: 'Mul', inputs: ['x', 'weights'], outputs: ['scaled'] },
        {
          op: 'LeakyRelu',
          inputs: ['scaled'],
          outputs: ['bent'],
          attributes: { alpha: { float: 0.25 } },
        },
        {
          op: 'Transpose',
          inputs: ['bent'],
          outputs: ['y'],
          attributes: { perm: [1, 0] },
        },
      ],
    }
    const x = new Tensor('float32', [2, 2, 4, -8], [2, 2])
    const y = await run(model, { x })
    expect(y.dims).toEqual([2, 2])
    expect([...(y.data as Float32Array)]).toEqual([1, 2, -1, 16])
  })

  it.each([
    ['float32', [1.5, -2]],
    ['float64', [1.5, -2]],
    ['int32', [7, -7]],
    ['int64', [7n, -7n]],
    ['uint8', [7, 250]],
    ['int8', [7, -7]],
    ['bool', [1, 0]],
  ] as const)('carries %s', async (type, data) => {
    const y = await run(
      {
        inputs: {},
        outputs: { y: { type, dims: [2] } },
        nodes: [
          { op: 'Constant', outputs: ['y'], attributes: { value: { type, dims: [2], data } } },
        ],
      },
      {},
    )
    expect([...(y.data as Int32Array)]).toEqual([...data])
  })

  it('carries half precision', async () => {
    const value = { type: 'float16', dims: [3], data: [1.5, -2, 65504] } as const
    const y = await run(
      {
        inputs: {},
        outputs: { y: { type: 'float16', dims: [3] } },
        nodes: [{ op: 'Constant', outputs: ['y'], attributes: { value } }],
      },
      {},
    )
    expect([...fromFloat16(y.data as Uint16Array)]).toEqual([1.5, -2, 65504])
  })

  it('has loops: a graph within', async () => {
    const y = await run(looped(1000), {})
    expect(Number(y.data[0])).toBe(1000)
  })
})
