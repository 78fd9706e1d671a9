import type { Shape, Tag } from '../domain/annotation.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'
import { acceptedPairs } from '../tracks/assignment.ts'
import { doTouch, isArea, shapeOverlap } from './overlap.ts'

/** An annotation with its label's name: labels of two tasks have other ids. */
export interface Labelled {
  readonly annotation: Tag | Shape
  readonly label: string
}

export interface Match {
  readonly a: Labelled
  readonly b: Labelled
  /** 0 … 1; of tags 1. */
  readonly overlap: number
}

export interface FrameComparison {
  readonly matches: readonly Match[]
  readonly onlyA: readonly Labelled[]
  readonly onlyB: readonly Labelled[]
}

/** Of two pairs that lie equally well the one of one label is taken. */
const OTHER_LABEL_COST = 1e-3

/**
 * Which annotations of two sets of one frame are the same objects: the pairing with the largest sum of overlaps, of pairs
 * that overlap by at least `least`. Labels may differ (that is a finding, not a reason to part them); tags pair by label.
 * @param least  overlap a pair needs, 0 … 1
 * @see overlap.ts
 */
export function compareFrame(
  a: readonly Labelled[],
  b: readonly Labelled[],
  least: number,
): FrameComparison {
  const matches = [...tagMatches(a, b), ...shapeMatches(a, b, least)]
  const taken = new Set(matches.flatMap((match) => [match.a, match.b]))
  return {
    matches,
    onlyA: a.filter((one) => !taken.has(one)),
    onlyB: b.filter((one) => !taken.has(one)),
  }
}

function* tagMatches(a: readonly Labelled[], b: readonly Labelled[]): Generator<Match> {
  const left = b.filter(({ annotation }) => annotation.kind === 'tag')
  for (const one of a) {
    if (one.annotation.kind !== 'tag') continue
    const at = left.findIndex(({ label }) => label === one.label)
    const [other] = at < 0 ? [] : left.splice(at, 1)
    if (other !== undefined) yield { a: one, b: other, overlap: 1 }
  }
}

interface Candidate {
  readonly row: number
  readonly column: number
  readonly overlap: number
}

/** Pairs that could be form islands; each is paired by itself, or a frame of 10,000 shapes would take a day. */
function* shapeMatches(
  a: readonly Labelled[],
  b: readonly Labelled[],
  least: number,
): Generator<Match> {
  const [rows, columns] = [a.filter(isShape), b.filter(isShape)]
  for (const island of islands(candidates(rows, columns, least), rows.length)) {
    const overlaps = new Map(island.map((one) => [`${one.row} ${one.column}`, one.overlap]))
    const [r, c] = [unique(island.map(({ row }) => row)), unique(island.map((one) => one.column))]
    const costs = r.map((row) =>
      c.map((column) => {
        const overlap = overlaps.get(`${row} ${column}`)
        if (overlap === undefined) return NO_PAIR
        return 1 - overlap + (rows[row]?.label === columns[column]?.label ? 0 : OTHER_LABEL_COST)
      }),
    )
    for (const [row, column] of acceptedPairs(costs, 1 + OTHER_LABEL_COST)) {
      const [one, other] = [rows[r[row] ?? -1], columns[c[column] ?? -1]]
      const overlap = overlaps.get(`${r[row]} ${c[column]}`) ?? 0
      if (one && other) yield { a: one, b: other, overlap }
    }
  }
}

/** Finite, and dearer than any pairing of real pairs. */
const NO_PAIR = 1e6

type LabelledShape = Labelled & { readonly annotation: Shape }

function isShape(one: Labelled): one is LabelledShape {
  return one.annotation.kind === 'shape'
}

/** Boxes are laid beside each other first: of 10,000 shapes a frame few pairs are worth a closer look. */
function candidates(
  rows: readonly LabelledShape[],
  columns: readonly LabelledShape[],
  least: number,
): Candidate[] {
  const boxes = columns.map(({ annotation }) => shapeBounds(annotation))
  return rows.flatMap((one, row) => {
    const box = shapeBounds(one.annotation)
    return columns.flatMap((other, column) => {
      if (isArea(one.annotation) && !doTouch(box, boxes[column] ?? null)) return []
      const overlap = shapeOverlap(one.annotation, other.annotation)
      return overlap > 0 && overlap >= least ? [{ row, column, overlap }] : []
    })
  })
}

/** Candidates that share a row or a column, directly or through others. */
function islands(all: readonly Candidate[], rows: number): Candidate[][] {
  const parent = new Map<number, number>()
  const find = (one: number): number => {
    let root = one
    for (;;) {
      const above = parent.get(root) ?? root
      if (above === root) break
      root = above
    }
    parent.set(one, root)
    return root
  }
  for (const { row, column } of all) parent.set(find(row), find(rows + column))
  return [...Map.groupBy(all, ({ row }) => find(row)).values()]
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)]
}
