/**
 * COCO's polygon rasteriser, to the pixel: `area` and masks of a COCO file must be what every other reader computes.
 * It walks the outline at five times the resolution and notes where it crosses a column's centre (formats.md 34.3).
 */
import type { CocoRle } from './coco-rle.ts'
import { at } from './points.ts'

const SCALE = 5

/**
 * Pixels of a flat, unclosed polygon on an image, as COCO runs. Pixel (c, r) is set when its centre is inside, nearly.
 * @param points image pixels; may lie outside the image
 */
export function polygonToCoco(points: readonly number[], height: number, width: number): CocoRle {
  const crossings: number[] = []
  walkOutline(points, (u, v, previousU, previousV) => {
    const t = u < previousU ? u : u - 1
    const column = (t + 0.5) / SCALE - 0.5
    if (column < 0 || column > width - 1 || !Number.isInteger(column)) return
    const row = (Math.min(v, previousV) + 0.5) / SCALE - 0.5
    crossings.push(column * height + Math.ceil(Math.min(height, Math.max(0, row))))
  })
  crossings.push(height * width)
  return { counts: toCounts(crossings), size: [height, width] }
}

/** Visit each pair of neighbouring samples whose column differs: (u, v) and the sample before it. */
function walkOutline(
  points: readonly number[],
  visit: (u: number, v: number, previousU: number, previousV: number) => void,
): void {
  const n = Math.floor(points.length / 2)
  const scaled = (i: number): number => Math.trunc(SCALE * at(points, i) + 0.5)
  let previousU = Number.NaN
  let previousV = Number.NaN
  for (let j = 0; j < n; j++) {
    const k = (j + 1) % n
    const edge = [scaled(2 * j), scaled(2 * j + 1), scaled(2 * k), scaled(2 * k + 1)] as const
    walkEdge(edge, (u, v) => {
      // NaN differs from everything, so the very first sample is told apart by itself.
      if (u !== previousU && !Number.isNaN(previousU)) visit(u, v, previousU, previousV)
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

/** Crossings in any order to runs; two crossings at one place cancel each other. */
function toCounts(crossings: number[]): number[] {
  crossings.sort((a, b) => a - b)
  const differences = crossings.map((value, i) => (i === 0 ? value : value - at(crossings, i - 1)))
  const counts = [at(differences, 0)]
  for (let i = 1; i < differences.length; i++) {
    const difference = at(differences, i)
    if (difference > 0) counts.push(difference)
    else if (++i < differences.length) counts.push((counts.pop() ?? 0) + at(differences, i))
  }
  return counts
}
