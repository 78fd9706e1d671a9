import { invalid } from '../tensors/feeds.ts'
import { contextSide } from './tracked-box.ts'

/** What a net says of each cell of its grid: a score, and a box of this size. */
export interface Cells {
  readonly count: number
  score(cell: number): number
  width(cell: number): number
  height(cell: number): number
}

export interface CellRule {
  /** As large as the object was, in the same pixels as the cells' boxes. */
  readonly size: { readonly w: number; readonly h: number }
  /** How much a box that changed its size or shape is held back; 0: not at all. */
  readonly penalty: number
  /** How much of the rank is the window's, which favours what has not moved. */
  readonly influence: number
  /** A weight a cell. */
  readonly window: Float64Array
}

export interface BestCell {
  readonly cell: number
  readonly score: number
  /** 0 … 1, how little its size changed. */
  readonly penalty: number
}

/**
 * The cell a siamese tracker follows: the best by its score, held back by the change of size and shape, drawn to the middle
 * by a window. Of equal ones the first.
 * @see Li et al. 2018, High Performance Visual Tracking with Siamese Region Proposal Network
 * @throws MODEL_OUTPUT_INVALID when no cell has numbers that mean anything
 */
export function bestCell(id: string, cells: Cells, rule: CellRule): BestCell {
  const side = contextSide(rule.size.w, rule.size.h)
  const shape = rule.size.w / rule.size.h
  let best: BestCell | null = null
  let bestRank = Number.NEGATIVE_INFINITY
  for (let cell = 0; cell < cells.count; cell++) {
    const score = cells.score(cell)
    const [w, h] = [cells.width(cell), cells.height(cell)]
    const grown = change(contextSide(w, h) / side)
    const bent = change(w / h / shape)
    const penalty = Math.exp(-rule.penalty * (grown * bent - 1))
    const rank = (1 - rule.influence) * score * penalty + rule.influence * (rule.window[cell] ?? 0)
    if (!Number.isFinite(rank) || !(w > 0 && h > 0) || rank <= bestRank) continue
    bestRank = rank
    best = { cell, score, penalty }
  }
  if (!best) throw invalid(id, 'none of its cells has finite numbers (NaN or infinity instead)')
  return best
}

const change = (ratio: number): number => Math.max(ratio, 1 / ratio)

/** Outer product of two Hann windows of `count` values: zero at both ends, or without those zeros (`inner`). */
export function hannWindow(count: number, ends: 'zero' | 'inner'): Float64Array {
  const [length, skip] = ends === 'zero' ? [count, 0] : [count + 2, 1]
  const line = Float64Array.from({ length: count }, (_, i) =>
    length === 1 ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + skip)) / (length - 1)),
  )
  return Float64Array.from(
    { length: count * count },
    (_, i) => (line[Math.floor(i / count)] ?? 0) * (line[i % count] ?? 0),
  )
}
