/**
 * Skeletons as X-AnyLabeling and YOLO people draw them: a box with the skeleton's label and a point for each joint, all in
 * one group.
 */
import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import type { ImportTally } from '../import-tally.ts'
import { type NewShape, newShape } from '../new-shape.ts'
import type { RawShape } from './parse.ts'
import { valuesOf } from './values-in.ts'

export interface RawSkeleton {
  readonly label: Label
  readonly box: RawShape
  readonly joints: readonly RawShape[]
}

/** Takes the skeletons out of a file's shapes; what is left is what it seems. */
export function takeSkeletons(
  shapes: readonly RawShape[],
  labels: Pick<ImportTally, 'labels'>['labels'],
): { skeletons: Map<RawShape, RawSkeleton>; joints: ReadonlySet<RawShape> } {
  const skeletons = new Map<RawShape, RawSkeleton>()
  const joints = new Set<RawShape>()
  const groups = Map.groupBy(shapes, ({ group }) => group)
  for (const [group, members] of groups) {
    if (group === null) continue
    for (const box of members.filter(({ type }) => type === 'rectangle')) {
      const label = labels.label(box.label)
      if (label?.type !== 'skeleton') continue
      const own = members.filter((each) => isJoint(each, label, labels) && !joints.has(each))
      skeletons.set(box, { label, box, joints: own })
      for (const joint of own) joints.add(joint)
    }
  }
  for (const box of shapes.filter(({ type, group }) => type === 'rectangle' && group === null)) {
    const label = labels.label(box.label)
    if (label?.type === 'skeleton') skeletons.set(box, { label, box, joints: [] })
  }
  return { skeletons, joints }
}

function isJoint(
  { type, points, label: name }: RawShape,
  label: Label,
  labels: Pick<ImportTally, 'labels'>['labels'],
): boolean {
  return type === 'point' && points.length === 2 && labels.sublabel(label, name) !== null
}

/**
 * Joints the file does not have are outside, in the middle of the box.
 * @returns null without a single joint: then it is no skeleton
 */
export function skeletonOf(
  { label, box, joints }: RawSkeleton,
  frame: number,
  tally: ImportTally,
): NewShape | null {
  const middle = middleOf(box.points)
  const found = new Map<number, SkeletonElement>()
  const add = (joint: RawShape, outside: boolean) => {
    const sublabel = tally.labels.sublabel(label, joint.label)
    if (sublabel === null || joint.points.length !== 2 || found.has(sublabel.id)) return
    found.set(sublabel.id, {
      labelId: sublabel.id,
      points: [...joint.points],
      occluded: joint.occluded || joint.isDifficult,
      outside,
      attributes: valuesOf({ ...joint, isDifficult: false }, sublabel, tally),
    })
  }
  for (const joint of joints) add(joint, false)
  for (const joint of box.hiddenJoints) add(joint, true)
  if (found.size === 0) return null
  const elements = label.sublabels.map(
    ({ id }) =>
      found.get(id) ?? {
        labelId: id,
        points: middle,
        occluded: false,
        outside: true,
        attributes: [],
      },
  )
  return newShape({
    ...{ frame, labelId: label.id, type: 'skeleton', points: [], elements },
    group: box.skeletonGroup,
    occluded: isOccludedByJoints(elements),
    zOrder: box.zOrder,
    attributes: valuesOf(box, label, tally),
  })
}

function middleOf(points: readonly number[]): number[] {
  const box = boundingBox(points)
  return box ? [(box.left + box.right) / 2, (box.top + box.bottom) / 2] : [0, 0]
}
