import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { shapeTypes } from '#shared/domain/annotation.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'

/** DOTA keeps four corners of each object, and whether it is difficult. */
export function dotaLosses(census: AnnotationCensus): Loss[] {
  const polygons = shapeCount(census, 'polygon')
  const others = shapeTypes.filter((type) => type !== 'rectangle' && type !== 'polygon')
  return onlyReal([
    ...droppedShapes(census, others),
    dropped(census.tags, 'tags are left out'),
    changed(
      polygons,
      'polygons keep their shape only with exactly four corners; of others it is the smallest rectangle around them',
    ),
    ...lostDetails(census, shapeCount(census, 'rectangle') + polygons, {
      attributed: 'annotations keep no attributes but "difficult"',
    }),
  ])
}
