import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { shapeTypes, type Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { isLandmarks } from './tables.ts'

/** VGGFace2 1.0 keeps upright rectangles, sets of five points, and tags. */
export function vggFaceLosses(census: AnnotationCensus): Loss[] {
  const others = shapeTypes.filter((type) => type !== 'rectangle' && type !== 'points')
  const kept = shapeCount(census, 'rectangle') + shapeCount(census, 'points') + census.tags
  return onlyReal([
    ...droppedShapes(census, others),
    changed(census.rotatedRectangles, 'rotated rectangles are written upright'),
    ...lostDetails(census, kept),
  ])
}

export function vggFaceFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const odd = annotations.filter((one) => one.kind === 'shape' && one.type === 'points')
  return onlyReal([
    dropped(
      odd.filter((one) => !isLandmarks(one)).length,
      'point sets that have not exactly five points are left out',
    ),
  ])
}
