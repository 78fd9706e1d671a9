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
  plurals,
  shapeCount,
} from '../common/census.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { paintLosses } from '../common/paint/mask-losses.ts'
import { isBox } from './write.ts'

const PAINTED = ['polygon', 'ellipse', 'mask'] as const

/** KITTI 1.0 keeps upright rectangles, and pixels of everything else that has an area. */
export function kittiLosses(census: AnnotationCensus): Loss[] {
  const count = (type: (typeof PAINTED)[number]) => shapeCount(census, type)
  const masks = PAINTED.reduce((sum, type) => sum + count(type), census.rotatedRectangles)
  const kept = shapeCount(census, 'rectangle') - census.rotatedRectangles + masks
  return onlyReal([
    ...droppedShapes(census, ['polyline', 'points', 'cuboid', 'skeleton']),
    dropped(census.tags, 'tags are left out'),
    changed(census.rotatedRectangles, 'rotated rectangles become masks'),
    ...(['polygon', 'ellipse'] as const).map((type) =>
      changed(count(type), `${plurals[type]} become masks`),
    ),
    // What else is lost of an annotation depends on whether it is a box or a mask, and is told frame by frame.
    ...lostDetails(census, kept, { attributed: null, occluded: null, scored: null }),
  ])
}

export function kittiFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const shapes = arealShapes(annotations)
  const changes = shapes.flatMap((shape) => {
    const box = isBox(shape)
    const kept = box ? ['truncated', 'score'] : ['is_crowd']
    const specs = labels.find(({ id }) => id === shape.labelId)?.attributes ?? []
    const losesOthers = shape.attributes.some(({ specId, value }) => {
      const spec = specs.find(({ id }) => id === specId)
      return spec !== undefined && !kept.includes(spec.name) && value !== spec.defaultValue
    })
    return [
      ...(losesOthers
        ? [changed(1, `${box ? 'boxes' : 'masks'} lose attributes other than ${kept.join(', ')}`)]
        : []),
      ...(!box && shape.occluded ? [changed(1, 'masks lose their occluded mark')] : []),
      ...(!box && shape.score !== null ? [changed(1, 'masks lose their score')] : []),
    ]
  })
  const painted = shapes.filter((shape) => !isBox(shape))
  return [...paintLosses(painted).losses, ...changes]
}
