import type { PolygonWithHoles } from './mask-raster.ts'
import { at } from './points.ts'

/**
 * A polygon with holes as one outline: each hole is joined to it by a bridge walked there and back, which encloses nothing.
 * By the even-odd rule it covers exactly what the polygon with its holes does.
 */
export function bridgeHoles({ outer, holes }: PolygonWithHoles): number[] {
  let joined = [...outer]
  for (const hole of nearestFirst(outer, holes)) joined = bridge(joined, hole)
  return joined
}

/** Holes near the outline are joined first, so that those farther in find a short bridge to them. */
function nearestFirst(
  outer: readonly number[],
  holes: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  if (holes.length < 2) return holes
  const ranked = holes.map((hole) => ({ hole, gap: nearestPair(outer, hole).gap }))
  return ranked.sort((a, b) => a.gap - b.gap).map(({ hole }) => hole)
}

function bridge(outline: readonly number[], hole: readonly number[]): number[] {
  const { i, j } = nearestPair(outline, hole)
  const round = [...hole.slice(j), ...hole.slice(0, j + 2)]
  return [...outline.slice(0, i + 2), ...round, ...outline.slice(i)]
}

/** Indices of the x of the two vertices that are nearest to each other. */
function nearestPair(a: readonly number[], b: readonly number[]) {
  const best = { i: 0, j: 0, gap: Number.POSITIVE_INFINITY }
  for (let i = 0; i + 1 < a.length; i += 2) {
    for (let j = 0; j + 1 < b.length; j += 2) {
      const gap = (at(a, i) - at(b, j)) ** 2 + (at(a, i + 1) - at(b, j + 1)) ** 2
      if (gap < best.gap) Object.assign(best, { i, j, gap })
    }
  }
  return best
}
