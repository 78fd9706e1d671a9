/**
 * Answers for overlapping tiles of one picture as one answer. Where two tiles overlap, both see the same pixels: two
 * detections of one label are one object when what lies of them in both tiles overlaps by half. Cut pieces at a border and
 * whole objects are judged alike so, and of a detector that sees perfectly nothing is lost or doubled, whatever the sizes.
 *
 * Pairs are joined best first, never two detections of one tile: there the function itself decided that they differ. Of the
 * joined the best one that no border cuts stands for all; where every tile cuts the object, its pieces are united.
 */
import type { Detection } from '../domain/detection.ts'
import { type Box, boxArea } from '../geometry/box.ts'
import { boxOverlap } from '../geometry/overlap.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'
import { commonBox } from './common-box.ts'
import { extentIn } from './extent.ts'
import { unitePieces } from './unite-pieces.ts'

export interface TileAnswer {
  /** Whole image pixels. */
  readonly tile: Box
  /** Of the whole picture's coordinates. */
  readonly detections: readonly Detection[]
}

/** How much two detections must have in common where both tiles look. */
const SAME = 0.5
/** Nearer to a border inside the picture than this share of the tile: probably cut by it. At least two pixels. */
const NEAR_BORDER = 0.01

/**
 * @param area  what the tiles cover: its borders cut nothing that a tile could show
 * @returns tags first; what lies nowhere (no joint seen, no numbers) is left for whoever reads the answer to judge
 */
export function mergeTiles(answers: readonly TileAnswer[], area: Box): Detection[] {
  const nowhere: Detection[] = []
  const pieces = answers.flatMap((answer, tile) =>
    piecesOf(answer, { tile, area, groupOffset: offsetOf(answers, tile) }, nowhere),
  )
  const kept = best(pieces)
  const clusters = new Clusters(kept)
  for (const [a, b] of pairs(kept)) clusters.join(a, b)
  return [...tagsOf(answers, area), ...nowhere, ...clusters.list().map(standIn)]
}

/** More are compared with each other for too long. */
const MOST_PIECES = 20_000

function best(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length <= MOST_PIECES) return pieces
  return pieces.toSorted((a, b) => scoreOf(b) - scoreOf(a)).slice(0, MOST_PIECES)
}

/** A detection of a tile. */
export interface Piece {
  readonly detection: Detection
  readonly bounds: Box
  readonly tile: Box
  readonly tileIndex: number
  readonly isCut: boolean
}

/** Groups are numbers of one answer; those of several answers must not meet. */
function offsetOf(answers: readonly TileAnswer[], tile: number): number {
  return answers.slice(0, tile).reduce((sum, { detections }) => sum + largestGroup(detections), 0)
}

function largestGroup(detections: readonly Detection[]): number {
  return detections.reduce((most, { group }) => Math.max(most, group), 0)
}

function piecesOf(
  { tile, detections }: TileAnswer,
  from: { readonly tile: number; readonly area: Box; readonly groupOffset: number },
  nowhere: Detection[],
): Piece[] {
  return detections.flatMap((one) => {
    if (one.type === 'tag') return []
    const group = one.group > 0 ? one.group + from.groupOffset : 0
    const detection = { ...one, group }
    const bounds = shapeBounds({ ...one, type: one.type })
    if (bounds === null || !isFiniteBox(bounds)) {
      nowhere.push(detection)
      return []
    }
    const isCut = touchesInnerBorder(bounds, tile, from.area)
    return [{ detection, bounds, tile, tileIndex: from.tile, isCut }]
  })
}

const isFiniteBox = ({ left, top, right, bottom }: Box) =>
  Number.isFinite(left + top + right + bottom)

function touchesInnerBorder(box: Box, tile: Box, area: Box): boolean {
  const near = Math.max(2, NEAR_BORDER * (tile.right - tile.left))
  return (
    (tile.left > area.left && box.left < tile.left + near) ||
    (tile.top > area.top && box.top < tile.top + near) ||
    (tile.right < area.right && box.right > tile.right - near) ||
    (tile.bottom < area.bottom && box.bottom > tile.bottom - near)
  )
}

/** Those that may be one object, most alike first. A sweep over x: only what lies side by side is compared. */
function pairs(pieces: readonly Piece[]): [number, number][] {
  const order = pieces.map((_, at) => at)
  order.sort((a, b) => leftOf(pieces, a) - leftOf(pieces, b))
  const found: { a: number; b: number; alike: number; area: number }[] = []
  let open: number[] = []
  for (const b of order) {
    const second = pieces[b]
    if (!second) continue
    open = open.filter((a) => (pieces[a]?.bounds.right ?? 0) >= second.bounds.left)
    for (const a of open) {
      const first = pieces[a]
      if (!first || !mayBeOne(first, second)) continue
      const { alike, area } = likeness(first, second)
      if (alike >= SAME) found.push({ a, b, alike, area })
    }
    open.push(b)
  }
  found.sort((p, q) => q.alike - p.alike || q.area - p.area)
  return found.map(({ a, b }) => [a, b])
}

const leftOf = (pieces: readonly Piece[], at: number) => pieces[at]?.bounds.left ?? 0

function mayBeOne(a: Piece, b: Piece): boolean {
  const one = a.detection
  const other = b.detection
  return (
    a.tileIndex !== b.tileIndex &&
    one.label === other.label &&
    one.type === other.type &&
    a.bounds.top <= b.bounds.bottom &&
    b.bounds.top <= a.bounds.bottom
  )
}

/** In the part of the picture that both tiles show. */
function likeness(a: Piece, b: Piece): { alike: number; area: number } {
  const common = commonBox(a.tile, b.tile)
  if (common === null) return { alike: 0, area: 0 }
  const first = extentIn(a.detection, a.bounds, common)
  const second = extentIn(b.detection, b.bounds, common)
  const shared = first && second && commonBox(first, second)
  const area = shared ? boxArea(shared) : 0
  const alike = boxOverlap(first, second)
  if (a.detection.type !== 'skeleton') return { alike, area }
  // Some guess where joints beyond the border are, others leave them out: either way of looking may say yes.
  const guessed = boxOverlap(commonBox(a.bounds, common), commonBox(b.bounds, common))
  return { alike: Math.max(alike, guessed), area }
}

/** Sets that grow by joining, each with at most one piece of a tile. */
class Clusters {
  readonly #pieces: readonly Piece[]
  readonly #of: number[]
  readonly #members: Map<number, Piece[]>

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
    this.#of = pieces.map((_, at) => at)
    this.#members = new Map(pieces.map((piece, at) => [at, [piece]]))
  }

  join(a: number, b: number): void {
    const [to, from] = [this.#root(a), this.#root(b)]
    const [kept, gone] = [this.#members.get(to), this.#members.get(from)]
    if (to === from || !kept || !gone) return
    const tiles = new Set(kept.map(({ tileIndex }) => tileIndex))
    if (gone.some(({ tileIndex }) => tiles.has(tileIndex))) return
    kept.push(...gone)
    this.#members.delete(from)
    this.#of[from] = to
  }

  #root(at: number): number {
    let root = at
    for (let above = this.#of[root]; above !== undefined && above !== root; above = this.#of[root])
      root = above
    this.#of[at] = root
    return root
  }

  /** In the order of their first pieces. */
  list(): Piece[][] {
    const place = new Map(this.#pieces.map((piece, at) => [piece, at]))
    const first = (list: readonly Piece[]) => Math.min(...list.map((one) => place.get(one) ?? 0))
    return [...this.#members.values()].sort((a, b) => first(a) - first(b))
  }
}

/** The best whole one for all; pieces alone are put together. */
function standIn(pieces: readonly Piece[]): Detection {
  const whole = pieces.filter(({ isCut }) => !isCut)
  const [best] = whole.toSorted((a, b) => scoreOf(b) - scoreOf(a))
  return best ? best.detection : unitePieces(pieces)
}

const scoreOf = ({ detection: { score } }: Piece): number => score ?? 1

/** What is said of a picture is said of the whole of it, if anybody looked at that; else a tile's word counts. */
function tagsOf(answers: readonly TileAnswer[], area: Box): Detection[] {
  const whole = answers.filter(({ tile }) => isSameBox(tile, area))
  const heard = whole.length > 0 ? whole : answers
  const best = new Map<string, Detection>()
  for (const one of heard.flatMap(({ detections }) => detections)) {
    if (one.type !== 'tag') continue
    const other = best.get(one.label)
    if (!other || (one.score ?? 1) > (other.score ?? 1)) best.set(one.label, one)
  }
  return [...best.values()].map((one) => ({ ...one, group: 0 }))
}

const isSameBox = (a: Box, b: Box) =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom
