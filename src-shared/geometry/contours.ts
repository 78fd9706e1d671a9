/**
 * Contours for formats that cannot say "hole": each hole is joined to its outline by a bridge walked there and back, which
 * encloses nothing. Contours run along the pixels' edges, so rasterising gives back the same pixels (one through pixel
 * centres, as OpenCV draws it, loses one column and one row each time).
 */
import { at } from './points.ts'
import type { ContourLoop } from './trace-runs.ts'

/** One flat polygon per connected part (pixels touching at a corner are separate parts), in image pixels. */
export function joinHoles(loops: readonly ContourLoop[]): number[][] {
  const parts = new Map<number, number[]>()
  for (const [i, { points, hole }] of loops.entries()) {
    const outline = parts.get(hole)
    if (outline === undefined) parts.set(i, points)
    else parts.set(hole, bridge(outline, points))
  }
  return [...parts.values()]
}

/** Join through the nearest pair of corners: … o, h0, h1 …, h0, o … */
function bridge(outline: readonly number[], hole: readonly number[]): number[] {
  let best = Number.POSITIVE_INFINITY
  let [atOutline, atHole] = [0, 0]
  for (let i = 0; i < outline.length; i += 2) {
    for (let j = 0; j < hole.length; j += 2) {
      const distance = Math.hypot(
        at(outline, i) - at(hole, j),
        at(outline, i + 1) - at(hole, j + 1),
      )
      if (distance < best) [best, atOutline, atHole] = [distance, i, j]
    }
  }
  const here = outline.slice(0, atOutline + 2)
  const round = [...hole.slice(atHole), ...hole.slice(0, atHole + 2)]
  return [...here, ...round, ...outline.slice(atOutline)]
}
