/**
 * Shapes to masks, cut to the frame. One rule for all: a pixel is set when its centre (column + .5, row + .5) is inside.
 * A centre exactly on an edge belongs to the shape on its right, or below it, so shapes that share an edge share no pixel
 * and leave none out. Polygons follow the even-odd rule. COCO's and OpenCV's rasterisers, which a COCO export must follow,
 * differ by a pixel here and there: `coco-polygon.ts`, `ellipse.ts`.
 */
import { emptyBitmap, encodeMask } from './mask.ts'
import { maskSubtract, uniteMasks } from './mask-algebra.ts'
import { maskOfToggles } from './mask-spans.ts'
import { at } from './points.ts'
import { rectangleToPolygon } from './rectangle.ts'
import { createToggleList } from './toggles.ts'

/** An outline and its holes, flat and unclosed, image pixels. */
export interface PolygonWithHoles {
  readonly outer: readonly number[]
  readonly holes: readonly (readonly number[])[]
}

/** Takes the places where a row, read from the left, changes between outside and inside. */
interface Crossings {
  add(row: number, column: number): void
}

/** Nothing here waits, so one list serves every shape. */
const crossings = createToggleList()
/** A scribble that crosses rows more often than this is not listed: its frame's pixels are fewer. */
const MOST_LISTED = 2 ** 22

/**
 * Pixels of a flat, unclosed polygon, self-intersecting or not, on a frame of `width` x `height`.
 * @param polygon image pixels, at most 1e7 from the origin; may lie outside the frame
 * @returns mask points; null when no pixel's centre is inside
 */
export function fillPolygonMask(
  polygon: readonly number[],
  width: number,
  height: number,
): number[] | null {
  if (countCrossings(polygon, height) > MOST_LISTED) return fillScribble(polygon, width, height)
  crossings.clear()
  crossEdges(polygon, width, height, crossings)
  return maskOfCrossings(width, height)
}

/** Crossings flipped in a picture, so that however many there are, memory is the frame's. */
function fillScribble(polygon: readonly number[], width: number, height: number): number[] | null {
  const bitmap = emptyBitmap(0, 0, width + 1, height)
  const { data } = bitmap
  const add = (row: number, column: number): void => {
    const place = row * (width + 1) + column
    data[place] = 1 - (data[place] ?? 0)
  }
  crossEdges(polygon, width, height, { add })
  // Rows cross an even number of times, so the column past the frame's edge always ends up unset.
  for (let i = 1; i < data.length; i++) data[i] = (data[i] ?? 0) ^ (data[i - 1] ?? 0)
  return encodeMask(bitmap)
}

function countCrossings(polygon: readonly number[], height: number): number {
  let rows = 0
  const n = polygon.length - (polygon.length % 2)
  for (let i = 1, before = n - 1; i < n; before = i, i += 2) {
    const [y1, y2] = [polygon[before] ?? 0, polygon[i] ?? 0]
    rows += Math.max(0, Math.min(height, Math.max(y1, y2)) - Math.max(0, Math.min(y1, y2)))
  }
  return rows
}

function crossEdges(
  polygon: readonly number[],
  width: number,
  height: number,
  into: Crossings,
): void {
  const n = polygon.length - (polygon.length % 2)
  for (let j = n - 2, k = 0; k < n; j = k, k += 2) {
    // Always from the upper end to the lower: an edge crosses at the same places whichever shape it belongs to.
    const down = at(polygon, j + 1) < at(polygon, k + 1)
    const [from, to] = down ? [j, k] : [k, j]
    const [x1, y1] = [at(polygon, from), at(polygon, from + 1)]
    const [x2, y2] = [at(polygon, to), at(polygon, to + 1)]
    const slope = (x2 - x1) / (y2 - y1)
    const end = Math.min(height, Math.ceil(y2 - 0.5))
    for (let row = Math.max(0, Math.ceil(y1 - 0.5)); row < end; row++) {
      into.add(row, columnOf(x1 + (row + 0.5 - y1) * slope, width))
    }
  }
}

/** The first column whose centre is at `x` or to its right, kept in the frame (`width` is beyond its last). */
function columnOf(x: number, width: number): number {
  const column = Math.ceil(x - 0.5)
  return column < 0 ? 0 : Math.min(width, column)
}

/**
 * Pixels of a rectangle `[x1, y1, x2, y2]` turned about its centre.
 * @param degrees clockwise on screen
 */
export function fillRectangleMask(
  points: readonly number[],
  degrees: number,
  width: number,
  height: number,
): number[] | null {
  return fillPolygonMask(rectangleToPolygon(points, degrees), width, height)
}

/**
 * Pixels of an ellipse `[cx, cy, cx + rx, cy - ry]` turned about its centre.
 * @param degrees clockwise on screen
 */
export function fillEllipseMask(
  points: readonly number[],
  degrees: number,
  width: number,
  height: number,
): number[] | null {
  const [cx, cy] = [at(points, 0), at(points, 1)]
  const rx = Math.abs(at(points, 2) - cx)
  const ry = Math.abs(at(points, 3) - cy)
  if (rx === 0 || ry === 0) return null
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  // a dx² + 2 b dx dy + c dy² = 1 on the outline; each row is a quadratic in dx.
  const a = (cos / rx) ** 2 + (sin / ry) ** 2
  const b = cos * sin * (1 / rx ** 2 - 1 / ry ** 2)
  const reach = Math.hypot(rx * sin, ry * cos)
  crossings.clear()
  const end = Math.min(height, Math.ceil(cy + reach - 0.5))
  for (let row = Math.max(0, Math.ceil(cy - reach - 0.5)); row < end; row++) {
    const dy = row + 0.5 - cy
    // (b dy)² - a (c dy² - 1), where a c - b² = 1 / (rx ry)²: this form cancels nothing.
    const discriminant = a - (dy / (rx * ry)) ** 2
    if (discriminant < 0) continue
    const middle = cx - (b * dy) / a
    const half = Math.sqrt(discriminant) / a
    crossings.add(row, columnOf(middle - half, width))
    crossings.add(row, columnOf(middle + half, width))
  }
  return maskOfCrossings(width, height)
}

/**
 * Pixels of several polygons together: each outline without its holes, then all of them united, overlapping or not.
 * @returns null when no pixel's centre is inside
 */
export function polygonsToMask(
  polygons: readonly PolygonWithHoles[],
  width: number,
  height: number,
): number[] | null {
  const parts = polygons.map(({ outer, holes }) => {
    const filled = fillPolygonMask(outer, width, height)
    const cut = uniteMasks(notNull(holes.map((hole) => fillPolygonMask(hole, width, height))))
    return filled === null || cut === null ? filled : maskSubtract(filled, cut)
  })
  return uniteMasks(notNull(parts))
}

function notNull<T>(list: readonly (T | null)[]): T[] {
  return list.filter((item) => item !== null)
}

function maskOfCrossings(width: number, height: number): number[] | null {
  const toggles = crossings.inOrder(width)
  return maskOfToggles(toggles, { left: 0, top: 0, right: width, bottom: height })
}
