/**
 * A polygon cut along a line. The cut is not computed as areas but as a change of order: crossings become vertices of the
 * outline, the stretches of the line between them become edges walked once each way, and following the edges round gives
 * the pieces. So both sides of a cut have the very same points, and the pieces' areas add up to the whole.
 */
import { resolvePolygon } from './boolean-polygons.ts'
import { at } from './points.ts'
import { isPointInPolygon, polygonArea, signedPolygonArea } from './polygon.ts'
import { bridgeHoles } from './polygon-bridges.ts'
import { crossesItself } from './shape-rules.ts'
import { type Crossing, crossingsOf, prolonged, reversed, withoutRepeats } from './slice-cut.ts'

export type SliceResult =
  | { readonly pieces: readonly (readonly number[])[] }
  | { readonly problem: 'misses' | 'crosses-itself' }

/** Image pixels that a cut is moved by when it runs exactly through a vertex and its order there is open. */
const NUDGE = 1e-6
const TRIES = 6

/**
 * @param points flat polygon; a self-intersecting one is read by the even-odd rule
 * @param cut    flat line of two points or more; ends inside are prolonged to the border
 * @returns two pieces or more, largest first, holes joined by bridges
 */
export function slicePolygon(points: readonly number[], cut: readonly number[]): SliceResult {
  const line = withoutRepeats(cut)
  if (line.length < 4) return { problem: 'misses' }
  const rings = ringsOf(points)
  const isInside = (x: number, y: number) => isPointInPolygon(x, y, points)
  const whole = prolonged(line, rings, isInside)
  if (crossesItself(whole, false)) return { problem: 'crosses-itself' }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const moved = nudged(whole, attempt)
    const chords = chordsOf(moved, crossingsOf(moved, rings), rings)
    if (!chords) continue
    const pieces = chords.length === 0 ? [] : piecesOf(rings, chords)
    const outers = rings.filter((ring) => signedPolygonArea(ring) > 0).length
    return pieces.length > outers ? { pieces } : { problem: 'misses' }
  }
  return { problem: 'misses' }
}

/** Outlines clockwise on screen, holes the other way round. */
function ringsOf(points: readonly number[]): number[][] {
  const parts = resolvePolygon(points)
  const [only] = parts
  const isPlain = parts.length === 1 && only?.holes.length === 0
  // As it was drawn, down to its vertices that change no direction.
  if (isPlain && only.outer.length >= points.length) return [oriented(points, 1)]
  return parts.flatMap(({ outer, holes }) => [
    oriented(outer, 1),
    ...holes.map((hole) => oriented(hole, -1)),
  ])
}

function oriented(ring: readonly number[], sign: 1 | -1): number[] {
  return signedPolygonArea(ring) * sign > 0 ? [...ring] : reversed(ring)
}

function nudged(cut: readonly number[], attempt: number): readonly number[] {
  if (attempt === 0) return cut
  const angle = attempt * 2.399963
  const [dx, dy] = [Math.cos(angle) * NUDGE * attempt, Math.sin(angle) * NUDGE * attempt]
  return cut.map((value, i) => value + (i % 2 === 0 ? dx : dy))
}

/** A stretch of the cut inside the shape: from one crossing to the next, and the cut's own points between. */
interface Chord {
  readonly from: Crossing
  readonly to: Crossing
  readonly between: readonly number[]
}

/** @returns null when two crossings lie at the same place, so that their order cannot be told */
function chordsOf(
  cut: readonly number[],
  crossings: readonly Crossing[],
  rings: readonly (readonly number[])[],
): Chord[] | null {
  const isTied = crossings.some(({ along }, i) => along === crossings[i + 1]?.along)
  if (isTied) return null
  const startsInside = rings.filter((ring) => isPointInPolygon(at(cut, 0), at(cut, 1), ring))
  const inner = startsInside.length % 2 === 1 ? crossings.slice(1) : crossings
  const chords: Chord[] = []
  for (let i = 0; i + 1 < inner.length; i += 2) {
    const [from, to] = [inner[i], inner[i + 1]]
    if (!from || !to) break
    const first = Math.floor(from.along) + 1
    const last = Math.floor(to.along)
    chords.push({ from, to, between: cut.slice(2 * first, 2 * (last + 1)) })
  }
  return chords
}

/** Vertices of all rings with the crossings put in, each knowing the next of its ring and the chord that begins at it. */
class Edges {
  readonly #x: number[] = []
  readonly #y: number[] = []
  readonly #next: number[] = []
  readonly #chord = new Map<number, { to: number; between: readonly number[] }>()

  constructor(rings: readonly (readonly number[])[], chords: readonly Chord[]) {
    const nodes = new Map<Crossing, number>()
    const all = chords.flatMap(({ from, to }) => [from, to])
    for (const [index, ring] of rings.entries()) {
      this.#addRing(
        ring,
        all.filter((crossing) => crossing.ring === index),
        nodes,
      )
    }
    for (const { from, to, between } of chords) {
      const [a, b] = [nodes.get(from) ?? 0, nodes.get(to) ?? 0]
      this.#chord.set(a, { to: b, between })
      this.#chord.set(b, { to: a, between: reversed(between) })
    }
  }

  #addRing(ring: readonly number[], crossings: Crossing[], nodes: Map<Crossing, number>): void {
    const first = this.#x.length
    crossings.sort((a, b) => a.edge - b.edge || a.share - b.share)
    let taken = 0
    for (let edge = 0; 2 * edge + 1 < ring.length; edge++) {
      const [x, y] = [at(ring, 2 * edge), at(ring, 2 * edge + 1)]
      const after = (2 * edge + 2) % ring.length
      this.#add(x, y)
      for (; crossings[taken]?.edge === edge; taken++) {
        const crossing = crossings[taken]
        if (!crossing) break
        nodes.set(crossing, this.#x.length)
        this.#add(
          x + (at(ring, after) - x) * crossing.share,
          y + (at(ring, after + 1) - y) * crossing.share,
        )
      }
    }
    this.#next[this.#x.length - 1] = first
  }

  #add(x: number, y: number): void {
    this.#x.push(x)
    this.#y.push(y)
    this.#next.push(this.#x.length)
  }

  /** Round every face: along the ring to a crossing, over the chord, along the ring again. */
  faces(): number[][] {
    const seen = new Uint8Array(this.#x.length)
    const faces: number[][] = []
    for (let start = 0; start < seen.length; start++)
      if (!seen[start]) faces.push(this.#round(start, seen))
    return faces
  }

  #round(start: number, seen: Uint8Array): number[] {
    const face: number[] = []
    let node = start
    do {
      seen[node] = 1
      face.push(at(this.#x, node), at(this.#y, node))
      const next = this.#next[node] ?? 0
      const chord = this.#chord.get(next)
      if (chord) face.push(at(this.#x, next), at(this.#y, next), ...chord.between)
      node = chord ? chord.to : next
    } while (node !== start)
    return withoutRepeats(face)
  }
}

function piecesOf(rings: readonly (readonly number[])[], chords: readonly Chord[]): number[][] {
  const faces = new Edges(rings, chords).faces()
  const outers = faces
    .filter((face) => signedPolygonArea(face) > 0)
    .map((outer) => ({ outer, holes: [] as number[][] }))
  for (const hole of faces.filter((face) => signedPolygonArea(face) < 0)) {
    const around = outers
      .filter(({ outer }) => polygonArea(outer) > polygonArea(hole))
      .filter(({ outer }) => isPointInPolygon(at(hole, 0), at(hole, 1), outer))
      .sort((a, b) => polygonArea(a.outer) - polygonArea(b.outer))[0]
    around?.holes.push(hole)
  }
  return outers.map(bridgeHoles).sort((a, b) => polygonArea(b) - polygonArea(a))
}
