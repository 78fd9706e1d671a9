import type { Shape, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { boundingBox } from '../geometry/box.ts'
import { boxOverlap, polygonOverlap } from '../geometry/overlap.ts'
import { shapeBounds } from '../geometry/shape-bounds.ts'
import { positionOn } from './interpolate.ts'
import { shapeAt } from './on-frame.ts'

/** What of a shape is compared. */
export type Comparable = Pick<Shape, 'type' | 'labelId' | 'points' | 'rotation' | 'elements'>

/**
 * How alike two shapes are, 0 … 1, as CVAT's server judges it when it joins jobs: of one type and label, the share that
 * rectangles (turned or not) and polygons have in common. All other types are alike only when they are the same: there
 * CVAT would keep both.
 * @see formats.md 38.6
 */
export function shapeSimilarity(a: Comparable, b: Comparable): number {
  if (a.type !== b.type || a.labelId !== b.labelId) return 0
  if (isSameForm(a, b)) return 1
  if (a.type === 'rectangle') return boxOverlap(boundingBox(a.points), boundingBox(b.points))
  return a.type === 'polygon' ? polygonOverlap(a.points, b.points) : 0
}

/** As `shapeSimilarity`, and of every other type the share the boxes around them have in common. */
export function placeSimilarity(a: Comparable, b: Comparable): number {
  const own = shapeSimilarity(a, b)
  if (own > 0 || a.type !== b.type || a.labelId !== b.labelId) return own
  return a.type === 'polygon' ? 0 : boxOverlap(shapeBounds(a), shapeBounds(b))
}

/**
 * How alike two tracks are on the frames of an overlap: the mean of their shapes' similarity. Where one is seen and the
 * other not, or only one has begun, they are not alike; two that have both not begun on any frame are not either.
 * @param end  not included
 */
export function trackSimilarity(a: Track, b: Track, first: FrameIndex, end: FrameIndex): number {
  if (a.labelId !== b.labelId || a.type !== b.type) return 0
  let sum = 0
  let count = 0
  for (let frame = first; frame < end; frame += 1) {
    const [left, right] = [positionOn(a, frame), positionOn(b, frame)]
    if (!left && !right) continue
    count += 1
    if (!left || !right || left.outside !== right.outside) continue
    const shapes = [shapeAt(a, left), shapeAt(b, right)] as const
    // Joints are small: a skeleton's place says more than whether each joint is the same to the last digit.
    sum += a.type === 'skeleton' ? placeSimilarity(...shapes) : shapeSimilarity(...shapes)
  }
  return count === 0 ? 0 : sum / count
}

function isSameForm(a: Comparable, b: Comparable): boolean {
  return (
    a.rotation === b.rotation &&
    isSameNumbers(a.points, b.points) &&
    a.elements.length === b.elements.length &&
    a.elements.every((joint) => {
      const other = b.elements.find(({ labelId }) => labelId === joint.labelId)
      return other?.outside === joint.outside && isSameNumbers(joint.points, other.points)
    })
  )
}

const isSameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at])
