import type { CanvasShape } from '../../canvas-api.ts'
import { rectangleHandles } from '../resize.ts'
import { boxCorners } from '../shape-box.ts'
import type { Handle } from './handle.ts'

/** CSS pixels. */
const ROTATE_DISTANCE = 26

/** Rectangle and ellipse: eight to resize with, and one above to turn with. All turn with the shape. */
export function boxHandles(shape: CanvasShape, pixel: number): Handle[] {
  const places = rectangleHandles(boxCorners(shape), shape.rotation)
  const handles = places.map((place, index): Handle => ({ kind: 'corner', index, at: place }))
  const top = places[1]
  if (!top) return handles
  const angle = (shape.rotation * Math.PI) / 180
  const out = ROTATE_DISTANCE * pixel
  const place = { x: top.x + Math.sin(angle) * out, y: top.y - Math.cos(angle) * out }
  return [...handles, { kind: 'rotate', at: place, from: top }]
}
