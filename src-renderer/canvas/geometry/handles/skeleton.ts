import type { CanvasShape } from '../../canvas-api.ts'
import { rectangleHandles } from '../resize.ts'
import { at } from '../shape-box.ts'
import { skeletonFrame } from '../skeleton.ts'
import type { Handle } from './handle.ts'

/** CSS pixels. */
const ROTATE_DISTANCE = 22

/** The joints that are seen, `joint` by index into the elements; and the box around them: eight to scale, one to turn. */
export function skeletonHandles(shape: CanvasShape, pixel: number): Handle[] {
  const joints = shape.elements.flatMap(({ points, outside, occluded }, index): Handle[] => {
    if (outside) return []
    const place = { x: at(points, 0), y: at(points, 1) }
    // An occluded one stays hollow.
    const color = occluded ? null : (shape.skeleton?.joints[index]?.color ?? shape.color)
    const joint = { kind: 'own', part: 'joint', index, at: place, cursor: 'move' } as const
    return [{ ...joint, look: 'dot', ...(color && { color }) }]
  })
  if (joints.length < 2) return joints
  const { x1, y1, x2, y2 } = skeletonFrame(shape, pixel)
  const places = rectangleHandles([x1, y1, x2, y2], 0)
  const box = places.map((place, index): Handle => ({ kind: 'corner', index, at: place }))
  const top = places[1] ?? { x: x1, y: y1 }
  const above = { x: top.x, y: top.y - ROTATE_DISTANCE * pixel }
  return [...joints, ...box, { kind: 'rotate', at: above, from: top }]
}
