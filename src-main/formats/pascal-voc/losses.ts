import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import {
  changed,
  dropped,
  droppedShapes,
  lostDetails,
  onlyReal,
  shapeCount,
} from '../common/census.ts'
import { paintLosses } from '../common/paint/mask-losses.ts'

const DROPPED = ['polygon', 'polyline', 'points', 'cuboid', 'skeleton'] as const
const KEPT = ['rectangle', 'ellipse', 'mask'] as const

/** PASCAL VOC keeps rectangles with what they say, and of masks, ellipses and tags what they are. */
export function vocLosses(census: AnnotationCensus): Loss[] {
  const kept = KEPT.reduce((sum, type) => sum + shapeCount(census, type), census.tags)
  return onlyReal([
    ...droppedShapes(census, DROPPED),
    changed(shapeCount(census, 'ellipse'), 'ellipses become masks'),
    ...lostDetails(census, kept, {
      tracks:
        'tracks are one object for each frame; those of rectangles are joined again by "track_id" on import',
      // Rectangles keep them: what masks and tags lose is counted frame by frame.
      ...{ attributed: null, occluded: null, scored: null },
    }),
  ])
}

/** What masks and tags lose, which counts of all annotations cannot tell from what rectangles keep. */
export function vocFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const masks = annotations.filter(isMask)
  const tags = annotations.filter((one) => one.kind === 'tag')
  const count = (is: (shape: Shape) => boolean) => masks.filter(is).length
  return onlyReal([
    ...paintLosses(masks, 'apart').losses,
    changed(
      count(({ attributes }) => attributes.length > 0),
      'masks and ellipses lose their attributes',
    ),
    changed(
      count(({ occluded }) => occluded),
      'masks and ellipses lose their occluded mark',
    ),
    changed(
      count(({ score }) => score !== null),
      'masks and ellipses lose their score',
    ),
    changed(
      tags.filter(({ attributes }) => attributes.length > 0).length,
      'tags lose their attributes',
    ),
    dropped(
      tags.length - new Set(tags.map(({ labelId }) => labelId)).size,
      'tags whose label the frame has already are left out',
    ),
  ])
}

function isMask(one: Tag | WovenShape): one is WovenShape {
  return one.kind === 'shape' && (one.type === 'mask' || one.type === 'ellipse')
}
