import { readCuboid, sideMiddles, visibleSide } from '#shared/geometry/cuboid.ts'
import type { CanvasShape } from '../../canvas-api.ts'
import { at } from '../shape-box.ts'
import type { ImagePoint } from '../space.ts'
import type { Handle } from './handle.ts'

/** CSS pixels: a middle is offered only on edges long enough that it does not crowd the corners. */
const SHORTEST_EDGE = 36

/**
 * What of a cuboid can be taken hold of; `index` says which:
 * - `corner` of the front face: 0 left top, 1 left bottom, 2 right top, 3 right bottom
 * - `side` and `level`, the middles of the front face's edges: 0 left, 1 right; 0 top, 1 bottom
 * - `rear-corner` of the seen side: 0 top, 1 bottom; and `rear`, the middle between them
 */
export type CuboidPart = 'corner' | 'side' | 'level' | 'rear-corner' | 'rear'

export function cuboidHandles({ points }: CanvasShape, pixel: number): Handle[] {
  const cuboid = readCuboid(points)
  const seen = visibleSide(cuboid)
  const corner = (i: number): ImagePoint => ({ x: at(points, 2 * i), y: at(points, 2 * i + 1) })
  const rear = (seen === 'right' ? [4, 5] : [6, 7]).map(corner)
  const handles = [
    ...[0, 1, 2, 3].map((i) => own('corner', i, corner(i), 'ns-resize', 'dot')),
    ...rear.map((place, i) => own('rear-corner', i, place, 'ns-resize', 'dot')),
  ]
  const isLong = (a: ImagePoint, b: ImagePoint) =>
    Math.hypot(b.x - a.x, b.y - a.y) >= SHORTEST_EDGE * pixel
  const middle = (a: ImagePoint, b: ImagePoint) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  const [lt, lb, rt, rb] = [0, 1, 2, 3].map(corner) as [
    ImagePoint,
    ImagePoint,
    ImagePoint,
    ImagePoint,
  ]
  if (isLong(lt, lb)) {
    handles.push(own('side', 0, middle(lt, lb), 'ew-resize', 'small-dot'))
    handles.push(own('side', 1, middle(rt, rb), 'ew-resize', 'small-dot'))
  }
  if (isLong(lt, rt)) {
    handles.push(own('level', 0, middle(lt, rt), 'ns-resize', 'small-dot'))
    handles.push(own('level', 1, middle(lb, rb), 'ns-resize', 'small-dot'))
  }
  const depth = sideMiddles(cuboid, seen).rear
  if (rear[0] && rear[1] && isLong(rear[0], rear[1]))
    handles.push(own('rear', 0, depth, 'move', 'small-dot'))
  return handles
}

function own(
  part: CuboidPart,
  index: number,
  place: ImagePoint,
  cursor: string,
  look: 'dot' | 'small-dot',
): Handle {
  return { kind: 'own', part, index, at: place, cursor, look }
}
