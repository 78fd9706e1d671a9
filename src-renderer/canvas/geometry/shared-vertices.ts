import type { CanvasShape } from '../canvas-api.ts'
import { at } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/** Image pixels: vertices nearer than this are one place. */
export const SAME_PLACE = 1e-6

const isSame = (points: readonly number[], index: number, p: ImagePoint): boolean =>
  Math.abs(at(points, 2 * index) - p.x) <= SAME_PLACE &&
  Math.abs(at(points, 2 * index + 1) - p.y) <= SAME_PLACE

/** Shapes whose vertices can be shared with a neighbour. */
export const hasBorder = (shape: CanvasShape): boolean =>
  shape.type === 'polygon' || shape.type === 'polyline'

/** The vertices of a shape that lie on a place. */
export function verticesAt(shape: CanvasShape, p: ImagePoint): number[] {
  const found: number[] = []
  for (let i = 0; 2 * i + 1 < shape.points.length; i++)
    if (isSame(shape.points, i, p)) found.push(i)
  return found
}

/** The first edge (index of its first vertex) of a shape that joins two places, in either direction; null for none. */
export function edgeBetween(shape: CanvasShape, a: ImagePoint, b: ImagePoint): number | null {
  const n = shape.points.length / 2
  const count = shape.type === 'polygon' ? n : n - 1
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % n
    const forwards = isSame(shape.points, i, a) && isSame(shape.points, j, b)
    if (forwards || (isSame(shape.points, i, b) && isSame(shape.points, j, a))) return i
  }
  return null
}
