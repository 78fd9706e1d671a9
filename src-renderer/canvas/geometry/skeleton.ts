import type { SkeletonElement } from '#shared/domain/annotation.ts'
import { distanceToSegment } from './segment.ts'
import { at, type Outline, shapeBox, turn } from './shape-box.ts'
import type { ImageBox, ImagePoint } from './space.ts'

/** CSS pixels between the outermost joints and the box around a skeleton, so that its handles do not lie on joints. */
const MARGIN = 12

/** The box a skeleton is taken hold of by. @param pixel  image pixels per CSS pixel */
export function skeletonFrame(shape: Outline, pixel: number): ImageBox {
  return outset(shapeBox(shape), MARGIN * pixel)
}

function outset({ x1, y1, x2, y2 }: ImageBox, by: number): ImageBox {
  return { x1: x1 - by, y1: y1 - by, x2: x2 + by, y2: y2 + by }
}

/** The joints' own box inside a frame that was resized; never less than a pixel, so that nothing collapses for good. */
export function insideFrame({ x1, y1, x2, y2 }: ImageBox, pixel: number): ImageBox {
  const margin = MARGIN * pixel
  return {
    x1: x1 + margin,
    y1: y1 + margin,
    x2: Math.max(x1 + margin + 1, x2 - margin),
    y2: Math.max(y1 + margin + 1, y2 - margin),
  }
}

/** Does the point touch a joint or an edge? Only what is seen counts. */
export function touchesSkeleton(shape: Outline, p: ImagePoint, tolerance: number): boolean {
  const { elements = [], skeleton } = shape
  const places = elements.map(placeOf)
  const isSeen = (index: number) => elements[index]?.outside === false
  const onJoint = places.some(
    ({ x, y }, i) => isSeen(i) && Math.hypot(p.x - x, p.y - y) <= 2 * tolerance,
  )
  if (onJoint) return true
  return (skeleton?.edges ?? []).some(([from, to]) => {
    const [a, b] = [places[from], places[to]]
    if (!a || !b || !isSeen(from) || !isSeen(to)) return false
    return distanceToSegment(p, a, b) <= 1.5 * tolerance
  })
}

function placeOf({ points }: { readonly points: ArrayLike<number> }): ImagePoint {
  return { x: at(points, 0), y: at(points, 1) }
}

/** Joints taken along when their box becomes another; along a side without length they keep to its middle. */
export function scaleJoints(
  elements: readonly SkeletonElement[],
  from: ImageBox,
  to: ImageBox,
): SkeletonElement[] {
  const along = (value: number, a: number, b: number, c: number, d: number) =>
    b > a ? c + ((value - a) / (b - a)) * (d - c) : value + (c + d - a - b) / 2
  return mapJoints(elements, ({ x, y }) => ({
    x: along(x, from.x1, from.x2, to.x1, to.x2),
    y: along(y, from.y1, from.y2, to.y1, to.y2),
  }))
}

/** Joints turned about a point, degrees clockwise. */
export function turnJoints(
  elements: readonly SkeletonElement[],
  centre: ImagePoint,
  degrees: number,
): SkeletonElement[] {
  return mapJoints(elements, (place) => turn(place, centre, degrees))
}

export function mapJoints(
  elements: readonly SkeletonElement[],
  how: (place: ImagePoint, index: number) => ImagePoint,
): SkeletonElement[] {
  return elements.map((joint, index) => {
    const { x, y } = how(placeOf(joint), index)
    return { ...joint, points: [x, y] }
  })
}
