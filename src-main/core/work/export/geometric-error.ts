/** How far what was read back lies from what was written. */
import type { Shape, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Box } from '#shared/geometry/box.ts'
import { maskIoU } from '#shared/geometry/mask-algebra.ts'
import { maskBox } from '#shared/geometry/mask-spans.ts'
import { shapeBounds } from '#shared/geometry/shape-bounds.ts'

type Form = Pick<Shape, 'type' | 'points' | 'rotation' | 'elements'>

/**
 * Image pixels between the farthest of points that stand for each other. Of two masks, and of shapes that became another
 * type, the sides of the boxes around them are compared; masks that differ within the same box are 1 apart.
 */
export function geometricError(a: Form, b: Form): number {
  if (a.type !== b.type) return boxError(a, b)
  switch (a.type) {
    case 'mask':
      return maskError(a.points, b.points)
    case 'skeleton':
      return jointError(a.elements, b.elements)
    case 'rectangle':
    case 'ellipse':
      return pointError(cornersOf(a), cornersOf(b))
    case 'polygon':
    case 'polyline':
    case 'points':
    case 'cuboid':
      return a.points.length === b.points.length ? pointError(a.points, b.points) : boxError(a, b)
  }
}

function pointError(a: readonly number[], b: readonly number[]): number {
  let worst = 0
  for (let at = 0; at + 1 < a.length; at += 2) {
    const dx = (a[at] ?? 0) - (b[at] ?? 0)
    const dy = (a[at + 1] ?? 0) - (b[at + 1] ?? 0)
    worst = Math.max(worst, Math.hypot(dx, dy))
  }
  return worst
}

/** The four corners of a box, or of the box around an ellipse, as it stands turned. */
function cornersOf({ type, points, rotation }: Form): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = points
  const [cx, cy] = type === 'ellipse' ? [a, b] : [(a + c) / 2, (b + d) / 2]
  const [rx, ry] = type === 'ellipse' ? [c - a, b - d] : [(c - a) / 2, (d - b) / 2]
  const angle = (rotation * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return [
    [-rx, -ry],
    [rx, -ry],
    [rx, ry],
    [-rx, ry],
  ].flatMap(([x = 0, y = 0]) => [cx + cos * x - sin * y, cy + sin * x + cos * y])
}

function maskError(a: readonly number[], b: readonly number[]): number {
  const isEqual = a.length === b.length && a.every((value, at) => value === b[at])
  if (isEqual || maskIoU(a, b) === 1) return 0
  const [one, two] = [maskBox(a), maskBox(b)]
  return Math.max(
    1,
    Math.abs(one.left - two.left),
    Math.abs(one.top - two.top),
    Math.abs(one.right - two.right),
    Math.abs(one.bottom - two.bottom),
  )
}

/** Joints that are outside lie nowhere. One that only one side shows is as far as its skeleton is large. */
function jointError(a: readonly SkeletonElement[], b: readonly SkeletonElement[]): number {
  const places = new Map(b.map((joint) => [joint.labelId, joint]))
  let worst = 0
  for (const joint of a) {
    const other = places.get(joint.labelId)
    if (joint.outside && (other?.outside ?? true)) continue
    if (!other || joint.outside !== other.outside) return extentOf(a)
    worst = Math.max(worst, pointError(joint.points, other.points))
  }
  return worst
}

function extentOf(joints: readonly SkeletonElement[]): number {
  const xs = joints.map(({ points: [x = 0] }) => x)
  const ys = joints.map(({ points: [, y = 0] }) => y)
  return Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
}

/** Where one of two is nowhere, it is as far as the other is large. */
const extent = (box: Box | null): number =>
  box === null ? 0 : Math.hypot(box.right - box.left, box.bottom - box.top)

function boxError(a: Form, b: Form): number {
  const [one, two] = [shapeBounds(a), shapeBounds(b)]
  if (!one || !two) return extent(one ?? two)
  return Math.max(
    Math.abs(one.left - two.left),
    Math.abs(one.top - two.top),
    Math.abs(one.right - two.right),
    Math.abs(one.bottom - two.bottom),
  )
}
