import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { membersUnited } from './objects.ts'

/** TFRecord 1.0 keeps boxes and their labels. */
export function tfRecordLosses(census: AnnotationCensus): Loss[] {
  const [boxes, ellipses, masks] = [
    shapeCount(census, 'rectangle'),
    shapeCount(census, 'ellipse'),
    shapeCount(census, 'mask'),
  ]
  return onlyReal([
    ...droppedShapes(census, ['polygon', 'polyline', 'points', 'cuboid', 'skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(census.rotatedRectangles, 'rectangles lose their rotation'),
    changed(ellipses, 'ellipses become the boxes around them'),
    changed(masks, 'masks become the boxes around them'),
    ...lostDetails(census, boxes + ellipses + masks),
  ])
}

export function tfRecordFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const what = 'members of groups become one box with the largest of their group'
  return onlyReal([dropped(membersUnited(annotations), what)])
}
