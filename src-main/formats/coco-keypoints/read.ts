import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { CocoAnnotation } from '../coco/parse.ts'
import { type AnnotationPlace, readCocoFiles } from '../coco/read-files.ts'
import { commonOf, outlinesOf, skeletonOf } from '../coco/shapes.ts'
import { parseJoints, type ReadJoint } from '../common/joints.ts'
import { checkRleSize } from '../common/json-rle.ts'
import type { NewShape } from '../common/new-shape.ts'

/**
 * Import COCO Keypoints 1.0: skeletons, and the outlines beside them. Boxes say nothing that joints do not.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export function readKeypoints(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const task = { format: 'COCO Keypoints 1.0', name: 'person_keypoints' } as const
  return readCocoFiles(input, target, { ...task, add: addPerson })
}

function addPerson(annotation: CocoAnnotation, place: AnnotationPlace): void {
  const { where, refuse, image, category, tally, batch, tracks } = place
  const { geometry } = annotation
  if (geometry.kind === 'rle') checkRleSize(geometry.rle, image, `${where}.segmentation`, refuse)
  const said = jointsOf(annotation, place)
  const { frame } = image
  const label = frame === null ? null : tally.label(category.name)
  if (frame === null || label === null) return
  const { common, told } = commonOf(annotation, { frame, label, tally })
  // On this frame the track is hidden, which is told by frames that have no shape of it.
  if (told.track !== null && told.outside) return
  const joints = said ?? jointsByOrder(annotation, label, place)
  const names = said === null ? label.sublabels.map(({ name }) => name) : category.joints
  const skeleton = joints && skeletonOf({ joints, names }, { common, label, tally })
  const outlines = geometry.kind === 'box' ? [] : outlinesOf(annotation, common, tally)
  if (skeleton === null && outlines.length === 0) {
    tally.note('objects without joints and outline were left out')
  }
  const all = [...(skeleton === null ? [] : [skeleton]), ...outlines]
  // What belongs to one object stays together as a group, numbered anew on each frame.
  const group = all.length > 1 ? place.nextGroup(frame.index) : 0
  for (const shape of all) {
    const member: NewShape = group === 0 ? shape : { ...shape, group }
    const isTracked = told.track !== null && shape === skeleton
    if (!isTracked || !tracks.add(told.track, member, label)) batch.add(member)
  }
}

/** Checked wherever the category says how many there must be. Null: the file says nothing of joints. */
function jointsOf(
  { keypoints }: CocoAnnotation,
  { where, refuse, category }: AnnotationPlace,
): ReadJoint[] | null {
  const count = category.joints.length
  if (keypoints === null || count === 0) return null
  return placed(parseJoints(keypoints, count, `${where}.keypoints`, refuse))
}

/** Joints of a category that does not name them are the label's, if there are as many. */
function jointsByOrder(
  { keypoints }: CocoAnnotation,
  { sublabels }: Label,
  { where, refuse, category }: AnnotationPlace,
): ReadJoint[] | null {
  if (keypoints === null || category.joints.length > 0) return null
  if (sublabels.length === 0 || keypoints.length !== 3 * sublabels.length) return null
  return placed(parseJoints(keypoints, sublabels.length, `${where}.keypoints`, refuse))
}

/** Null for an object of which nobody has placed a joint: COCO writes zeros for it. */
function placed(joints: ReadJoint[]): ReadJoint[] | null {
  const isPlaced = ({ point: [x, y], outside }: ReadJoint) => !outside || x !== 0 || y !== 0
  return joints.some(isPlaced) ? joints : null
}
