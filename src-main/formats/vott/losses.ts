import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  plurals,
  shapeCount,
} from '../common/census.ts'

const DRAWN = ['ellipse', 'cuboid', 'mask'] as const
const KEPT = ['rectangle', 'polygon', 'polyline', 'points', ...DRAWN] as const

/** VoTT keeps outlines and their tag; of what it has no word for, keys of ours beside them tell. */
export function vottLosses(census: AnnotationCensus): Loss[] {
  const kept = KEPT.reduce((sum, type) => sum + shapeCount(census, type), 0)
  return onlyReal([
    ...droppedShapes(census, ['skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(
      census.rotatedRectangles,
      'rotated rectangles are polygons there and come back as rectangles',
    ),
    ...DRAWN.map((type) =>
      changed(
        shapeCount(census, type),
        `${plurals[type]} are polygons there and come back as ${plurals[type]}`,
      ),
    ),
    changed(
      shapeCount(census, 'points'),
      'point sets are a region for each point there and come back as sets',
    ),
    ...lostDetails(census, kept, { attributed: null, occluded: null }),
  ])
}
