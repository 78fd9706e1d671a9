import { type Detection, detection } from '#shared/domain/detection.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { maskOfGrid } from '../../tensors/grid-mask.ts'
import { bilinearWeights, partOfLine } from '../../tensors/line-weights.ts'
import { imagePoint, type Placement } from '../../tensors/placement.ts'
import { type Corners, imageBox, rectangle } from '../common/boxes.ts'
import { allBroken } from '../common/refuse.ts'
import type { FinalOutputs } from './outputs.ts'

export interface FinalRule {
  readonly threshold: number
  readonly most: number
  /** Boxes as shares of the input's sides; null: those that are all between 0 and 1. */
  readonly normalised: boolean | null
  /** `y1 x1 y2 x2`, TensorFlow's. */
  readonly rowsFirst: boolean
  readonly maskThreshold: number
  readonly name: (label: number) => string
  readonly isNothing: (label: number) => boolean
  /** Names of joints, in the order of key points; `[]`: none are made. */
  readonly joints: readonly string[]
  readonly input: { readonly width: number; readonly height: number }
  readonly placement: Placement
}

/** Boxes beyond this are no shares of a side. */
const MOST_SHARE = 2

/** Best first; suppression was inside the net. @throws MODEL_OUTPUT_INVALID when nothing but broken numbers came */
export function finalDetections(
  manifest: ModelManifest,
  found: FinalOutputs,
  rule: FinalRule,
): Detection[] {
  const { count, scores, labels, boxes } = found
  const normalised =
    rule.normalised ??
    boxes.every((value) => !Number.isFinite(value) || Math.abs(value) <= MOST_SHARE)
  let broken = 0
  const wanted: { index: number; score: number; box: Corners; corners: Corners }[] = []
  for (let index = 0; index < count; index += 1) {
    const score = scores[index] ?? Number.NaN
    const corners = cornersOf(boxes, index, rule, normalised)
    if (!Number.isFinite(score) || !corners.every(Number.isFinite)) broken += 1
    else if (score > rule.threshold && !rule.isNothing(labels[index] ?? 0)) {
      const box = imageBox(rule.placement, corners)
      if (box) wanted.push({ index, score: Math.min(1, score), box, corners })
    }
  }
  if (count > 0 && broken === count) throw allBroken(manifest.id, count)
  wanted.sort((a, b) => b.score - a.score || a.index - b.index)
  return wanted.slice(0, rule.most).flatMap(({ index, score, box, corners }) => {
    const label = rule.name(labels[index] ?? 0)
    if (found.keypoints && rule.joints.length > 0)
      return skeleton(found.keypoints, index, { label, score, rule }) ?? []
    if (!found.masks) return rectangle(label, score, box)
    const points = maskOf(found.masks, index, box, pasteBox(corners, box, rule.placement), rule)
    return points ? detection({ label, type: 'mask', points, score }) : []
  })
}

function cornersOf(
  boxes: ArrayLike<number>,
  index: number,
  { rowsFirst, input }: FinalRule,
  normalised: boolean,
): Corners {
  const at = (i: number) => boxes[4 * index + i] ?? Number.NaN
  const [x, y] = normalised ? [input.width, input.height] : [1, 1]
  return rowsFirst
    ? [at(1) * x, at(0) * y, at(3) * x, at(2) * y]
    : [at(0) * x, at(1) * y, at(2) * x, at(3) * y]
}

/** What reaches further beyond the picture than this many times its sides is cut before a mask is pasted into it. */
const FURTHEST = 4

/** The box a mask of its own is pasted into: beyond the picture, too, where that is padded or the box was never cut. */
function pasteBox([x1, y1, x2, y2]: Corners, box: Corners, placement: Placement): Corners {
  const { pictureWidth, pictureHeight } = placement
  // In half the digits, as NumPy has it: a box that ends where the picture does is cut to a whole pixel less now and then.
  const single = {
    ...placement,
    scaleX: Math.fround(placement.scaleX),
    scaleY: Math.fround(placement.scaleY),
  }
  const [left, top, right, bottom] = [
    ...imagePoint(single, x1, y1),
    ...imagePoint(single, x2, y2),
  ].map(Math.fround) as [number, number, number, number]
  const whole = [left, top, right, bottom] as const
  const isNear = whole.every(
    (value, at) => Math.abs(value) <= FURTHEST * (at % 2 === 0 ? pictureWidth : pictureHeight),
  )
  return isNear ? whole : box
}

/** A map of the whole input where it is as large as that, else of the box (28 x 28 as a rule). */
function maskOf(
  masks: NonNullable<FinalOutputs['masks']>,
  index: number,
  box: Corners,
  pasted: Corners,
  { input, placement, maskThreshold }: FinalRule,
): number[] | null {
  const { width, height, data } = masks
  const grid = { width, height, data, offset: index * width * height }
  const { pictureWidth, pictureHeight } = placement
  const isWhole = width === input.width && height === input.height
  if (isWhole) {
    // The box is cut a little wider: what was pasted there has a rim of half a cell.
    const view = {
      left: Math.max(0, Math.floor(box[0]) - 2),
      top: Math.max(0, Math.floor(box[1]) - 2),
      right: Math.min(pictureWidth, Math.ceil(box[2]) + 2),
      bottom: Math.min(pictureHeight, Math.ceil(box[3]) + 2),
    }
    const columns = bilinearWeights(width, Math.round(width / placement.scaleX))
    const rows = bilinearWeights(height, Math.round(height / placement.scaleY))
    return maskOfGrid(
      grid,
      {
        columns: partOfLine(columns, view.left, view.right),
        rows: partOfLine(rows, view.top, view.bottom),
        box: view,
      },
      maskThreshold,
    )
  }
  // As the reference of the ONNX model zoo pastes: whole pixels, both ends included.
  const [left, top] = [Math.trunc(pasted[0]), Math.trunc(pasted[1])]
  const [right, bottom] = [Math.trunc(pasted[2]) + 1, Math.trunc(pasted[3]) + 1]
  const columns = bilinearWeights(width, right - left)
  const rows = bilinearWeights(height, bottom - top)
  const view = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(pictureWidth, right),
    bottom: Math.min(pictureHeight, bottom),
  }
  return maskOfGrid(
    grid,
    {
      columns: partOfLine(columns, view.left - left, view.right - left),
      rows: partOfLine(rows, view.top - top, view.bottom - top),
      box: view,
    },
    maskThreshold,
  )
}

function skeleton(
  { count, points }: NonNullable<FinalOutputs['keypoints']>,
  index: number,
  { label, score, rule }: { label: string; score: number; rule: FinalRule },
): Detection | null {
  const elements = rule.joints.slice(0, count).map((name, k) => {
    const at = 3 * (index * count + k)
    const [x = Number.NaN, y = Number.NaN, visible = 0] = points.subarray(at, at + 3)
    const [px, py] = imagePoint(rule.placement, x, y)
    const isThere = Number.isFinite(px) && Number.isFinite(py)
    return {
      label: name,
      points: isThere ? [px, py] : [0, 0],
      outside: !isThere || visible <= 0,
      score: null,
      attributes: [],
    }
  })
  if (elements.every(({ outside }) => outside)) return null
  return detection({ label, type: 'skeleton', score, elements })
}
