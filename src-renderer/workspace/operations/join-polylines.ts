import { reversed } from '#shared/geometry/slice-cut.ts'

/**
 * Polylines end to end: the first one grows at whichever end the nearest of the others' ends is, and each is turned round
 * where that brings the ends together.
 * @param lines flat, at least one; a point that both ends share is kept once
 */
export function joinPolylines(lines: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = lines
  const left = others.map((line) => [...line])
  let joined = [...first]
  while (left.length > 0) {
    const { at, atStart, turned } = nearest(joined, left)
    const [line = []] = left.splice(at, 1)
    const next = turned ? reversed(line) : line
    joined = atStart ? connect(next, joined) : connect(joined, next)
  }
  return joined
}

interface Joint {
  readonly at: number
  /** Before the first point, not after the last. */
  readonly atStart: boolean
  readonly turned: boolean
}

function nearest(joined: readonly number[], lines: readonly (readonly number[])[]): Joint {
  let best: Joint = { at: 0, atStart: false, turned: false }
  let shortest = Number.POSITIVE_INFINITY
  for (const [at, line] of lines.entries()) {
    for (const atStart of [false, true]) {
      for (const turned of [false, true]) {
        // Put after the end, a line leads on from its own first point; put before the start, with its last.
        const gap = gapBetween(end(joined, atStart), end(line, atStart === turned))
        if (gap < shortest) [shortest, best] = [gap, { at, atStart, turned }]
      }
    }
  }
  return best
}

function end(line: readonly number[], isFirst: boolean): readonly [number, number] {
  const i = isFirst ? 0 : line.length - 2
  return [line[i] ?? 0, line[i + 1] ?? 0]
}

function gapBetween(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

function connect(a: readonly number[], b: readonly number[]): number[] {
  const isShared = gapBetween(end(a, false), end(b, true)) === 0
  return [...a, ...(isShared ? b.slice(2) : b)]
}
