import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { changed, dropped, lostDetails, onlyReal } from '../common/census.ts'
import { icdarChanges, textSpec } from '../common/icdar.ts'

/** ICDAR Recognition 1.0 keeps the texts of tags; those of shapes become tags. */
export function recognitionLosses(census: AnnotationCensus): Loss[] {
  // Which attributes are lost, and what becomes of shapes, is told frame by frame.
  return onlyReal(lostDetails(census, census.tags, { attributed: null, tracks: null }))
}

export function recognitionFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  return annotations.flatMap((annotation) => {
    const isShape = annotation.kind === 'shape'
    const label = labels.find(({ id }) => id === annotation.labelId)
    if (label === undefined || textSpec(label) === null) {
      return dropped(1, `${isShape ? 'shapes' : 'tags'} without an attribute "text" are left out`)
    }
    return [
      ...(isShape ? [changed(1, 'shapes with a text become tags: where they lie is lost')] : []),
      ...icdarChanges(annotation, label),
    ]
  })
}
