import { floats, type NamedTensor, unexpected } from '../common/refuse.ts'

/** What nets with suppression inside give, told apart by types, dims and names, since exporters name as they like. */
export interface FinalOutputs {
  readonly count: number
  /** Four numbers each. */
  readonly boxes: Float32Array | Float64Array
  readonly labels: ArrayLike<number>
  readonly scores: Float32Array | Float64Array
  readonly masks: MaskOutput | null
  readonly keypoints: KeypointOutput | null
}
export interface MaskOutput {
  readonly width: number
  readonly height: number
  /** Probabilities, mask by mask. */
  readonly data: Float32Array | Float64Array
}
export interface KeypointOutput {
  readonly count: number
  /** x, y, visible. */
  readonly points: Float32Array | Float64Array
}

const isWhole = ({ type }: NamedTensor) => type === 'int64' || type === 'int32'

/** Without leading dims of 1 (the batch), down to a rank. */
function squeezed({ dims }: NamedTensor, rank: number): readonly number[] {
  let left = dims
  while (left.length > rank && left[0] === 1) left = left.slice(1)
  return left
}

/** @throws MODEL_MISFIT when boxes, labels and scores are not there or do not go together */
export function finalOutputs(id: string, outputs: readonly NamedTensor[]): FinalOutputs {
  const labels = labelsAmong(outputs)
  const rest = outputs.filter((one) => one !== labels)
  const boxes = rest.find((one) => {
    const dims = squeezed(one, 2)
    return !isWhole(one) && dims.length === 2 && dims[1] === 4 && !/score/i.test(one.name)
  })
  const scores = rest.find((one) => {
    const dims = squeezed(one, 1)
    return one !== boxes && !isWhole(one) && dims.length === 1 && !/num/i.test(one.name)
  })
  if (!boxes || !scores || !labels) {
    const [first = { name: 'nothing', dims: [] }] = outputs
    throw unexpected(id, first, 'boxes [N, 4], labels [N] and scores [N]')
  }
  const count = squeezed(boxes, 2)[0] ?? 0
  if (scores.data.length < count || labels.data.length < count)
    throw unexpected(id, scores, `one score and one label for each of ${count} boxes`)
  return {
    count,
    boxes: floats(id, boxes),
    scores: floats(id, scores),
    labels: Float64Array.from(labels.data as ArrayLike<number | bigint>, Number),
    masks: masksAmong(id, rest, count),
    keypoints: keypointsAmong(id, rest, count),
  }
}

/** TensorFlow's are floats: then only the name tells. */
function labelsAmong(outputs: readonly NamedTensor[]): NamedTensor | undefined {
  const lists = outputs.filter((one) => squeezed(one, 1).length === 1 && !/num/i.test(one.name))
  return lists.find((one) => /label|class/i.test(one.name)) ?? lists.find(isWhole)
}

function masksAmong(id: string, outputs: readonly NamedTensor[], count: number): MaskOutput | null {
  for (const one of outputs) {
    const [n, ...sides] = one.dims[0] === 1 && count !== 1 ? one.dims.slice(1) : one.dims
    const [height = 0, width = 0] = sides.slice(-2)
    const isOne = sides.length === 2 || (sides.length === 3 && sides[0] === 1)
    const isNamed = !/keypoint|box/i.test(one.name)
    if (n === count && isOne && isNamed && width > 4 && height > 4)
      return { width, height, data: floats(id, one) }
  }
  return null
}

function keypointsAmong(
  id: string,
  outputs: readonly NamedTensor[],
  count: number,
): KeypointOutput | null {
  for (const one of outputs) {
    const dims = squeezed(one, 3)
    if (dims.length === 3 && dims[0] === count && dims[2] === 3 && (dims[1] ?? 0) > 1)
      return { count: dims[1] ?? 0, points: floats(id, one) }
  }
  return null
}
