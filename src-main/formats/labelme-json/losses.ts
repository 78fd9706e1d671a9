import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, onlyReal, shapeCount } from '../common/census.ts'
import { labelFileLosses } from '../common/label-file/losses.ts'

/** labelme has no cuboids; of the rest it keeps what it does not know. */
export function labelmeLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    changed(
      shapeCount(census, 'cuboid'),
      'cuboids are drawn there as polygons, and come back as cuboids',
    ),
    ...labelFileLosses(census),
  ])
}
