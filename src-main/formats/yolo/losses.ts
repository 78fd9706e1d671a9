import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, droppedButBoxes, onlyReal, shapeCount } from '../common/census.ts'

/** YOLO 1.1 keeps upright rectangles and their label, nothing else. */
export function yoloLosses(census: AnnotationCensus): Loss[] {
  const boxes = shapeCount(census, 'rectangle') - census.rotatedRectangles
  return onlyReal([
    ...droppedButBoxes(census),
    dropped(census.rotatedRectangles, 'rotated rectangles are left out'),
    dropped(census.tags, 'tags are left out'),
    changed(census.tracks, 'tracks become one shape for each frame'),
    changed(census.attributed, 'annotations lose their attributes'),
    changed(census.grouped, 'annotations lose their group'),
    changed(census.occluded, 'annotations lose their occluded mark'),
    changed(census.layered, 'annotations lose their z-order'),
    changed(census.scored, 'annotations lose their score'),
    changed(boxes, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
