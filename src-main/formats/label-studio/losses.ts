import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, onlyReal, shapeCount } from '../common/census.ts'

/** Label Studio has no place for cuboids, skeletons and sets of points, but keeps what we say of them. */
export function labelStudioLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    changed(
      shapeCount(census, 'cuboid'),
      'cuboids are drawn there as polygons, and come back as cuboids',
    ),
    changed(
      shapeCount(census, 'points'),
      'point sets are drawn there as single points, and come back as point sets',
    ),
    changed(
      shapeCount(census, 'skeleton'),
      'skeletons are drawn there as a box with a point for each joint, and come back as skeletons',
    ),
    changed(
      census.tracks,
      'tracks are one region for each frame, joined again by "track_id" on import; those of boxes on a video are tracked there, too',
    ),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
