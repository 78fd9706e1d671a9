import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, droppedShapes, onlyReal, plurals, shapeCount } from '../common/census.ts'

/** COCO Keypoints 1.0 keeps skeletons, and outlines only as what belongs to one. */
export function keypointsLosses(census: AnnotationCensus): Loss[] {
  const outlines = ['polygon', 'ellipse', 'mask'] as const
  return onlyReal([
    ...droppedShapes(census, ['rectangle', 'polyline', 'points', 'cuboid']),
    ...outlines.map((type) =>
      dropped(
        shapeCount(census, type),
        `${plurals[type]} are left out, unless they share a group with a skeleton, whose outline they become`,
      ),
    ),
    dropped(census.tags, 'tags are left out'),
    changed(
      census.tracks,
      'tracks are one object for each frame, joined again by "track_id" on import',
    ),
    changed(census.attributed, 'skeletons with attributes lose those of their joints'),
    changed(census.grouped, 'skeletons lose their group'),
    changed(census.layered, 'skeletons lose their z-order'),
    changed(shapeCount(census, 'skeleton'), 'skeletons lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
