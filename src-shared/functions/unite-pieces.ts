/**
 * One detection of the pieces of an object that every tile cuts. Upright boxes become the box around all, masks and polygons
 * are united; of whatever else the largest piece stands for all, since a part of an ellipse or of a skeleton tells nothing
 * sure of the rest.
 */
import type { Detection } from '../domain/detection.ts'
import { combinePolygons, partArea } from '../geometry/boolean-polygons.ts'
import { boxArea, uniteBoxes } from '../geometry/box.ts'
import { maskProblem } from '../geometry/mask.ts'
import { uniteMasks } from '../geometry/mask-algebra.ts'
import { bridgeHoles } from '../geometry/polygon-bridges.ts'
import { isUpright } from '../geometry/rectangle.ts'
import type { Piece } from './merge-tiles.ts'

/** @param pieces  at least one; of one label and type */
export function unitePieces(pieces: readonly Piece[]): Detection {
  const largest = pieces.reduce((most, one) => (sizeOf(one) > sizeOf(most) ? one : most))
  const { detection } = largest
  if (pieces.length === 1) return detection
  const scores = pieces.flatMap((one) => one.detection.score ?? [])
  const score = scores.length > 0 ? Math.max(...scores) : null
  const points = unitedPoints(pieces, detection)
  return points === null ? { ...detection, score } : { ...detection, score, points, outline: null }
}

/** Joints say more than the box around them. */
function sizeOf({ detection, bounds }: Piece): number {
  if (detection.type !== 'skeleton') return boxArea(bounds)
  return detection.elements.filter(({ outside }) => !outside).length
}

function unitedPoints(pieces: readonly Piece[], { type }: Detection): number[] | null {
  const all = pieces.map(({ detection }) => detection)
  if (type === 'rectangle') {
    if (!all.every(({ rotation }) => isUpright(rotation))) return null
    const { left, top, right, bottom } = pieces.map(({ bounds }) => bounds).reduce(uniteBoxes)
    return [left, top, right, bottom]
  }
  if (type === 'mask') {
    const masks = all.map(({ points }) => points)
    return masks.some((points) => maskProblem(points) !== null) ? null : uniteMasks(masks)
  }
  if (type !== 'polygon') return null
  const parts = combinePolygons(
    'union',
    all.map(({ points }) => points),
  )
  const [main] = parts.toSorted((a, b) => partArea(b) - partArea(a))
  return main ? bridgeHoles(main) : null
}
