/**
 * COCO's polygon rasteriser, to the pixel: `area` and masks of a COCO file must be what every other reader computes.
 * It walks the outline at five times the resolution and notes where it crosses a column's centre (formats.md 34.3).
 */
import type { CocoRle } from './coco-rle.ts'
import { at } from './points.ts'
import { togglesToCounts } from './toggles.ts'

const SCALE = 5

/**
 * Pixels of a flat, unclosed polygon on an image, as COCO runs. Pixel (c, r) is set when its centre is inside, nearly.
 * @param points image pixels; may lie outside the image
 */
export function polygonToCoco(points: readonly number[], height: number, width: number): CocoRle {
  const n = Math.floor(points.length / 2)
  const scaled = Array.from({ length: 2 * n }, (_, i) => Math.trunc(SCALE * at(points, i) + 0.5))
  const crossings: number[] = []
  if (scaled.every((value) => value >= 0)) crossColumns(scaled, height, width, crossings)
  else walkOutline(scaled, height, width, crossings)
  return { counts: togglesToCounts(crossings, height * width, height), size: [height, width] }
}

/** Row of a crossing whose upper sample is `v`: clamped to the image and rounded up. */
function rowOf(v: number, height: number): number {
  const row = (v + 0.5) / SCALE - 0.5
  return Math.ceil(Math.min(height, Math.max(0, row)))
}

/**
 * The short way: only the samples on either side of each column's centre. It gives what `walkOutline` gives as long as
 * no coordinate is negative (there, truncation moves the ends of an edge), with a tenth of the steps.
 */
function crossColumns(
  scaled: readonly number[],
  height: number,
  width: number,
  crossings: number[],
): void {
  const n = scaled.length
  for (let j = 0; j < n; j += 2) {
    const k = (j + 2) % n
    let [xs, ys, xe, ye] = [at(scaled, j), at(scaled, j + 1), at(scaled, k), at(scaled, k + 1)]
    const wide = Math.abs(xe - xs) >= Math.abs(ye - ys)
    if (wide ? xs > xe : ys > ye) [xs, ys, xe, ye] = [xe, ye, xs, ys]
    const slope = wide ? (ye - ys) / (xe - xs) : (xe - xs) / (ye - ys)
    const low = Math.min(xs, xe)
    const high = Math.max(xs, xe)
    const last = Math.min(width - 1, Math.floor((high - 1 - MIDDLE) / SCALE))
    for (let column = Math.max(0, Math.ceil((low - MIDDLE) / SCALE)); column <= last; column++) {
      const t = column * SCALE + MIDDLE
      const v = wide ? upperOfWide(xs, ys, slope, t) : upperOfSteep(xs, ys, slope, t)
      crossings.push(column * height + rowOf(v, height))
    }
  }
}

/** Scaled column t and t + 1 lie on either side of a column's centre when t is this, modulo the scale. */
const MIDDLE = 2

function upperOfWide(xs: number, ys: number, slope: number, t: number): number {
  const here = Math.trunc(ys + slope * (t - xs) + 0.5)
  const there = Math.trunc(ys + slope * (t + 1 - xs) + 0.5)
  return Math.min(here, there)
}

/** The step before the one that first lies beyond t; guessed by division, put right by the formula itself. */
function upperOfSteep(xs: number, ys: number, slope: number, t: number): number {
  const isBeyond = (d: number): boolean => {
    const u = Math.trunc(xs + slope * d + 0.5)
    return slope > 0 ? u > t : u <= t
  }
  let d = Math.max(1, Math.ceil((t + 0.5 - xs) / slope))
  while (!isBeyond(d)) d++
  while (d > 1 && isBeyond(d - 1)) d--
  return ys + d - 1
}

/** The long way, sample by sample along the whole outline, as the definition has it. */
function walkOutline(
  scaled: readonly number[],
  height: number,
  width: number,
  crossings: number[],
): void {
  const n = scaled.length
  let previousU = Number.NaN
  let previousV = Number.NaN
  for (let j = 0; j < n; j += 2) {
    const k = (j + 2) % n
    const edge = [at(scaled, j), at(scaled, j + 1), at(scaled, k), at(scaled, k + 1)] as const
    walkEdge(edge, (u, v) => {
      const column = (Math.min(u, previousU) - MIDDLE) / SCALE
      // NaN, before the very first sample, is no integer either.
      if (u !== previousU && Number.isInteger(column) && column >= 0 && column < width) {
        crossings.push(column * height + rowOf(Math.min(v, previousV), height))
      }
      previousU = u
      previousV = v
    })
  }
}

/** Samples of one edge, both ends included, in its direction; slope and rounding are taken from the smaller end. */
function walkEdge(
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  visit: (u: number, v: number) => void,
): void {
  const dx = Math.abs(x2 - x1)
  const dy = Math.abs(y2 - y1)
  const wide = dx >= dy
  const flip = wide ? x1 > x2 : y1 > y2
  const [xs, ys, xe, ye] = flip ? [x2, y2, x1, y1] : [x1, y1, x2, y2]
  const length = wide ? dx : dy
  const slope = length === 0 ? 0 : (wide ? ye - ys : xe - xs) / length
  for (let step = 0; step <= length; step++) {
    const d = flip ? length - step : step
    if (wide) visit(xs + d, Math.trunc(ys + slope * d + 0.5))
    else visit(Math.trunc(xs + slope * d + 0.5), ys + d)
  }
}
