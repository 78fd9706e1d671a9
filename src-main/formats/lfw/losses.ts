import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { shapeTypes, type Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { dropped, droppedShapes, lostDetails, onlyReal, shapeCount } from '../common/census.ts'

/** LFW 1.0 keeps one tag of a frame, with its pairs, and point sets. */
export function lfwLosses(census: AnnotationCensus): Loss[] {
  const others = shapeTypes.filter((type) => type !== 'points')
  return onlyReal([
    ...droppedShapes(census, others),
    ...lostDetails(census, census.tags + shapeCount(census, 'points'), {
      attributed:
        'annotations keep no attributes but the "positive_pairs" and "negative_pairs" of tags',
    }),
  ])
}

export function lfwFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag').length
  return onlyReal([dropped(tags - 1, 'tags that are not the first of their frame are left out')])
}
