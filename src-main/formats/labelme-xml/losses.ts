import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, droppedShapes, onlyReal, shapeCount } from '../common/census.ts'

/** LabelMe 3.0 keeps rectangles, polygons and masks with all their attributes. */
export function labelMeLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...droppedShapes(census, ['polyline', 'points', 'cuboid', 'skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(shapeCount(census, 'ellipse'), 'ellipses become masks'),
    changed(census.tracks, 'tracks become one shape for each frame'),
    changed(census.grouped, 'groups are counted anew on each frame; a group of one is none'),
    changed(census.layered, 'annotations lose their z-order'),
    changed(census.sourced, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
