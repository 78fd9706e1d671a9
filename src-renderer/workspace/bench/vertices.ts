import type { Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import {
  type Directed,
  startingAt,
  trackStartingAt,
  trackTurnedRound,
  turnedRound,
} from '#shared/tracks/direction.ts'
import { annotationsOf, type Bench, shapesOf, targetIds } from './bench.ts'
import { change, reshape } from './editing.ts'

/** A vertex a verb is meant for, and the shape it belongs to as it is on this frame. */
export interface VertexTarget {
  readonly shape: Shape
  readonly vertex: number
}

/** The vertex the menu was opened on, else the one under the pointer. */
export function vertexTarget(bench: Bench): VertexTarget | null {
  const { menu } = bench.ui.getState()
  const [only, ...more] = targetIds(bench)
  const id = menu ? menu.id : more.length === 0 ? only : undefined
  const vertex = menu ? menu.vertex : (bench.canvas?.vertex ?? null)
  const shape = id === undefined ? null : unlockedShape(bench, id)
  return shape && vertex !== null && isPath(shape) ? { shape, vertex } : null
}

/** Shapes that are a list of points. */
export const isPath = ({ type }: Shape): boolean =>
  type === 'polygon' || type === 'polyline' || type === 'points'

export function deleteVertex(bench: Bench): void {
  const target = vertexTarget(bench)
  if (target) bench.canvas?.deleteVertex(target.shape.id, target.vertex)
}

/** Where the outline begins: tracks interpolate from first point to first point. A line can begin at either end. */
export function canStartAt({ shape, vertex }: VertexTarget): boolean {
  const last = shape.points.length / 2 - 1
  if (shape.type === 'polygon') return vertex > 0 && vertex <= last
  return shape.type === 'polyline' && vertex === last
}

export function setStart(bench: Bench): void {
  const target = vertexTarget(bench)
  if (!target || !canStartAt(target)) return
  const { shape, vertex } = target
  reshape(bench, 'set-start', annotationsOf(bench, [shape.id]), (one) =>
    isDirected(one) ? { ...one, points: startingAt(one.type, one.points, vertex) } : one,
  )
}

/** Of a track: every keyframe begins there, so that points go on being matched as they were. */
export function setStartEverywhere(bench: Bench): void {
  const target = vertexTarget(bench)
  if (!target || !canStartAt(target)) return
  const { shape, vertex } = target
  if (!isDirected(shape)) return
  const { type, points } = shape
  change(bench, 'set-start', annotationsOf(bench, [shape.id]), (one) =>
    one.kind === 'track' ? trackStartingAt(one, type, { points, vertex }) : one,
  )
}

/** The targets whose outline has a direction. */
export function directed(bench: Bench): Shape[] {
  return targetIds(bench)
    .map((id) => unlockedShape(bench, id))
    .filter((shape) => shape !== null)
    .filter(({ type }) => type === 'polygon' || type === 'polyline')
}

/** The other way round. A polygon still begins at its first point, a line at its other end. */
export function switchOrientation(bench: Bench): void {
  const ids = directed(bench).map((shape) => shape.id)
  reshape(bench, 'switch-orientation', annotationsOf(bench, ids), (one) =>
    isDirected(one) ? { ...one, points: turnedRound(one.type, one.points) } : one,
  )
}

/** Of tracks: every keyframe the other way round, so that what lies between them stays where it is. */
export function switchOrientationEverywhere(bench: Bench): void {
  const ids = directed(bench).map((shape) => shape.id)
  change(bench, 'switch-orientation', annotationsOf(bench, ids), (one) =>
    one.kind === 'track' && isDirected(one) ? trackTurnedRound(one, one.type) : one,
  )
}

/** Whether any of the directed targets is a track: then one keyframe is not all there is to change. */
export function isTrackDirected(bench: Bench): boolean {
  const ids = directed(bench).map((shape) => shape.id)
  return annotationsOf(bench, ids).some(({ kind }) => kind === 'track')
}

const isDirected = <T extends { readonly type: string }>(one: T): one is T & { type: Directed } =>
  one.type === 'polygon' || one.type === 'polyline'

function unlockedShape(bench: Bench, id: AnnotationId): Shape | null {
  if (bench.document.viewOf(id).locked) return null
  return shapesOf(bench, annotationsOf(bench, [id]))[0] ?? null
}
