/**
 * Union, difference, intersection of polygons, by Clipper2's sweep on whole numbers: it always ends with an answer, where
 * sweeps on floating point give up on inputs that nearly touch (their trackers are full of "unable to complete output ring").
 * A pixel is divided into 2^20, so a new crossing is off by at most half a millionth of a pixel, and every vertex that was
 * there before is put back exactly as it was.
 *
 * Polygons are read by the even-odd rule, as everywhere here: the doubly covered part of a self-intersecting one is outside.
 */
import { Clipper64, ClipType, FillRule, type Path64, PolyTree64 } from 'clipper2-ts'
import type { PolygonWithHoles } from './mask-raster.ts'
import { at } from './points.ts'
import { polygonArea } from './polygon.ts'

/** `subtract` takes the others away from the first; `exclude` keeps what an odd number of them cover. */
export type BooleanVerb = 'union' | 'subtract' | 'intersect' | 'exclude'

/** Steps a pixel: a power of two, so that halves, quarters … of pixels stay exact. */
const STEPS = 2 ** 20
/** Square image pixels: less than this is rounding between borders that nearly coincide. */
const DUST = 1e-3

/**
 * @param polygons flat, unclosed, image pixels; at least one
 * @returns the parts of the result, largest first; [] when nothing is left
 */
export function combinePolygons(
  verb: BooleanVerb,
  polygons: readonly (readonly number[])[],
): PolygonWithHoles[] {
  const lattice = createLattice()
  const [first = [], ...others] = polygons.map((polygon) => resolved(lattice.pathOf(polygon)))
  if (verb === 'intersect') {
    const together = others.reduce(
      (kept, other) => paths(ClipType.Intersection, kept, other),
      first,
    )
    return partsOf(treeOf(ClipType.Union, together, []), lattice)
  }
  if (verb === 'exclude') {
    const odd = others.reduce((kept, other) => paths(ClipType.Xor, kept, other), first)
    return partsOf(treeOf(ClipType.Union, odd, []), lattice)
  }
  const type = verb === 'union' ? ClipType.Union : ClipType.Difference
  return partsOf(treeOf(type, first, others.flat()), lattice)
}

/** What a polygon, self-intersecting or with holes joined by bridges, covers: outlines that cross nothing, and their holes. */
export function resolvePolygon(points: readonly number[]): PolygonWithHoles[] {
  return combinePolygons('union', [points])
}

type Paths = readonly Path64[]

/** Each polygon by itself under the even-odd rule; what comes out is oriented, so that several can be combined. */
function resolved(path: Path64): Paths {
  return paths(ClipType.Union, [path], [], FillRule.EvenOdd)
}

function paths(type: ClipType, a: Paths, b: Paths, rule = FillRule.NonZero): Path64[] {
  const clipper = new Clipper64()
  clipper.addSubject([...a])
  clipper.addClip([...b])
  const solution: Path64[] = []
  clipper.execute(type, rule, solution)
  return solution
}

function treeOf(type: ClipType, a: Paths, b: Paths): PolyTree64 {
  const clipper = new Clipper64()
  clipper.addSubject([...a])
  clipper.addClip([...b])
  const tree = new PolyTree64()
  clipper.execute(type, FillRule.NonZero, tree)
  return tree
}

/** Whole numbers for coordinates, and the way back that knows which point was whose. */
function createLattice() {
  const originals = new Map<string, readonly [number, number]>()
  return {
    pathOf(points: readonly number[]): Path64 {
      const path: Path64 = []
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [x, y] = [at(points, i), at(points, i + 1)]
        const step = { x: Math.round(x * STEPS), y: Math.round(y * STEPS) }
        originals.set(`${step.x},${step.y}`, [x, y])
        path.push(step)
      }
      return path
    },
    pointsOf(path: Path64): number[] {
      return path.flatMap(({ x, y }) => originals.get(`${x},${y}`) ?? [x / STEPS, y / STEPS])
    },
  }
}

function partsOf(tree: PolyTree64, lattice: ReturnType<typeof createLattice>): PolygonWithHoles[] {
  const parts: PolygonWithHoles[] = []
  const waiting = children(tree)
  for (let outline = waiting.pop(); outline; outline = waiting.pop()) {
    const holes = children(outline)
    const flat = (path: Path64 | null) => lattice.pointsOf(path ?? [])
    parts.push({ outer: flat(outline.poly), holes: holes.map((hole) => flat(hole.poly)) })
    // Islands within a hole are parts of their own.
    for (const hole of holes) waiting.push(...children(hole))
  }
  return parts
    .map(({ outer, holes }) => ({ outer, holes: holes.filter((h) => polygonArea(h) > DUST) }))
    .filter(({ outer }) => polygonArea(outer) > DUST)
    .sort((a, b) => partArea(b) - partArea(a))
}

function children(node: PolyTree64): PolyTree64[] {
  return Array.from({ length: node.count }, (_, index) => node.child(index))
}

/** Square image pixels that a part covers. */
export function partArea({ outer, holes }: PolygonWithHoles): number {
  return holes.reduce((area, hole) => area - polygonArea(hole), polygonArea(outer))
}
