import { at } from './points.ts'

/** Upright box in image pixels; `right` and `bottom` are edges, not pixel indices. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Smallest box around flat points; null when there are none. */
export function boundingBox(points: readonly number[]): Box | null {
  if (points.length < 2) return null
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = at(points, i)
    const y = at(points, i + 1)
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { left, top, right, bottom }
}

export function uniteBoxes(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  }
}

export function boxArea(box: Box): number {
  return (box.right - box.left) * (box.bottom - box.top)
}
