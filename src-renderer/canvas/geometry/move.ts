import type { ShapeType, SkeletonElement } from '#shared/domain/annotation.ts'
import { backInside } from '#shared/geometry/cuboid-edit.ts'
import { type Outline, shapeBox, unionBox } from './shape-box.ts'
import type { ImageBox, ImagePoint, ImageSize } from './space.ts'

/** Flat points moved by whole or fractional pixels; a mask moves by whole pixels and only in its box. */
export function movePoints(
  type: ShapeType,
  points: readonly number[],
  by: ImagePoint,
): readonly number[] {
  if (type !== 'mask') return points.map((value, i) => value + (i % 2 === 0 ? by.x : by.y))
  const box = points.length - 4
  const [dx, dy] = [Math.round(by.x), Math.round(by.y)]
  return points.map((value, i) => (i < box ? value : value + ((i - box) % 2 === 0 ? dx : dy)))
}

/** What a move changes of a shape: its points, and a skeleton's joints. */
export function moved(
  shape: {
    readonly type: ShapeType
    readonly points: readonly number[]
    readonly elements: readonly SkeletonElement[]
  },
  by: ImagePoint,
): { points: readonly number[]; elements: SkeletonElement[] } {
  const elements = shape.elements.map((joint) => {
    return { ...joint, points: [...movePoints('points', joint.points, by)] }
  })
  return { points: movePoints(shape.type, shape.points, by), elements }
}

/**
 * `by`, changed to what shapes may be moved by together: none leaves the picture. A single cuboid may stick out of it, as
 * long as one of its corners stays inside (CVAT's rule): the rear of a car at the edge lies beyond it.
 */
export function allowedMove(
  shapes: readonly (Outline & { readonly points: readonly number[] })[],
  by: ImagePoint,
  size: ImageSize,
): ImagePoint {
  const [first, ...more] = shapes
  const box = unionBox(shapes.map(shapeBox))
  if (!first || !box) return { x: 0, y: 0 }
  if (first.type !== 'cuboid' || more.length > 0) return clampMove(box, by, size)
  const back = backInside(movePoints('cuboid', first.points, by), size)
  return { x: by.x + back.x, y: by.y + back.y }
}

/** `by`, shortened so that the box stays inside the picture. A box that already sticks out may only come back in. */
export function clampMove(box: ImageBox, by: ImagePoint, size: ImageSize): ImagePoint {
  return {
    x: clampAxis(box.x1, box.x2, by.x, size.width),
    y: clampAxis(box.y1, box.y2, by.y, size.height),
  }
}

function clampAxis(low: number, high: number, by: number, length: number): number {
  const least = Math.min(0, -low)
  const most = Math.max(0, length - high)
  return Math.min(Math.max(by, least), most)
}

/** `by`, changed so that the box lies inside the picture after it; one that is larger begins at the picture's edge. */
export function placeInside(box: ImageBox, by: ImagePoint, size: ImageSize): ImagePoint {
  return {
    x: placeAxis(box.x1, box.x2, by.x, size.width),
    y: placeAxis(box.y1, box.y2, by.y, size.height),
  }
}

function placeAxis(low: number, high: number, by: number, length: number): number {
  return Math.max(-low, Math.min(by, length - high))
}
