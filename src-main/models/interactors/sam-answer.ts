import type { Embedding, Tensor } from '../family.ts'
import { invalid, outputOf, requireFinite } from '../tensors/feeds.ts'
import type { Grid } from '../tensors/grid-mask.ts'
import { maskOfInput, maskOfPicture, maskOfPlane, type Size } from './plane-mask.ts'
import { samOutputs } from './sam-names.ts'

export interface AnswerFrame {
  readonly picture: Size
  readonly input: Size
  /** The part of the input the picture takes. */
  readonly placed: Size
  readonly isStretched: boolean
  /** What the decoder takes as a previous mask; null: it takes none. */
  readonly memoryDims: readonly number[] | null
}

interface Planes {
  readonly grids: readonly Grid[]
  readonly what: string
}

/**
 * The best of a decoder's masks, by the overlap it predicts. Logits: what is above 0 belongs to the object.
 * @throws MODEL_OUTPUT_INVALID
 */
export function readAnswer(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  frame: AnswerFrame,
): { mask: number[] | null; outline: null; score: number | null; memory: Embedding | null } {
  const masks = planesOf(id, outputs, samOutputs.masks)
  const low = samOutputs.low.some((name) => outputs[name])
    ? planesOf(id, outputs, samOutputs.low)
    : null
  const { best, score } = bestOf(id, outputs, masks.grids.length)
  const plane = planeAt(id, masks, best)
  const coarse = low && planeAt(id, low, low.grids.length === masks.grids.length ? best : 0)
  return {
    mask: maskFrom(id, outputs, plane, coarse ?? plane, frame),
    outline: null,
    score,
    memory: memoryOf([coarse, plane], frame.memoryDims),
  }
}

function maskFrom(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  plane: Grid,
  coarse: Grid,
  { picture, input, placed, isStretched }: AnswerFrame,
): number[] | null {
  const corner = cornerOf(id, outputs)
  if (corner) return maskOfPlane(plane, corner, picture, 0)
  if (plane.width === picture.width && plane.height === picture.height)
    return maskOfPlane(plane, { left: 0, top: 0 }, picture, 0)
  if (isStretched) return maskOfPicture(coarse, picture, 0)
  return maskOfInput(coarse, { input, placed, picture }, 0)
}

function planesOf(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  names: readonly string[],
): Planes {
  const { dims, data } = outputOf(id, outputs, names)
  const [height, width] = [dims.at(-2) ?? 0, dims.at(-1) ?? 0]
  if (dims.length < 2 || width * height === 0)
    throw invalid(id, `${names[0]} has dims [${dims.join(', ')}]`)
  const count = data.length / (width * height)
  const grids = Array.from({ length: count }, (_, at) => ({
    width,
    height,
    data,
    offset: at * width * height,
  }))
  return { grids, what: names[0] ?? 'masks' }
}

function planeAt(id: string, { grids, what }: Planes, at: number): Grid {
  const grid = grids[at]
  if (!grid) throw invalid(id, `${what} has no mask ${at}`)
  requireFinite(id, what, grid.data, grid.offset, grid.width * grid.height)
  return grid
}

function bestOf(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  count: number,
): { best: number; score: number | null } {
  if (!samOutputs.iou.some((name) => outputs[name])) return { best: 0, score: null }
  const { data } = outputOf(id, outputs, samOutputs.iou)
  if (data.length < count)
    throw invalid(id, `it predicts ${data.length} overlaps of ${count} masks`)
  requireFinite(id, 'the predicted overlap', data, 0, count)
  let best = 0
  for (let i = 1; i < count; i++) if ((data[i] ?? 0) > (data[best] ?? 0)) best = i
  return { best, score: Math.max(0, Math.min(1, data[best] ?? 0)) }
}

/** CVAT's own decoder cuts its mask to a box, and says where that is. */
function cornerOf(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
): { left: number; top: number } | null {
  if (!samOutputs.left.some((name) => outputs[name])) return null
  const [left] = outputOf(id, outputs, samOutputs.left).data
  const [top] = outputOf(id, outputs, samOutputs.top).data
  if (left === undefined || top === undefined || !Number.isInteger(left) || !Number.isInteger(top))
    throw invalid(id, 'the corner of its mask is no whole number')
  return { left, top }
}

/** Logits of the chosen mask, a copy, as the next prompt may give them back. */
function memoryOf(
  grids: readonly (Grid | null)[],
  dims: readonly number[] | null,
): Embedding | null {
  const [height, width] = dims?.slice(-2) ?? []
  const grid = grids.find((one) => one?.width === width && one?.height === height)
  if (!grid || !dims) return null
  const { data, offset = 0 } = grid
  const kept = Float32Array.from(data.subarray(offset, offset + grid.width * grid.height))
  return { mask: { type: 'float32', dims, data: kept } }
}
