import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { shapeTypes, type Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  LOST_SOURCE,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { countOtherAttributes, countSourced } from '../common/other-attributes.ts'

/** LFW 1.0 keeps one tag of a frame, with its pairs, and point sets. */
export function lfwLosses(census: AnnotationCensus): Loss[] {
  const others = shapeTypes.filter((type) => type !== 'points')
  return onlyReal([
    ...droppedShapes(census, others),
    ...lostDetails(census, census.tags + shapeCount(census, 'points'), {
      attributed: null,
      source: null,
    }),
  ])
}

export function lfwFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag')
  const isWritten = (one: Tag | WovenShape) =>
    one === tags[0] || (one.kind === 'shape' && one.type === 'points')
  const others = countOtherAttributes(annotations, labels, {
    isWritten,
    keeps: (name, { kind }) => kind === 'tag' && /^(?:positive|negative)_pairs$/.test(name),
  })
  return onlyReal([
    changed(countSourced(annotations, isWritten), LOST_SOURCE),
    dropped(tags.length - 1, 'tags that are not the first of their frame are left out'),
    changed(
      others,
      'annotations keep no attributes but the "positive_pairs" and "negative_pairs" of tags',
    ),
  ])
}
