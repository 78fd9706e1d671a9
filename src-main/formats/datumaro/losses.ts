import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, droppedShapes, onlyReal, shapeCount } from '../common/census.ts'

/** Datumaro keeps everything but cuboids; what it has no place for is who made an annotation. */
export function datumaroLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...droppedShapes(census, ['cuboid']),
    changed(shapeCount(census, 'ellipse'), 'ellipses become masks'),
    changed(
      census.tracks,
      'tracks are one object for each frame, joined again by "track_id" on import',
    ),
    changed(
      census.grouped,
      'grouped annotations are numbered anew on each frame; a group of one shape is dissolved',
    ),
    changed(census.sourced + census.sourcedTags, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
