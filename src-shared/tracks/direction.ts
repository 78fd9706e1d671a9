import type { Track } from '../domain/annotation.ts'

/**
 * Outlines that begin elsewhere or run the other way round. Between two keyframes of a track points are matched along
 * their outlines, so both have to begin at about the same place and run the same way; see `match-curves.ts`.
 */

/** Types whose outline has a beginning and a direction. */
export type Directed = 'polygon' | 'polyline'

/** Flat points of a polygon that begin at this vertex; a line can begin at either end, so it is turned round. */
export function startingAt(type: Directed, points: readonly number[], vertex: number): number[] {
  if (type === 'polyline') return vertex === 0 ? [...points] : backwards(points)
  return [...points.slice(2 * vertex), ...points.slice(0, 2 * vertex)]
}

/** The other way round. A polygon still begins at its first point, a line at its other end. */
export function turnedRound(type: Directed, points: readonly number[]): number[] {
  if (type === 'polyline') return backwards(points)
  return [...points.slice(0, 2), ...backwards(points.slice(2))]
}

/** Every keyframe the other way round. */
export function trackTurnedRound(track: Track, type: Directed): Track {
  return {
    ...track,
    keyframes: track.keyframes.map((one) => ({ ...one, points: turnedRound(type, one.points) })),
  }
}

/**
 * Every keyframe begins where this outline begins at `vertex`: at the same number where it has as many points, else at the
 * point that lies as far along it. A line is turned round everywhere.
 */
export function trackStartingAt(
  track: Track,
  type: Directed,
  at: { readonly points: readonly number[]; readonly vertex: number },
): Track {
  if (type === 'polyline') return at.vertex === 0 ? track : trackTurnedRound(track, type)
  const wanted = sharesOf(at.points)[at.vertex] ?? 0
  const keyframes = track.keyframes.map((keyframe) => {
    const { points } = keyframe
    const isAlike = points.length === at.points.length
    const vertex = isAlike ? at.vertex : nearestShare(sharesOf(points), wanted)
    return { ...keyframe, points: startingAt(type, points, vertex) }
  })
  return { ...track, keyframes }
}

/** How far along a closed outline each point lies, 0 … 1. */
function sharesOf(points: readonly number[]): number[] {
  const shares: number[] = []
  let length = 0
  for (let i = 0; i < points.length; i += 2) {
    shares.push(length)
    const next = (i + 2) % points.length
    length += Math.hypot(
      (points[next] ?? 0) - (points[i] ?? 0),
      (points[next + 1] ?? 0) - (points[i + 1] ?? 0),
    )
  }
  return shares.map((share) => (length === 0 ? 0 : share / length))
}

function nearestShare(shares: readonly number[], wanted: number): number {
  let best = 0
  const away = (at: number) => {
    const gap = Math.abs((shares[at] ?? 0) - wanted)
    return Math.min(gap, 1 - gap)
  }
  for (let at = 1; at < shares.length; at += 1) if (away(at) < away(best)) best = at
  return best
}

/** Flat points, last first. */
function backwards(points: readonly number[]): number[] {
  const back: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) back.push(points[i] ?? 0, points[i + 1] ?? 0)
  return back
}
