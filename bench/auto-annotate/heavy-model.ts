import type { TinyModel, TinyNode, TinyTensor } from '#main/models/onnx/testing/tiny-onnx.ts'
import type { ModelManifestInput } from '#shared/domain/model-manifest.ts'

/** Pixels of a side of its input. */
export const HEAVY_SIDE = 640
const CHANNELS = 48
/** Convolutions at a quarter of the side: each 1 GFLOP. */
const DEPTH = 14

/**
 * A detector that weighs as much as real ones (14 GFLOP, between YOLOv8 n and s) and finds the same box on every picture:
 * convolutions whose outcome is added to a table as nothing.
 */
export function heavyModel(): TinyModel {
  const initializers: Record<string, TinyTensor> = {
    first: weights([CHANNELS, 3, 3, 3]),
    table: { type: 'float32', dims: [1, 5, 1], data: [320, 320, 200, 100, 0.9] },
    nothing: { type: 'float32', dims: [1], data: [0] },
  }
  const nodes: TinyNode[] = [conv('images', 'first', 'step0', 4)]
  for (let at = 0; at < DEPTH; at += 1) {
    initializers[`weights${at}`] = weights([CHANNELS, CHANNELS, 3, 3])
    nodes.push(conv(`step${at}`, `weights${at}`, `step${at + 1}`, 1))
  }
  nodes.push(
    { op: 'ReduceMean', inputs: [`step${DEPTH}`], outputs: ['mean'], attributes: { keepdims: 0 } },
    { op: 'Mul', inputs: ['mean', 'nothing'], outputs: ['noChange'] },
    { op: 'Add', inputs: ['table', 'noChange'], outputs: ['output0'] },
  )
  return {
    inputs: { images: { type: 'float32', dims: [1, 3, HEAVY_SIDE, HEAVY_SIDE] } },
    outputs: { output0: { type: 'float32', dims: [1, 5, 1] } },
    ...{ initializers, nodes },
  }
}

export const heavyManifest: Pick<ModelManifestInput, 'id' | 'kind' | 'family'> &
  Partial<ModelManifestInput> = {
  ...{ id: 'heavy', kind: 'detector', family: 'yolov8' },
  labels: [{ name: 'disc', type: 'rectangle', attributes: [], sublabels: [], svg: null }],
}

function conv(input: string, kernel: string, output: string, stride: number): TinyNode {
  return {
    ...{ op: 'Conv', inputs: [input, kernel], outputs: [output] },
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [stride, stride] },
  }
}

/** Small, so that nothing grows without bounds on its way. */
function weights(dims: readonly number[]): TinyTensor {
  const count = dims.reduce((a, b) => a * b)
  const data = Float32Array.from({ length: count }, (_, at) => 0.02 * Math.sin(at * 12.9898))
  return { type: 'float32', dims, data }
}
