import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { shapeTypes, type Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { countOtherAttributes } from '../common/other-attributes.ts'

/** DOTA keeps four corners of each object, and whether it is difficult. */
export function dotaLosses(census: AnnotationCensus): Loss[] {
  const kept = shapeCount(census, 'rectangle') + shapeCount(census, 'polygon')
  const others = shapeTypes.filter((type) => type !== 'rectangle' && type !== 'polygon')
  return onlyReal([
    ...droppedShapes(census, others),
    dropped(census.tags, 'tags are left out'),
    ...lostDetails(census, kept, { attributed: null }),
  ])
}

export function dotaFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const polygons = annotations.filter((one) => one.kind === 'shape' && one.type === 'polygon')
  const cornered = polygons.filter((one) => one.kind === 'shape' && one.points.length !== CORNERS)
  const others = countOtherAttributes(annotations, labels, {
    isWritten: (one) =>
      one.kind === 'shape' && (one.type === 'rectangle' || one.type === 'polygon'),
    keeps: (name) => name === 'difficult',
  })
  return onlyReal([
    changed(
      cornered.length,
      'polygons that have not exactly four corners become the smallest rectangle around them',
    ),
    changed(others, 'annotations keep no attributes but "difficult"'),
  ])
}

/** Numbers of four corners. */
const CORNERS = 8
