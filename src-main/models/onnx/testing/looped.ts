import type { TinyModel } from './tiny-onnx.ts'

/**
 * A model that counts to `rounds`, about a million in a second or two: one that takes as long as a test wants.
 * @returns a model without inputs; `y` is int64 [1]
 */
export function looped(rounds: number): TinyModel {
  const one = { type: 'int64', dims: [1] } as const
  const flag = { type: 'bool', dims: [] } as const
  return {
    inputs: {},
    outputs: { y: one },
    initializers: {
      rounds: { type: 'int64', dims: [], data: [rounds] },
      go: { ...flag, data: [1] },
      zero: { ...one, data: [0] },
    },
    nodes: [
      {
        op: 'Loop',
        inputs: ['rounds', 'go', 'zero'],
        outputs: ['y'],
        attributes: {
          body: {
            graph: {
              inputs: { round: { type: 'int64', dims: [] }, stillGo: flag, sum: one },
              outputs: { goOn: flag, more: one },
              initializers: { step: { ...one, data: [1] } },
              nodes: [
                { op: 'Identity', inputs: ['stillGo'], outputs: ['goOn'] },
                { op: 'Add', inputs: ['sum', 'step'], outputs: ['more'] },
              ],
            },
          },
        },
      },
    ],
  }
}
