import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, droppedShapes, onlyReal, shapeCount } from '../common/census.ts'

/** COCO 1.0 keeps rectangles, polygons and masks. */
export function cocoLosses(census: AnnotationCensus): Loss[] {
  const written =
    shapeCount(census, 'rectangle') +
    shapeCount(census, 'polygon') +
    shapeCount(census, 'mask') +
    shapeCount(census, 'ellipse')
  return onlyReal([
    ...droppedShapes(census, ['polyline', 'points', 'cuboid', 'skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(shapeCount(census, 'ellipse'), 'ellipses become masks'),
    changed(census.tracks, 'tracks become one shape for each frame'),
    changed(census.grouped, 'grouped annotations become one COCO object for each group'),
    changed(census.layered, 'annotations lose their z-order'),
    changed(written, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
