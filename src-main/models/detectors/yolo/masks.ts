import { type Grid, maskOfGrid } from '../../tensors/grid-mask.ts'
import {
  afterEachOther,
  bilinearWeights,
  type LineWeights,
  partOfLine,
} from '../../tensors/line-weights.ts'
import type { Placement } from '../../tensors/placement.ts'
import type { Corners } from '../common/boxes.ts'
import { floats, type NamedTensor, unexpected } from '../common/refuse.ts'
import type { YoloOptions } from './options.ts'

/** Prototype masks: an instance's logits are their sum, weighed by its coefficients. */
export interface Prototypes {
  readonly data: Float32Array | Float64Array
  readonly count: number
  readonly width: number
  readonly height: number
  /** From a prototype to the next, and from a pixel to the next. */
  readonly step: number
  readonly pixelStep: number
}

/** @throws MODEL_MISFIT for other than [1, count, h, w] or [1, h, w, count] */
export function prototypesOf(id: string, output: NamedTensor, count: number | null): Prototypes {
  const [a = 0, b = 0, c = 0] = output.dims.slice(-3)
  if (output.dims.length !== 4 || a * b * c === 0)
    throw unexpected(id, output, '[1, prototypes, height, width]')
  const data = floats(id, output)
  const isLast = count === null ? a > c : a !== count && c === count
  return isLast
    ? { data, count: c, width: b, height: a, step: 1, pixelStep: c }
    : { data, count: a, width: c, height: b, step: b * c, pixelStep: 1 }
}

/**
 * Makes masks of instances of one picture.
 * @returns of coefficients and the box (model pixels, and clipped image pixels) the mask's points, null for an empty one
 * @see Bolya et al. 2019, arXiv:1904.02689
 */
export function yoloMasks(
  prototypes: Prototypes,
  placement: Placement,
  input: { readonly width: number; readonly height: number },
  mode: YoloOptions['masks'],
) {
  const columns = axis(prototypes.width, input.width, {
    from: placement.left,
    length: placement.width,
    picture: placement.pictureWidth,
  })
  const rows = axis(prototypes.height, input.height, {
    from: placement.top,
    length: placement.height,
    picture: placement.pictureHeight,
  })
  const { pictureWidth: right, pictureHeight: bottom } = placement
  return (coefficients: Float64Array, model: Corners, image: Corners): number[] | null => {
    const box = mode === 'picture' ? outwards(image) : { left: 0, top: 0, right, bottom }
    const wide = windowOf(columns, box.left, box.right, prototypes.width)
    const high = windowOf(rows, box.top, box.bottom, prototypes.height)
    const grid = logits(prototypes, coefficients, wide, high)
    if (mode === 'prototypes')
      clearOutside(grid, wide.from, high.from, [
        (model[0] * prototypes.width) / input.width,
        (model[1] * prototypes.height) / input.height,
        (model[2] * prototypes.width) / input.width,
        (model[3] * prototypes.height) / input.height,
      ])
    return maskOfGrid(grid, { columns: wide.line, rows: high.line, box }, 0)
  }
}

/** Prototypes to input, the letterbox cut away, and on to the picture. */
function axis(
  prototypes: number,
  input: number,
  part: { from: number; length: number; picture: number },
): LineWeights {
  const toInput = bilinearWeights(prototypes, input)
  const content = partOfLine(toInput, part.from, part.from + part.length)
  return afterEachOther(content, bilinearWeights(part.length, part.picture))
}

function outwards([left, top, right, bottom]: Corners) {
  return {
    left: Math.floor(left),
    top: Math.floor(top),
    right: Math.ceil(right),
    bottom: Math.ceil(bottom),
  }
}

interface Span {
  /** The table for the wanted pixels, counted from `from` on. */
  readonly line: LineWeights
  readonly from: number
  readonly to: number
}

/** Which of the prototypes' places are looked at for picture pixels left … right. */
function windowOf(line: LineWeights, left: number, right: number, length: number): Span {
  const part = partOfLine(line, left, right)
  const from = part.first.reduce((least, first) => Math.min(least, first), length)
  const to = part.first.reduce((most, first) => Math.max(most, first + part.size), 0)
  const moved = { ...part, first: part.first.map((first) => first - from) }
  return { line: moved, from, to: Math.min(to, length) }
}

function logits(prototypes: Prototypes, coefficients: Float64Array, wide: Span, high: Span): Grid {
  const width = Math.max(0, wide.to - wide.from)
  const height = Math.max(0, high.to - high.from)
  const data = new Float64Array(width * height)
  for (let k = 0; k < prototypes.count; k++) {
    const share = coefficients[k] ?? 0
    for (let y = 0, o = 0; y < height; y++) {
      const row = (high.from + y) * prototypes.width + wide.from
      let i = k * prototypes.step + row * prototypes.pixelStep
      for (let x = 0; x < width; x++, o++, i += prototypes.pixelStep)
        data[o] = (data[o] ?? 0) + share * (prototypes.data[i] ?? 0)
    }
  }
  return { width, height, data }
}

/** As Ultralytics' `crop_mask`: a place stays when its index lies in the box. */
function clearOutside(grid: Grid, left: number, top: number, [x1, y1, x2, y2]: Corners): void {
  for (let y = 0, i = 0; y < grid.height; y++)
    for (let x = 0; x < grid.width; x++, i++) {
      const isInside = x + left >= x1 && x + left < x2 && y + top >= y1 && y + top < y2
      if (!isInside) grid.data[i] = 0
    }
}
