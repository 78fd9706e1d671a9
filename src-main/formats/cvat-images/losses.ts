import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, onlyReal } from '../common/census.ts'

/** CVAT's own XML keeps every shape; it knows no scores, and this flavour no tracks. */
export function cvatImagesLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    changed(census.tracks, 'tracks become one shape for each frame'),
    changed(census.scored, 'annotations lose their score'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
