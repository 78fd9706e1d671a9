import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedButBoxes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'

/** WiderFace 1.0 keeps upright rectangles, six attributes of theirs, and one tag of a frame. */
export function widerFaceLosses(census: AnnotationCensus): Loss[] {
  const kept = shapeCount(census, 'rectangle') + census.tags
  return onlyReal([
    ...droppedButBoxes(census),
    changed(census.rotatedRectangles, 'rotated rectangles are written upright'),
    ...lostDetails(census, kept, {
      occluded: null,
      attributed:
        'annotations keep no attributes but "blur", "expression", "illumination", "pose" and "invalid"',
    }),
  ])
}

export function widerFaceFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag').length
  return onlyReal([dropped(tags - 1, 'tags that are not the first of their frame are left out')])
}
