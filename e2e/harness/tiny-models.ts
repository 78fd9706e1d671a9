import { type TinyModel, tinyModel } from '#main/models/onnx/testing/tiny-onnx.ts'

const SIDE = 32
/** Of strides 8, 16 and 32. */
const CELLS = 21

/**
 * A net laid out as a YOLOv8 of two classes that nobody named. On every picture it finds one thing of the first class, at 90 %, in the
 * middle: of 640 x 480 pixels the box [160, 80, 480, 400].
 */
export function tinyYolo(more: Partial<TinyModel> = {}): Uint8Array<ArrayBuffer> {
  const rows = new Float32Array(6 * CELLS)
  const box = [SIDE / 2, SIDE / 2, SIDE / 2, SIDE / 2, 0.9, 0]
  for (const [row, value] of box.entries()) rows[row * CELLS + 7] = value
  return tinyModel({
    inputs: { images: { type: 'float32', dims: [1, 3, SIDE, SIDE] } },
    outputs: { output0: { type: 'float32', dims: [1, 6, CELLS] } },
    initializers: {
      rows: { type: 'float32', dims: [1, 6, CELLS], data: rows },
      none: { type: 'float32', dims: [1], data: [0] },
    },
    nodes: [
      { op: 'ReduceSum', inputs: ['images'], outputs: ['sum'], attributes: { keepdims: 0 } },
      { op: 'Mul', inputs: ['sum', 'none'], outputs: ['nothing'] },
      { op: 'Add', inputs: ['rows', 'nothing'], outputs: ['output0'] },
    ],
    ...more,
  })
}

/** A net no family knows. */
export function strangeNet(): Uint8Array<ArrayBuffer> {
  return tinyModel({
    inputs: { x: { type: 'float32', dims: [7] } },
    outputs: { y: { type: 'float32', dims: [7] } },
    nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['y'] }],
  })
}
