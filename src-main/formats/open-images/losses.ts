import type { AnnotationCensus, DatasetFrame } from '#main/core/ports.ts'
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
import { type Area, paintingOf } from '../common/paint/areas.ts'
import { boxOf, type FrameObjects, objectsOfFrame } from './objects.ts'

/** A picture as large as what is drawn: whether something lies outside its own is not known here. */
const UNKNOWN = { width: 0, height: 0 } as DatasetFrame

const PAINTED = ['polygon', 'ellipse', 'mask'] as const

/** Open Images V6 1.0 keeps upright rectangles, tags, and each mask whole. */
export function openImagesLosses(census: AnnotationCensus): Loss[] {
  const masks = PAINTED.reduce((sum, type) => sum + shapeCount(census, type), 0)
  return onlyReal([
    ...droppedShapes(census, ['polyline', 'points', 'cuboid', 'skeleton']),
    changed(census.rotatedRectangles, 'rotated rectangles become masks'),
    ...(['polygon', 'ellipse'] as const).map((type) =>
      changed(shapeCount(census, type), `${plurals[type]} become masks`),
    ),
    // What else is lost depends on what an annotation is, and is told frame by frame.
    ...lostDetails(census, census.tags + shapeCount(census, 'rectangle') + masks, {
      ...{ attributed: null, occluded: null, scored: null, grouped: null },
    }),
  ])
}

export function openImagesFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Loss[] {
  const objects = objectsOfFrame(annotations)
  const { tags, boxes, painted } = objects
  const apart = paintingOf(painted, UNKNOWN, 'apart').areas
  const masks = paintingOf(painted, UNKNOWN).areas
  const attributes = (kind: string, some: readonly (Tag | WovenShape)[], kept: string[]) =>
    changed(
      some.filter((one) => losesAttributes(one, labels, kept)).length,
      `${kind} lose attributes other than ${kept.join(', ')}`,
    )
  return onlyReal([
    dropped(painted.length - apart.length, 'shapes without a single pixel are left out'),
    dropped(
      apart.length - masks.length,
      'members of groups become one mask with the largest of their group',
    ),
    changed(groupsLost(objects, masks), 'annotations lose their group'),
    changed(painted.filter(({ occluded }) => occluded).length, 'masks lose their occluded mark'),
    changed(painted.filter(({ score }) => score !== null).length, 'masks lose their score'),
    attributes('tags', tags, ['score']),
    attributes('boxes', boxes, ['score', 'truncated', 'is_group_of', 'is_depiction', 'is_inside']),
    attributes('masks', painted, ['box_id', 'predicted_iou']),
  ])
}

/** A group that is written is a mask and the first box, if both have one label. */
function groupsLost(objects: FrameObjects, masks: readonly Area[]): number {
  const all = [...objects.tags, ...objects.boxes, ...masks.map(({ leader }) => leader)]
  const grouped = all.filter(({ group }) => group !== 0).length
  const kept = masks.filter(({ leader }) => boxOf(leader, objects)?.labelId === leader.labelId)
  return grouped - 2 * kept.length
}

function losesAttributes(
  annotation: Tag | WovenShape,
  labels: readonly Label[],
  kept: readonly string[],
): boolean {
  const specs = labels.find(({ id }) => id === annotation.labelId)?.attributes ?? []
  return annotation.attributes.some(({ specId, value }) => {
    const spec = specs.find(({ id }) => id === specId)
    return spec !== undefined && !kept.includes(spec.name) && value !== spec.defaultValue
  })
}
