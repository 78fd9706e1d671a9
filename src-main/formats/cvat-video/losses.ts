import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, onlyReal, plainShapeCount } from '../common/census.ts'

/** CVAT's video XML keeps tracks whole; it has no tags, no scores, and plain shapes only as tracks of one frame. */
export function cvatVideoLosses(census: AnnotationCensus): Loss[] {
  const maskTracks = census.trackShapes.mask ?? 0
  return onlyReal([
    dropped(census.tags, 'tags are left out'),
    changed(
      plainShapeCount(census),
      'plain shapes become tracks of one frame for CVAT; Fieldmark reads them back as shapes',
    ),
    changed(
      maskTracks,
      'masks of tracks are written on each frame; CVAT, which has no tracks of masks, reads one of each track',
    ),
    changed(census.scored, 'annotations lose their score'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
