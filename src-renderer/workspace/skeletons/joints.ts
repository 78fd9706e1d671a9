import { type StepVerb, withAttribute } from '#renderer/state/steps.ts'
import type { Annotation, Shape, SkeletonElement } from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId } from '#shared/domain/ids.ts'
import { completeJoints, isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { annotationsOf, type Bench, shapeNow } from '../bench/bench.ts'
import { reshape } from '../bench/editing.ts'

/** A joint a verb is meant for; `index` is the sublabel's place in its label. */
export interface JointTarget {
  readonly id: AnnotationId
  readonly index: number
}

/** The joint the menu was opened on, else the one under the pointer; none of a locked skeleton. */
export function jointTarget(bench: Bench): JointTarget | null {
  const { menu, hovered, hoveredJoint } = bench.ui.getState()
  const id = menu ? menu.id : hovered
  const index = menu ? menu.vertex : hoveredJoint
  if (id === null || index === null || bench.document.viewOf(id).locked) return null
  const [annotation] = annotationsOf(bench, [id])
  const isSkeleton = annotation && annotation.kind !== 'tag' && annotation.type === 'skeleton'
  return isSkeleton ? { id, index } : null
}

/** A skeleton's joints on the frame shown, one for each sublabel; [] where it is not seen. */
export function jointsNow(bench: Bench, annotation: Annotation): readonly SkeletonElement[] {
  const shape = shapeNow(bench, annotation)
  return shape ? allJoints(bench, shape) : []
}

function allJoints(bench: Bench, { labelId, elements }: Shape): readonly SkeletonElement[] {
  const label = bench.ui.getState().labelsById.get(labelId)
  return label ? completeJoints(label, elements) : elements
}

export function toggleJointOccluded(bench: Bench, target: JointTarget): void {
  changeJoint(bench, 'occlude', target, (joint) => ({ ...joint, occluded: !joint.occluded }))
}

/** Outside: the joint is not in the picture. It is no longer drawn; the list brings it back where it was. */
export function toggleJointOutside(bench: Bench, target: JointTarget): void {
  changeJoint(bench, 'joint-outside', target, (joint) => ({ ...joint, outside: !joint.outside }))
}

export function setJointAttribute(
  bench: Bench,
  target: JointTarget,
  specId: AttributeId,
  value: string,
): void {
  changeJoint(bench, 'change-attribute', target, (joint) => {
    const attributes = withAttribute(joint.attributes, specId, value)
    return attributes === joint.attributes ? joint : { ...joint, attributes: [...attributes] }
  })
}

function changeJoint(
  bench: Bench,
  verb: StepVerb,
  { id, index }: JointTarget,
  how: (joint: SkeletonElement) => SkeletonElement,
): void {
  if (bench.document.viewOf(id).locked) return
  reshape(bench, verb, annotationsOf(bench, [id]), (shape) => {
    const joints = allJoints(bench, shape)
    const joint = joints[index]
    const after = joint && how(joint)
    if (!after || after === joint) return shape
    const elements = joints.map((one, at) => (at === index ? after : one))
    return { ...shape, elements, occluded: isOccludedByJoints(elements) }
  })
}
