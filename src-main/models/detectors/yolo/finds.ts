import { suppress } from '../../tensors/suppress.ts'
import { suppressRotated } from '../../tensors/suppress-rotated.ts'
import { boxAt, type Corners } from '../common/boxes.ts'
import { CandidateList, cornersOf, type FoundCandidates } from '../common/candidates.ts'
import { unnamedClass } from '../common/class-labels.ts'
import type { Parameters } from '../common/parameters.ts'
import type { YoloLayout } from './layout.ts'
import { bestClasses, cell, type Rows } from './rows.ts'

/** `cx, cy, w, h, angle`: model pixels, radians clockwise on screen. */
export type Rotated = readonly [cx: number, cy: number, w: number, h: number, angle: number]

/** One of what stayed, in model pixels. */
export interface YoloFind {
  readonly row: number
  /** Class index. */
  readonly index: number
  readonly label: string
  readonly score: number
  /** Of a rotated one its sides as they lie unrotated. */
  readonly box: Corners
  readonly rotated: Rotated | null
}

/**
 * What stays of rows `cx, cy, w, h, [objectness,] class scores …, the rest`, best first.
 * @param isRotated  the last number is an angle
 * @throws MODEL_OUTPUT_INVALID when all of them are broken
 */
export function anchorFinds(
  id: string,
  rows: Rows,
  layout: YoloLayout,
  isRotated: boolean,
  read: Parameters,
): YoloFind[] {
  const found = candidatesOf(id, rows, layout, read.number('threshold'))
  const rule = {
    iou: read.number('iou'),
    most: read.number('maxDetections'),
    agnostic: read.boolean('agnostic'),
  }
  const angle = (candidate: number) => cell(rows, found.rows[candidate] ?? 0, rows.width - 1)
  const kept = isRotated
    ? suppressRotated({ ...found, boxes: rotatedBoxes(found, angle) }, rule)
    : suppress(found, rule)
  return kept.map((candidate) => {
    const index = found.classes[candidate] ?? 0
    const box = boxAt(found.boxes, candidate)
    return {
      row: found.rows[candidate] ?? 0,
      index,
      label: layout.names[index] ?? unnamedClass(index),
      score: found.scores[candidate] ?? 0,
      box,
      rotated: isRotated ? turned(box, angle(candidate)) : null,
    }
  })
}

function candidatesOf(id: string, rows: Rows, layout: YoloLayout, threshold: number) {
  const list = new CandidateList(id)
  const best = bestClasses(rows, layout.head, layout.names.length)
  for (let row = 0; row < rows.count; row++) {
    const likely = best.score[row] ?? Number.NaN
    const object = layout.head === 5 ? cell(rows, row, 4) : 1
    const score = object * likely
    if (!list.isWanted(score, threshold)) continue
    const [cx, cy, w, h] = [0, 1, 2, 3].map((column) => cell(rows, row, column))
    list.add(row, best.index[row] ?? 0, score, cornersOf(cx ?? 0, cy ?? 0, w ?? 0, h ?? 0))
  }
  return list.done()
}

function turned([x1, y1, x2, y2]: Corners, angle: number): Rotated {
  return [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, angle]
}

function rotatedBoxes(found: FoundCandidates, angle: (candidate: number) => number): Float64Array {
  const boxes = new Float64Array(found.scores.length * 5)
  for (let i = 0; i < found.scores.length; i++)
    boxes.set(turned(boxAt(found.boxes, i), angle(i)), i * 5)
  return boxes
}

/**
 * Rows `x1, y1, x2, y2, score, class, the rest` of nets that suppress by themselves; of rotated ones `cx, cy, w, h, score,
 * class, …, angle`. Best first.
 * @param names  by class index; others have none of the manifest's labels and are called by their number
 */
export function endToEndFinds(
  id: string,
  rows: Rows,
  names: readonly string[],
  isRotated: boolean,
  read: Parameters,
): YoloFind[] {
  const list = new CandidateList(id)
  const threshold = read.number('threshold')
  for (let row = 0; row < rows.count; row++) {
    const score = cell(rows, row, 4)
    if (!list.isWanted(score, threshold)) continue
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((column) => cell(rows, row, column))
    const box: Corners = isRotated ? cornersOf(a, b, c, d) : [a, b, c, d]
    list.add(row, cell(rows, row, 5), score, box)
  }
  const found = list.done()
  const order = Array.from(found.scores.keys())
  order.sort((a, b) => (found.scores[b] ?? 0) - (found.scores[a] ?? 0) || a - b)
  return order.slice(0, read.number('maxDetections')).map((i) => {
    const index = found.classes[i] ?? 0
    const box = boxAt(found.boxes, i)
    const row = found.rows[i] ?? 0
    return {
      row,
      index,
      label: names[index] ?? unnamedClass(index),
      score: found.scores[i] ?? 0,
      box,
      rotated: isRotated ? turned(box, cell(rows, row, rows.width - 1)) : null,
    }
  })
}
