import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, shapeCount } from '../census.ts'

/** What both dialects of label files tell otherwise, or not at all. */
export function labelFileLosses(census: AnnotationCensus): Loss[] {
  return [
    changed(
      shapeCount(census, 'ellipse'),
      'ellipses are drawn there as circles, or as polygons where they are not round, and come back as ellipses',
    ),
    changed(
      shapeCount(census, 'skeleton'),
      'skeletons are drawn there as a box with a point for each joint, and come back as skeletons',
    ),
    changed(
      census.tracks,
      'tracks are one shape for each frame, joined again by "track_id" on import',
    ),
    changed(census.sourced, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ]
}
