import { type Box, boundingBox } from './box.ts'
import { at } from './points.ts'
import { rectangleToPolygon } from './rectangle.ts'

/** What of a shape says where it lies. `type` is a shape type of the domain. */
export interface BoundedShape {
  readonly type: string
  readonly points: readonly number[]
  /** Degrees, clockwise on screen; of rectangles and ellipses. */
  readonly rotation: number
  readonly elements: readonly { readonly points: readonly number[]; readonly outside: boolean }[]
}

/**
 * The upright box around a shape as it lies in the picture, rotation included, in image pixels. A mask's far edges are
 * one beyond its last pixels. Null where there is nothing to put a box around (a skeleton whose joints are all outside).
 */
export function shapeBounds(shape: BoundedShape): Box | null {
  const { type, points, rotation } = shape
  switch (type) {
    case 'mask':
      return maskBounds(points)
    case 'ellipse':
      return ellipseBounds(points, rotation)
    case 'rectangle':
      return boundingBox(rectangleToPolygon(points, rotation))
    case 'skeleton':
      return boundingBox(shape.elements.flatMap((joint) => (joint.outside ? [] : joint.points)))
    default:
      return boundingBox(points)
  }
}

function maskBounds(points: readonly number[]): Box {
  const n = points.length
  return {
    left: at(points, n - 4),
    top: at(points, n - 3),
    right: at(points, n - 2) + 1,
    bottom: at(points, n - 1) + 1,
  }
}

/** The extent of a turned ellipse: its radii along the turned axes, projected on the picture's. */
function ellipseBounds(points: readonly number[], degrees: number): Box {
  const [cx, cy] = [at(points, 0), at(points, 1)]
  const [rx, ry] = [at(points, 2) - cx, cy - at(points, 3)]
  const angle = (degrees * Math.PI) / 180
  const width = Math.hypot(rx * Math.cos(angle), ry * Math.sin(angle))
  const height = Math.hypot(rx * Math.sin(angle), ry * Math.cos(angle))
  return { left: cx - width, top: cy - height, right: cx + width, bottom: cy + height }
}
