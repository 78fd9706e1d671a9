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
} from '../common/census.ts'
import { countOtherAttributes, countSourced } from '../common/other-attributes.ts'
import { LABEL } from './names.ts'
import { findTag, personTag } from './person-tag.ts'

const KEPT: ReadonlySet<string> = new Set([
  ...['query', 'person_id', 'camera_id', 'track_id', 'frame_id', 'bbox_id'],
])

/** Market-1501 1.0 keeps one tag of a frame, with attributes of its own. */
export function marketLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...droppedShapes(census, shapeTypes),
    ...lostDetails(census, census.tags, { attributed: null, source: null }),
  ])
}

export function marketFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag').length
  const tag = findTag(annotations, labels)
  const kept = personTag(annotations, labels) === null ? 0 : 1
  const isWritten = (one: Tag | WovenShape) => kept > 0 && one === tag
  const others = countOtherAttributes(annotations, labels, {
    isWritten,
    keeps: (name) => KEPT.has(name),
  })
  return onlyReal([
    dropped(
      tags - kept,
      `tags that are not a frame's first "${LABEL}" with a number as "person_id" are left out`,
    ),
    changed(countSourced(annotations, isWritten), LOST_SOURCE),
    changed(others, 'tags keep no attributes but those of Market-1501 ("person_id" …)'),
  ])
}
