import { imageX, imageY, type Placement } from '../../tensors/placement.ts'

/** Scores of classes a cell, class by class: `data[(class * height + y) * width + x]`. */
export interface ScoreMap {
  readonly classes: number
  readonly width: number
  readonly height: number
  readonly data: ArrayLike<number>
}

/** A class index a pixel. */
export interface LabelMap {
  readonly width: number
  readonly height: number
  readonly data: Uint16Array
}

/** No class: a cell whose scores are no numbers, and what the model was not shown. */
export const NO_CLASS = 0xffff

/** The class that scores highest in each cell; of equal ones the first. */
export function bestClasses({ classes, width, height, data }: ScoreMap): LabelMap {
  const area = width * height
  const best = new Uint16Array(area).fill(NO_CLASS)
  const scores = new Float64Array(area).fill(Number.NEGATIVE_INFINITY)
  for (let c = 0; c < classes; c += 1)
    for (let i = 0, at = c * area; i < area; i += 1, at += 1) {
      const score = data[at] ?? Number.NaN
      if (!(score > (scores[i] ?? 0))) continue
      scores[i] = score
      best[i] = c
    }
  return { width, height, data: best }
}

/**
 * Scores enlarged to the picture (bilinear, half-pixel centres, edges held), and the class that is highest there.
 * Where the four cells around a pixel agree, so does every mean of them: only the others are computed.
 */
export function enlarge(scores: ScoreMap, placement: Placement, input: Size): LabelMap {
  const best = bestClasses(scores)
  const columns = cellsOf(placement, 'x', scores.width / input.width, scores.width)
  const rows = cellsOf(placement, 'y', scores.height / input.height, scores.height)
  const { pictureWidth: width, pictureHeight: height } = placement
  const data = new Uint16Array(width * height)
  for (let y = 0, at = 0; y < height; y += 1) {
    const upper = (rows.first[y] ?? 0) * scores.width
    const lower = (rows.second[y] ?? 0) * scores.width
    for (let x = 0; x < width; x += 1, at += 1) {
      const left = columns.first[x] ?? 0
      const right = columns.second[x] ?? 0
      const label = best.data[upper + left] ?? NO_CLASS
      const isAlike =
        best.data[upper + right] === label &&
        best.data[lower + left] === label &&
        best.data[lower + right] === label
      data[at] = isAlike
        ? label
        : mixed(
            scores,
            [upper + left, upper + right, lower + left, lower + right],
            columns.share[x] ?? 0,
            rows.share[y] ?? 0,
          )
    }
  }
  return { width, height, data }
}

export interface Size {
  readonly width: number
  readonly height: number
}

function mixed(
  { classes, width, height, data }: ScoreMap,
  [a, b, c, d]: readonly [number, number, number, number],
  right: number,
  down: number,
): number {
  const area = width * height
  let best = NO_CLASS
  let most = Number.NEGATIVE_INFINITY
  for (let label = 0, at = 0; label < classes; label += 1, at += area) {
    const upper = (data[at + a] ?? 0) * (1 - right) + (data[at + b] ?? 0) * right
    const lower = (data[at + c] ?? 0) * (1 - right) + (data[at + d] ?? 0) * right
    const score = upper * (1 - down) + lower * down
    if (!(score > most)) continue
    most = score
    best = label
  }
  return best
}

/** Class indices of cells as pixels of the picture: each pixel that of the cell it lies in. */
export function enlargeIndices(cells: LabelMap, placement: Placement, input: Size): LabelMap {
  const columns = cellsOf(placement, 'x', cells.width / input.width, cells.width)
  const rows = cellsOf(placement, 'y', cells.height / input.height, cells.height)
  const { pictureWidth: width, pictureHeight: height } = placement
  const data = new Uint16Array(width * height)
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = (rows.nearest[y] ?? 0) * cells.width
    for (let x = 0; x < width; x += 1, at += 1)
      data[at] = cells.data[row + (columns.nearest[x] ?? 0)] ?? NO_CLASS
  }
  return { width, height, data }
}

/** For each pixel of the picture along one axis: the cells around its centre, and how near it is to the second. */
function cellsOf(placement: Placement, axis: 'x' | 'y', cellsPerInput: number, cells: number) {
  const isX = axis === 'x'
  const length = isX ? placement.pictureWidth : placement.pictureHeight
  const start = isX ? placement.left : placement.top
  const scale = isX ? placement.scaleX : placement.scaleY
  const origin = isX ? placement.source.left : placement.source.top
  const first = new Int32Array(length)
  const second = new Int32Array(length)
  const nearest = new Int32Array(length)
  const share = new Float64Array(length)
  for (let i = 0; i < length; i += 1) {
    const place = ((i + 0.5 - origin) * scale + start) * cellsPerInput
    const middle = Math.max(0, Math.min(cells - 1, place - 0.5))
    first[i] = Math.floor(middle)
    second[i] = Math.min(cells - 1, Math.floor(middle) + 1)
    share[i] = middle - Math.floor(middle)
    nearest[i] = Math.max(0, Math.min(cells - 1, Math.floor(place)))
  }
  return { first, second, nearest, share }
}

/** The part of the picture that a cropped input shows, whole pixels. */
export function shownPart(placement: Placement, input: Size) {
  return {
    left: Math.floor(imageX(placement, 0)),
    top: Math.floor(imageY(placement, 0)),
    right: Math.ceil(imageX(placement, input.width)),
    bottom: Math.ceil(imageY(placement, input.height)),
  }
}
