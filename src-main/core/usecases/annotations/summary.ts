import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { Annotation, Keyframe, Shape } from '#shared/domain/annotation.ts'
import { shapeBounds } from '#shared/geometry/shape-bounds.ts'

/** What lists of objects show of an annotation. A track is shown where it is first seen. */
export function summaryOf(annotation: Annotation): ObjectSummary {
  const { id, kind, labelId } = annotation
  if (annotation.kind === 'tag')
    return { id, kind, labelId, frame: annotation.frame, type: null, box: null }
  const { type } = annotation
  const { frame, form } = formOf(annotation)
  const box = form && shapeBounds({ ...form, type })
  return { id, kind, labelId, frame, type, box }
}

type Form = Pick<Shape | Keyframe, 'points' | 'rotation' | 'elements'>

function formOf(annotation: Exclude<Annotation, { kind: 'tag' }>): {
  frame: number
  form: Form | null
} {
  if (annotation.kind === 'shape') return { frame: annotation.frame, form: annotation }
  const seen = annotation.keyframes.find((keyframe) => !keyframe.outside)
  return { frame: seen?.frame ?? annotation.frame, form: seen ?? null }
}
