import type { SkeletonElement } from '#shared/domain/annotation.ts'
import { moved, placeInside } from './move.ts'
import { type Outline, shapeBox } from './shape-box.ts'
import { clampToImage, type ImageSize } from './space.ts'

interface Form extends Outline {
  readonly points: readonly number[]
  readonly elements: readonly SkeletonElement[]
}

/**
 * A shape brought into a picture of another size: moved as little as it takes and, where it is larger than the picture,
 * its points moved to the edge. A mask, an ellipse, a cuboid or a turned rectangle that is larger still reaches over the edge:
 * cutting it would change what it is.
 */
export function fitInto(
  shape: Form,
  size: ImageSize,
): { points: readonly number[]; elements: SkeletonElement[] } {
  const inside = moved(shape, placeInside(shapeBox(shape), { x: 0, y: 0 }, size))
  const isPlain =
    !(shape.type === 'mask' || shape.type === 'ellipse' || shape.type === 'cuboid') &&
    shape.rotation === 0
  if (!isPlain) return inside
  const elements = inside.elements.map((joint) => {
    return { ...joint, points: clamped(joint.points, size) }
  })
  return { points: clamped(inside.points, size), elements }
}

function clamped(points: readonly number[], size: ImageSize): number[] {
  const inside: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const { x, y } = clampToImage({ x: points[i] ?? 0, y: points[i + 1] ?? 0 }, size)
    inside.push(x, y)
  }
  return inside
}
