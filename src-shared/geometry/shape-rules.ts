/**
 * What a shape must be to be one, whoever makes it: drawn by hand, read from a file, or computed. Two rules, because
 * they differ in what follows:
 * - `formProblem`: no shape of that type at all. The store refuses it, importers name it in their report.
 * - `isFlat`: well formed but without extent. Drawing and editing refuse it with a hint; a file may hold one, and it is
 *   kept as the file says.
 * Neither looks at the picture: tools keep what is drawn inside it, and a file's shapes stay where the file has them.
 */
import { maskProblem } from './mask.ts'
import { isCoordinate } from './points.ts'
import { polygonArea } from './polygon.ts'

/** The shape types of the domain. */
export type FormType =
  | 'rectangle'
  | 'polygon'
  | 'polyline'
  | 'points'
  | 'ellipse'
  | 'cuboid'
  | 'mask'
  | 'skeleton'

/** How many points outlines need; types that are not here have a fixed form. */
export const FEWEST_POINTS = { polygon: 3, polyline: 2, points: 1 } as const

/** Square image pixels: a smaller rectangle, ellipse or polygon is a slip of the hand. */
export const SMALLEST_AREA = 1
/** Image pixels. */
export const SHORTEST_LINE = 1

/** What the number of coordinates of a type must be. */
const COUNTS: Record<FormType, { fits: (count: number) => boolean; want: string }> = {
  rectangle: { fits: (n) => n === 4, want: '4 numbers' },
  ellipse: { fits: (n) => n === 4, want: '4 numbers' },
  cuboid: { fits: (n) => n === 16, want: '16 numbers' },
  polygon: { fits: (n) => n >= 6 && n % 2 === 0, want: 'x and y of at least 3 points' },
  polyline: { fits: (n) => n >= 4 && n % 2 === 0, want: 'x and y of at least 2 points' },
  points: { fits: (n) => n >= 2 && n % 2 === 0, want: 'x and y of at least 1 point' },
  mask: { fits: (n) => n >= 6, want: 'run lengths and a box' },
  skeleton: { fits: (n) => n === 0, want: 'no points of its own' },
}

/**
 * What keeps numbers from being a shape of this type, as a clause without a full stop; null when nothing does.
 * @param points  flat image pixels (a mask: runs and box), see src-shared/domain/annotation.ts
 */
export function formProblem(type: FormType, points: readonly number[]): string | null {
  const farthest = farthestOf(points)
  if (!Number.isFinite(farthest)) return 'a coordinate is not a finite number'
  const { fits, want } = COUNTS[type]
  const what = type === 'points' ? 'point set' : type
  if (!fits(points.length)) return `a ${what} needs ${want}; it has ${count(points.length)}`
  if (type === 'mask') return maskProblem(points)
  return isCoordinate(farthest) ? null : 'a coordinate is further away than any picture reaches'
}

/** The largest size of a number, NaN where one is not a number. One pass by hand: files bring them by the million. */
function farthestOf(numbers: readonly number[]): number {
  let farthest = 0
  for (let i = 0; i < numbers.length; i += 1)
    farthest = Math.max(farthest, Math.abs(numbers[i] ?? Number.NaN))
  return farthest
}

function count(numbers: number): string {
  return numbers === 1 ? '1 number' : `${numbers} numbers`
}

/**
 * Whether a well-formed shape has no extent worth drawing: a box or a polygon below one square pixel, a line shorter
 * than one pixel. Points have none and need none; cuboids, masks and skeletons answer for themselves.
 */
export function isFlat(type: FormType, points: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = points
  switch (type) {
    case 'rectangle':
      return Math.abs((c - a) * (d - b)) < SMALLEST_AREA
    case 'ellipse':
      return Math.abs(4 * (c - a) * (b - d)) < SMALLEST_AREA
    case 'polygon':
      return polygonArea(points) < SMALLEST_AREA && !crossesItself(points, true)
    case 'polyline':
      return lineLength(points) < SHORTEST_LINE
    default:
      return false
  }
}

function lineLength(points: readonly number[]): number {
  let length = 0
  for (let i = 2; i + 1 < points.length; i += 2)
    length += Math.hypot(
      (points[i] ?? 0) - (points[i - 2] ?? 0),
      (points[i + 1] ?? 0) - (points[i - 1] ?? 0),
    )
  return length
}

/**
 * Does an outline cross itself? Edges that share a vertex may touch there; an edge that folds back onto its neighbour
 * does not count. A sweep over x: about n log n for outlines as people draw them.
 */
export function crossesItself(points: readonly number[], closed: boolean): boolean {
  const edges = edgesOf(points, closed)
  edges.sort((p, q) => p.x1 - q.x1)
  let open: Edge[] = []
  for (const edge of edges) {
    open = open.filter((other) => other.x2 >= edge.x1)
    for (const other of open) if (areCrossing(edge, other)) return true
    open.push(edge)
  }
  return false
}

interface Edge {
  /** Its place in the outline; `next` is the edge's that it leads to, -1 at an open end. */
  readonly at: number
  readonly next: number
  readonly a: readonly [number, number]
  readonly b: readonly [number, number]
  readonly x1: number
  readonly x2: number
}

function edgesOf(points: readonly number[], closed: boolean): Edge[] {
  const n = Math.floor(points.length / 2)
  const count = closed ? n : n - 1
  const edges: Edge[] = []
  for (let at = 0; at < count; at++) {
    const j = 2 * ((at + 1) % n)
    const a = [points[2 * at] ?? 0, points[2 * at + 1] ?? 0] as const
    const b = [points[j] ?? 0, points[j + 1] ?? 0] as const
    const next = at + 1 < count ? at + 1 : closed ? 0 : -1
    edges.push({ at, next, a, b, x1: Math.min(a[0], b[0]), x2: Math.max(a[0], b[0]) })
  }
  return edges
}

/** Properly: each has its ends on both sides of the other. Touching is no crossing. */
function areCrossing(p: Edge, q: Edge): boolean {
  if (p.next === q.at || q.next === p.at) return false
  return (
    side(p.a, p.b, q.a) * side(p.a, p.b, q.b) < 0 && side(q.a, q.b, p.a) * side(q.a, q.b, p.b) < 0
  )
}

function side(
  a: readonly [number, number],
  b: readonly [number, number],
  c: readonly [number, number],
): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
}
