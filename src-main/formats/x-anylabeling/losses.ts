import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, onlyReal, shapeCount } from '../common/census.ts'
import { labelFileLosses } from '../common/label-file/losses.ts'

/** X-AnyLabeling has no masks. */
export function xAnyLabelingLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    changed(
      shapeCount(census, 'mask'),
      'masks become polygons along the edges of their pixels, several parts a group',
    ),
    changed(
      shapeCount(census, 'points'),
      'point sets are drawn there as lines where they have several points, and come back as point sets',
    ),
    ...labelFileLosses(census),
  ])
}
