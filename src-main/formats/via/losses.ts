import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { countOtherAttributes } from '../common/other-attributes.ts'

const KEPT = ['rectangle', 'polygon', 'polyline', 'points', 'ellipse', 'mask'] as const

/** VIA keeps outlines with any attributes, and of tags their labels. */
export function viaLosses(census: AnnotationCensus): Loss[] {
  const kept = KEPT.reduce((sum, type) => sum + shapeCount(census, type), census.tags)
  return onlyReal([
    ...droppedShapes(census, ['cuboid', 'skeleton']),
    changed(
      census.rotatedRectangles,
      'rotated rectangles are polygons there and come back as rectangles',
    ),
    changed(shapeCount(census, 'mask'), 'masks are polygons there and come back as masks'),
    changed(
      shapeCount(census, 'points'),
      'point sets are a region for each point there and come back as sets',
    ),
    ...lostDetails(census, kept, { attributed: null, occluded: null }),
  ])
}

/** What a picture is tagged with is a set of boxes to tick. */
export function viaFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag').map(({ labelId }) => labelId)
  const twice = tags.length - new Set(tags).size
  const said = countOtherAttributes(annotations, labels, {
    isWritten: ({ kind }) => kind === 'tag',
    keeps: () => false,
  })
  return onlyReal([
    dropped(twice, 'tags repeat a label of their frame and are left out'),
    changed(said, 'tags lose their attributes'),
  ])
}
