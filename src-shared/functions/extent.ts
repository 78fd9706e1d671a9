import type { Detection } from '../domain/detection.ts'
import { type Box, boundingBox } from '../geometry/box.ts'
import { maskProblem } from '../geometry/mask.ts'
import { maskBox, maskOfToggles, togglesIn } from '../geometry/mask-spans.ts'
import { at } from '../geometry/points.ts'
import { commonBox } from './common-box.ts'

/**
 * The box around what of a detection lies in a part of the picture; null when nothing does. The corner of a slanting outline
 * may lie elsewhere: cutting the box around the whole would say too much.
 * @param bounds  the box around the whole detection
 */
export function extentIn(
  { type, points, elements }: Detection,
  bounds: Box,
  part: Box,
): Box | null {
  const common = commonBox(bounds, part)
  if (common === null) return null
  if (type === 'mask' && maskProblem(points) === null) {
    const cut = maskOfToggles(togglesIn(points, part), part)
    return cut && maskBox(cut)
  }
  if (type === 'polygon') return boundingBox(polygonIn(points, part))
  if (type === 'skeleton') return boundingBox(jointsIn(elements, part))
  return common
}

function jointsIn(elements: Detection['elements'], part: Box): number[] {
  return elements.flatMap(({ points, outside }) => {
    const [x, y] = [at(points, 0), at(points, 1)]
    const isIn = x >= part.left && x <= part.right && y >= part.top && y <= part.bottom
    return isIn && !outside ? [x, y] : []
  })
}

/** Cut along one border after the other. @see Sutherland and Hodgman 1974 */
function polygonIn(points: readonly number[], { left, top, right, bottom }: Box): number[] {
  const afterLeft = cutAlong(points, 0, left, 1)
  const afterRight = cutAlong(afterLeft, 0, right, -1)
  return cutAlong(cutAlong(afterRight, 1, top, 1), 1, bottom, -1)
}

/** What lies on one side of a line. @param axis  0: x is compared, 1: y  @param side  1: not less than `edge` stays */
function cutAlong(points: readonly number[], axis: 0 | 1, edge: number, side: 1 | -1): number[] {
  const kept: number[] = []
  const n = points.length - (points.length % 2)
  for (let i = 0, before = n - 2; i < n; before = i, i += 2) {
    const from = side * (at(points, before + axis) - edge)
    const to = side * (at(points, i + axis) - edge)
    if (from >= 0 !== to >= 0) {
      const share = from / (from - to)
      for (const k of [0, 1])
        kept.push(at(points, before + k) + share * (at(points, i + k) - at(points, before + k)))
    }
    if (to >= 0) kept.push(at(points, i), at(points, i + 1))
  }
  return kept
}
