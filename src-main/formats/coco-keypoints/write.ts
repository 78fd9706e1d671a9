import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { boundingBox, boxArea } from '#shared/geometry/box.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { type Instance, unitedInstance } from '../coco/instances.ts'
import { type CocoContent, type CocoFrame, writeCocoFiles } from '../coco/write-files.ts'
import { round2 } from '../common/decimals.ts'
import { numberedEdges } from '../common/edges.ts'
import { jointsInOrder, visibilityOf } from '../common/joints.ts'
import { flatLabels } from '../common/label-index.ts'

/** COCO Keypoints 1.0 as CVAT writes it: skeletons, with the outlines that share their groups. */
export function writeKeypoints(
  source: DatasetSource,
  output: DatasetOutput,
  options: { withImages: boolean; context: WorkContext },
): Promise<void> {
  return writeCocoFiles(source, output, options, KEYPOINTS)
}

const KEYPOINTS: CocoContent = { name: 'person_keypoints', categories, writeFrame }

/** Labels that are no joints; they keep the number they have among all labels, so that there are gaps. */
function categories(labels: readonly Label[]): object[] {
  return flatLabels(labels).flatMap(({ label, parent }, index) => {
    const skeleton = labels.find(({ id, type }) => id === label.id && type === 'skeleton')
    if (parent !== null) return []
    return {
      ...{ id: index + 1, name: label.name, supercategory: '' },
      keypoints: skeleton?.sublabels.map(({ name }) => name) ?? [],
      skeleton: skeleton === undefined ? [] : numberedEdges(skeleton),
    }
  })
}

/** Skeletons alone first, then those with an outline, each kind by the number of its group. */
function writeFrame({ frame, shapes, labels, record }: CocoFrame): void {
  const skeletons = shapes.filter(({ type }) => type === 'skeleton')
  if (skeletons.length === 0) return
  const inOrder = [...skeletons].sort((a, b) => a.group - b.group)
  const outlined: [WovenShape, Instance][] = []
  const seen = new Set<number>()
  for (const skeleton of inOrder) {
    const { group } = skeleton
    // An outline belongs to one skeleton: the first of a group that has several.
    const isFirst = group !== 0 && !seen.has(group)
    seen.add(group)
    const others = isFirst ? shapes.filter((one) => one.group === group) : []
    const outline = unitedInstance(others, frame, labels)
    if (outline === null) writeSkeleton(skeleton, null)
    else outlined.push([skeleton, outline])
  }
  for (const [skeleton, outline] of outlined) writeSkeleton(skeleton, outline)

  /** Whatever the outline's own label and attributes are: joints can be read by none but the skeleton's. */
  function writeSkeleton(leader: WovenShape, outline: Instance | null): void {
    const label = labels.get(leader.labelId)
    if (label === undefined) return
    const joints = jointsInOrder(label, leader.elements)
    record({ ...(outline ?? boxOfJoints(joints)), leader, label }, joints)
  }
}

/** Around the joints that are not outside; nothing where all are. */
function boxOfJoints(
  joints: readonly (SkeletonElement | null)[],
): Omit<Instance, 'leader' | 'label'> {
  const seen = joints.filter((joint) => joint !== null && visibilityOf(joint) !== 0)
  const box = boundingBox(seen.flatMap((joint) => joint?.points.map(round2) ?? []))
  const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 0, bottom: 0 }
  return {
    segmentation: [],
    area: box === null ? 0 : round2(boxArea(box)),
    bbox: [left, top, round2(right - left), round2(bottom - top)],
    isCrowd: false,
  }
}
