/**
 * Masks straight from their runs to pixels of the screen. Nothing is decoded to the size of the picture and nothing is
 * kept: a thousand masks of a 4K frame cost what the screen shows of them, in time and in memory.
 */
import { shapeBox } from '../geometry/shape-box.ts'

/** A piece of screen, its axes along the picture's. */
export interface MaskTarget {
  /** RGBA words (little-endian, as every platform of ours), not premultiplied, row-major. */
  readonly words: Uint32Array
  readonly width: number
  readonly height: number
  /** Image pixels of the top-left corner. */
  readonly left: number
  readonly top: number
  /** Target pixels per image pixel. */
  readonly scale: number
}

export interface MaskInk {
  /** `#rrggbb` */
  readonly color: string
  /** 0 … 1 */
  readonly opacity: number
  /** Colour of a line along the inner side of the border; null for none. */
  readonly edge: string | null
  /** Target pixels, whole. */
  readonly edgeWidth: number
}

/** Spans of the rows a mask covers, from, to, from, to …; row `first` of the target comes first. */
interface Rows {
  readonly first: number
  readonly spans: readonly (readonly number[])[]
}

/**
 * Paints a mask over what is there. A target pixel belongs to it when its centre lies in a set pixel.
 * @param points  mask points
 */
export function paintMaskRuns(target: MaskTarget, points: ArrayLike<number>, ink: MaskInk): void {
  const word = wordOf(ink.color)
  const alpha = Math.round(ink.opacity * 255)
  if (ink.edge === null) {
    if (alpha > 0) walkRuns(target, points, 0, (j, i1, i2) => blend(target, j, i1, i2, word, alpha))
    return
  }
  const reach = Math.max(1, ink.edgeWidth)
  const rows = collectRows(target, points, reach)
  const edge = (0xff000000 | wordOf(ink.edge)) >>> 0
  const end = Math.min(target.height, rows.first + rows.spans.length)
  for (let j = Math.max(0, rows.first); j < end; j++) {
    const spans = spansOf(rows, j)
    if (spans.length === 0) continue
    const inner = innerSpans(rows, j, reach)
    eachSpan(inner, (i1, i2) => blendClipped(target, j, i1, i2, word, alpha))
    eachGap(spans, inner, (i1, i2) => {
      const from = j * target.width
      const [x1, x2] = [Math.max(0, i1), Math.min(target.width, i2)]
      if (x1 < x2) target.words.fill(edge, from + x1, from + x2)
    })
  }
}

/** What is too small to have a pixel of its own is a square of the mask's colour. */
export function paintMaskSpeck(
  target: MaskTarget,
  points: ArrayLike<number>,
  color: string,
  size: number,
): void {
  const box = boxOf(points)
  const x = Math.round(((box.x1 + box.x2) / 2 - target.left) * target.scale - size / 2)
  const y = Math.round(((box.y1 + box.y2) / 2 - target.top) * target.scale - size / 2)
  const word = wordOf(color)
  for (let j = Math.max(0, y); j < Math.min(target.height, y + size); j++)
    blendClipped(target, j, x, x + size, word, 255)
}

const boxOf = (points: ArrayLike<number>) => shapeBox({ type: 'mask', points, rotation: 0 })

type Visit = (j: number, i1: number, i2: number) => void

/** Every span of target pixels that the mask covers, `reach` pixels beyond the target included, row by row. */
function walkRuns(
  { width, height, left, top, scale }: MaskTarget,
  points: ArrayLike<number>,
  reach: number,
  visit: Visit,
): void {
  const box = boxOf(points)
  const boxWidth = box.x2 - box.x1
  const shift = box.x1 - left
  let position = 0
  let row = 0
  for (let n = 0; n < points.length - 4; n++) {
    const run = points[n] ?? 0
    if (n % 2 === 0) {
      position += run
      continue
    }
    const end = position + run
    while (position < end) {
      while (position >= (row + 1) * boxWidth) row = Math.floor(position / boxWidth)
      const rowStart = row * boxWidth
      const stop = Math.min(end, rowStart + boxWidth)
      const y = (row + box.y1 - top) * scale
      const j1 = Math.max(-reach, Math.ceil(y - 0.5))
      if (j1 >= height + reach) return
      const j2 = Math.min(height + reach, Math.ceil(y + scale - 0.5))
      if (j1 < j2) {
        const x1 = Math.ceil((position - rowStart + shift) * scale - 0.5)
        const x2 = Math.ceil((stop - rowStart + shift) * scale - 0.5)
        const i1 = Math.max(-reach, x1)
        const i2 = Math.min(width + reach, x2)
        if (i1 < i2) for (let j = j1; j < j2; j++) visit(j, i1, i2)
      }
      position = stop
    }
  }
}

/** The same spans as lists; a mask's rows come in order, though each may be several rows of the target. */
function collectRows(target: MaskTarget, points: ArrayLike<number>, reach: number): Rows {
  const spans: number[][] = []
  let first = 0
  walkRuns(target, points, reach, (j, i1, i2) => {
    if (spans.length === 0) first = j
    while (spans.length <= j - first) spans.push([])
    const list = spans[j - first]
    if (!list) return
    // Runs that touch on screen are one span.
    if (list.at(-1) === i1) list[list.length - 1] = i2
    else list.push(i1, i2)
  })
  return { first, spans }
}

const NO_SPANS: readonly number[] = []

const spansOf = ({ first, spans }: Rows, j: number): readonly number[] =>
  spans[j - first] ?? NO_SPANS

/** Pixels of row `j` that have the mask `reach` pixels away on all four sides. */
function innerSpans(rows: Rows, j: number, reach: number): number[] {
  const beside: number[] = []
  eachSpan(spansOf(rows, j), (i1, i2) => {
    if (i1 + reach < i2 - reach) beside.push(i1 + reach, i2 - reach)
  })
  return intersect(intersect(beside, spansOf(rows, j - reach)), spansOf(rows, j + reach))
}

function intersect(a: readonly number[], b: readonly number[]): number[] {
  const both: number[] = []
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    const [endA, endB] = [a[i + 1] ?? 0, b[k + 1] ?? 0]
    const from = Math.max(a[i] ?? 0, b[k] ?? 0)
    const to = Math.min(endA, endB)
    if (from < to) both.push(from, to)
    if (endA <= endB) i += 2
    else k += 2
  }
  return both
}

function eachSpan(spans: readonly number[], visit: (i1: number, i2: number) => void): void {
  for (let i = 0; i + 1 < spans.length; i += 2) visit(spans[i] ?? 0, spans[i + 1] ?? 0)
}

/** What of `spans` is not in `inner`, which lies in them. */
function eachGap(
  spans: readonly number[],
  inner: readonly number[],
  visit: (i1: number, i2: number) => void,
): void {
  let k = 0
  eachSpan(spans, (i1, i2) => {
    let from = i1
    for (; k < inner.length && (inner[k] ?? 0) < i2; k += 2) {
      if (from < (inner[k] ?? 0)) visit(from, inner[k] ?? 0)
      from = inner[k + 1] ?? 0
    }
    if (from < i2) visit(from, i2)
  })
}

function blendClipped(
  target: MaskTarget,
  j: number,
  i1: number,
  i2: number,
  word: number,
  alpha: number,
): void {
  const [x1, x2] = [Math.max(0, i1), Math.min(target.width, i2)]
  if (x1 < x2) blend(target, j, x1, x2, word, alpha)
}

/** Along a span, what lies below hardly ever changes: it is mixed once and remembered. */
function blend(
  { words, width }: MaskTarget,
  j: number,
  i1: number,
  i2: number,
  word: number,
  alpha: number,
): void {
  const fresh = ((alpha << 24) | word) >>> 0
  const end = j * width + i2
  let [below, mixed] = [0, fresh]
  for (let at = j * width + i1; at < end; at++) {
    const now = words[at] ?? 0
    if (now !== below) {
      below = now
      mixed = now === 0 ? fresh : over(now, word, alpha)
    }
    words[at] = mixed
  }
}

/** `word` with `alpha` over what is there; neither is premultiplied. */
function over(below: number, word: number, alpha: number): number {
  const under = ((below >>> 24) * (255 - alpha)) / 255
  const sum = alpha + under
  const mix = (shift: number) =>
    Math.round((((word >>> shift) & 0xff) * alpha + ((below >>> shift) & 0xff) * under) / sum)
  return ((Math.round(sum) << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0
}

/** The blue, green and red bytes of `#rrggbb`, opacity left out. */
function wordOf(color: string): number {
  const rgb = Number.parseInt(color.slice(1, 7), 16)
  return ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)
}
