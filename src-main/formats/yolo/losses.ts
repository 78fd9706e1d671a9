import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { dropped, droppedButBoxes, lostDetails, onlyReal, shapeCount } from '../common/census.ts'

/** YOLO 1.1 keeps upright rectangles and their label, nothing else. */
export function yoloLosses(census: AnnotationCensus): Loss[] {
  const boxes = shapeCount(census, 'rectangle') - census.rotatedRectangles
  return onlyReal([
    ...droppedButBoxes(census),
    dropped(census.rotatedRectangles, 'rotated rectangles are left out'),
    dropped(census.tags, 'tags are left out'),
    ...lostDetails(census, boxes),
  ])
}
