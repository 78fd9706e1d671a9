import type { Annotation, Shape, SkeletonElement } from '#shared/domain/annotation.ts'

/** All joints that are seen, or none of them: a skeleton has no occlusion of its own. */
export function withJointsOccluded(shape: Shape, occluded: boolean): Shape {
  if (shape.type !== 'skeleton') return { ...shape, occluded }
  const elements = shape.elements.map((joint) =>
    joint.outside || joint.occluded === occluded ? joint : { ...joint, occluded },
  )
  return { ...shape, elements, occluded }
}

/** A skeleton, shape or track, with other joints everywhere; null when `how` says so of any list of them. */
export function withJoints(
  annotation: Annotation,
  how: (elements: readonly SkeletonElement[]) => SkeletonElement[] | null,
): Annotation | null {
  if (annotation.kind === 'tag') return annotation
  if (annotation.kind === 'shape') {
    const elements = how(annotation.elements)
    return elements && { ...annotation, elements }
  }
  const keyframes = annotation.keyframes.flatMap((keyframe) => {
    const elements = how(keyframe.elements)
    return elements ? [{ ...keyframe, elements }] : []
  })
  return keyframes.length === annotation.keyframes.length ? { ...annotation, keyframes } : null
}
