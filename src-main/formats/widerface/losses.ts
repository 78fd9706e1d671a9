import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedButBoxes,
  LOST_SOURCE,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { countOtherAttributes, countSourced } from '../common/other-attributes.ts'
import { ATTRIBUTES } from './lines.ts'

/** WiderFace 1.0 keeps upright rectangles, five attributes of theirs and whether they are occluded, and one tag of a frame. */
export function widerFaceLosses(census: AnnotationCensus): Loss[] {
  const kept = shapeCount(census, 'rectangle') + census.tags
  return onlyReal([
    ...droppedButBoxes(census),
    changed(census.rotatedRectangles, 'rotated rectangles are written upright'),
    ...lostDetails(census, kept, {
      occluded: null,
      attributed: null,
      source: null,
    }),
  ])
}

export function widerFaceFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag')
  const isWritten = (one: Tag | WovenShape) =>
    one === tags[0] || (one.kind === 'shape' && one.type === 'rectangle')
  const others = countOtherAttributes(annotations, labels, {
    isWritten,
    keeps: (name, one) => one.kind !== 'tag' && (ATTRIBUTES as readonly string[]).includes(name),
  })
  return onlyReal([
    changed(countSourced(annotations, isWritten), LOST_SOURCE),
    dropped(tags.length - 1, 'tags that are not the first of their frame are left out'),
    changed(
      others,
      'annotations keep no attributes but the "blur", "expression", "illumination", "pose" and "invalid" of boxes',
    ),
  ])
}
