import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, droppedShapes, onlyReal, shapeCount } from '../common/census.ts'

/** COCO 1.0 keeps rectangles, polygons and masks. */
export function cocoLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...droppedShapes(census, ['polyline', 'points', 'cuboid', 'skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(shapeCount(census, 'ellipse'), 'ellipses become masks'),
    ...trackLosses(census),
    changed(census.grouped, 'grouped annotations become one COCO object for each group'),
    changed(census.layered, 'annotations lose their z-order'),
    changed(census.sourced, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}

/** Tracks are told by attributes of their shapes, as CVAT does; what hides them is told by frames without a shape. */
function trackLosses({ tracks, trackShapes }: AnnotationCensus): Loss[] {
  const drawn = (trackShapes.ellipse ?? 0) + (trackShapes.mask ?? 0)
  return [
    changed(tracks, 'tracks are one object for each frame, joined again by "track_id" on import'),
    changed(drawn, 'masks and ellipses of tracks become one mask for each frame'),
  ]
}
