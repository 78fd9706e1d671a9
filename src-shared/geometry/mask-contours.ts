/**
 * Masks to polygons that lie on the pixels' edges, so filling them gives the same pixels back. Holes stay lists of their
 * own; formats that cannot say "hole" join them to the outline instead (`contours.ts`).
 */
import type { PolygonWithHoles } from './mask-raster.ts'
import { maskBox, togglesIn } from './mask-spans.ts'
import { simplifyLoops } from './simplify.ts'
import { type ContourLoop, traceToggles } from './trace-runs.ts'

/**
 * One polygon per connected part of a mask, with every hole in it; pixels that touch only at a corner are separate parts.
 * Outlines run clockwise on screen, holes the other way round, each from its topmost corner. At density 1 no outline
 * crosses itself (it may touch itself at a corner) and `polygonsToMask` gives the mask back to the pixel.
 * @param points   mask points that `maskProblem` has nothing against
 * @param density  0 … 1, the share of corners kept: 1 all, 0 about four a loop (`simplifyLoops`)
 */
export function maskToPolygons(
  points: readonly number[],
  { density = 1 }: { density?: number } = {},
): PolygonWithHoles[] {
  const loops = maskContours(points)
  const kept = simplifyLoops(
    loops.map((loop) => loop.points),
    density,
  )
  const polygons = new Map<number, { outer: number[]; holes: number[][] }>()
  for (const [i, { hole }] of loops.entries()) {
    if (hole < 0) polygons.set(i, { outer: kept[i] ?? [], holes: [] })
    else polygons.get(hole)?.holes.push(kept[i] ?? [])
  }
  return [...polygons.values()]
}

/** Every loop around set pixels, in image pixels, corners only. */
export function maskContours(points: readonly number[]): ContourLoop[] {
  const box = maskBox(points)
  return traceToggles(togglesIn(points, box), box.right - box.left, box.left, box.top)
}
