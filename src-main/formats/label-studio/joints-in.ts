/** Joints of a skeleton: points whose parent is its box. */
import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { Values, valuesOf } from './answers-in.ts'
import type { PictureContext, Region } from './picture-in.ts'
import { formOfRegion, type RegionForm } from './region-in.ts'
import { isObject } from './task-in.ts'

export function isJoint(
  { kind, labelName }: Region,
  label: Label,
  { labels }: ImportTally,
): boolean {
  return kind === 'keypoint' && labelName !== null && labels.sublabel(label, labelName) !== null
}

/** Those that are seen by their regions, hidden ones by the box's `meta`; others are outside, in the middle of the box. */
export function jointsOf(
  region: Region,
  children: readonly Region[],
  label: Label,
  box: RegionForm,
  { frame, tally, refuse }: PictureContext,
): SkeletonElement[] {
  const found = new Map<number, SkeletonElement>()
  const add = (name: string | null, joint: Omit<SkeletonElement, 'labelId' | 'attributes'>) => {
    const sublabel = name === null ? null : tally.labels.sublabel(label, name)
    if (sublabel === null || found.has(sublabel.id)) return null
    const element: SkeletonElement = { ...joint, labelId: sublabel.id, attributes: [] }
    found.set(sublabel.id, element)
    return { sublabel, element }
  }
  for (const child of children.filter((each) => isJoint(each, label, tally))) {
    const size = frame.width > 0 ? frame : child.drawn
    const form = formOfRegion(child.kind, child.drawn, size, refuse, () => null)
    if (form === null) continue
    const occluded = child.drawn.meta.occluded === true
    const added = add(child.labelName, { points: [...form.points], occluded, outside: false })
    if (added) added.element.attributes = valuesOf(child.answers, added.sublabel, tally)
  }
  const hidden = region.drawn.meta.hidden_joints
  for (const joint of Array.isArray(hidden) ? hidden.filter(isObject) : []) {
    const { label: name, points, occluded, attributes } = joint
    if (typeof name !== 'string' || !isPoint(points)) continue
    const added = add(name, { points: [...points], occluded: occluded === true, outside: true })
    if (!added) continue
    const values = new Values(added.sublabel, tally)
    values.addAll(attributes)
    added.element.attributes = values.all()
  }
  if (found.size === 0) return []
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box.points
  const middle = [(x1 + x2) / 2, (y1 + y2) / 2]
  const missing = { points: middle, occluded: false, outside: true, attributes: [] }
  return label.sublabels.map(({ id }) => found.get(id) ?? { ...missing, labelId: id })
}

function isPoint(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === 2 && value.every(isCoordinate)
}
