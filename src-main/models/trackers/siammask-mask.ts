import { maskArea } from '#shared/geometry/mask.ts'
import { maskToPolygons } from '#shared/geometry/mask-contours.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { smallestRectangle } from '#shared/geometry/smallest-rectangle.ts'
import { type Grid, maskOfGrid } from '../tensors/grid-mask.ts'
import type { LineWeights } from '../tensors/line-weights.ts'

/** Where a small mask lies on the picture: its corner, image pixels, and image pixels a mask pixel. */
export interface MaskPlace {
  readonly left: number
  readonly top: number
  readonly scale: number
}

/** Outlines of less are noise. */
const LEAST_AREA = 100

/**
 * The outline of the largest part of a small mask, laid on the picture as SiamMask does (pixel 0 of the one on pixel 0 of the
 * other, sizes less one).
 * @returns flat, image pixels; null when nothing of any size is left
 */
export function outlineOf(
  grid: Grid,
  place: MaskPlace,
  picture: { readonly width: number; readonly height: number },
  threshold: number,
): number[] | null {
  const across = spread(grid.width, place.left, place.scale, picture.width)
  const down = spread(grid.height, place.top, place.scale, picture.height)
  if (!across || !down) return null
  const box = {
    left: across.first,
    top: down.first,
    right: across.first + across.line.length,
    bottom: down.first + down.line.length,
  }
  const mask = maskOfGrid(grid, { columns: across.line, rows: down.line, box }, threshold)
  if (!mask || maskArea(mask) <= LEAST_AREA) return null
  const outlines = maskToPolygons(mask).map(({ outer }) => [...outer])
  const [largest] = outlines.sort((a, b) => polygonArea(b) - polygonArea(a))
  return largest && polygonArea(largest) > LEAST_AREA ? largest : null
}

/** The picture's pixels that lie between the first and the last of the mask's, and what each is made of. */
function spread(
  cells: number,
  start: number,
  scale: number,
  length: number,
): { first: number; line: LineWeights } | null {
  const step = length / Math.max(1, length - 1) / scale
  const origin = -start / scale
  const first = Math.max(0, Math.ceil(-origin / step))
  const last = Math.min(length - 1, Math.floor((cells - 1 - origin) / step))
  if (last < first) return null
  const count = last - first + 1
  const line = {
    length: count,
    size: 2,
    first: new Int32Array(count),
    weights: new Float64Array(2 * count),
  }
  for (let i = 0; i < count; i++) {
    const place = Math.max(0, Math.min(cells - 1, (first + i) * step + origin))
    const below = Math.max(0, Math.min(cells - 2, Math.floor(place)))
    line.first[i] = below
    line.weights[2 * i] = 1 - (place - below)
    line.weights[2 * i + 1] = place - below
  }
  return { first, line }
}

/**
 * The upright box around the smallest turned rectangle of an outline's pixels, as CVAT keeps of SiamMask's answers. OpenCV
 * counts pixels where the picture has edges, so that the far edges are one further.
 */
export function boxAround(outline: readonly number[]): [number, number, number, number] {
  const { points, rotation } = smallestRectangle(outerPixels(outline))
  const corners = rectangleToPolygon(points, rotation)
  const [xs, ys] = [0, 1].map((axis) => corners.filter((_, at) => at % 2 === axis)) as [
    number[],
    number[],
  ]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]
}

/** Column and row of the first and the last pixel of each row inside an outline along pixels' edges. */
function outerPixels(outline: readonly number[]): number[] {
  const rows = new Map<number, [first: number, last: number]>()
  for (let i = 0, before = outline.length - 2; i < outline.length; before = i, i += 2) {
    const [x, from, to] = [outline[i] ?? 0, outline[before + 1] ?? 0, outline[i + 1] ?? 0]
    for (let row = Math.min(from, to); row < Math.max(from, to); row++) {
      const [first, last] = rows.get(row) ?? [x, x - 1]
      rows.set(row, [Math.min(first, x), Math.max(last, x - 1)])
    }
  }
  return [...rows].flatMap(([row, [first, last]]) => [first, row, last, row])
}
