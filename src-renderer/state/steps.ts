import type {
  Annotation,
  AttributeValue,
  Shape,
  SkeletonElement,
} from '#shared/domain/annotation.ts'
import type { AnnotationId, AttributeId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { AnnotationOperation, Step } from '#shared/operations/operation.ts'

/** What a shape is made of before it has an id, a frame and a label. */
export interface ShapeDraft {
  readonly type: Shape['type']
  readonly points: readonly number[]
  readonly rotation: number
  readonly elements?: readonly SkeletonElement[]
}

/** A verb of the locale file `history`. */
export type StepVerb =
  | 'draw'
  | 'move'
  | 'resize'
  | 'rotate'
  | 'move-point'
  | 'add-point'
  | 'delete-point'
  | 'edit-contour'
  | 'set-start'
  | 'switch-orientation'
  | 'reset-perspective'
  | 'switch-perspective'
  | 'joint-outside'
  | 'redraw'
  | 'delete'
  | 'paste'
  | 'change-label'
  | 'change-attribute'
  | 'occlude'
  | 'change-z'
  | 'convert'
  | 'repaint'
  | 'keyframe'
  | 'follow'
  | 'detect'
  | 'outside'
  | 'merge'
  | 'split'
  | 'retime'
  | 'trim'
  | 'delete-keyframes'
  | 'group'
  | 'ungroup'
  | 'join'
  | 'slice'
  | 'union'
  | 'subtract'
  | 'intersect'
  | 'exclude'

/** The whole annotation a draft becomes. `zOrder` is the layer new shapes go to. */
export function newShape(
  draft: ShapeDraft,
  place: {
    id: AnnotationId
    frame: FrameIndex
    labelId: LabelId
    zOrder: number
    attributes?: readonly AttributeValue[]
  },
): Shape {
  return {
    kind: 'shape',
    id: place.id,
    frame: place.frame,
    labelId: place.labelId,
    group: 0,
    source: 'manual',
    attributes: [...(place.attributes ?? [])],
    type: draft.type,
    points: [...draft.points],
    rotation: draft.rotation,
    occluded: false,
    zOrder: place.zOrder,
    score: null,
    elements: [...(draft.elements ?? [])],
  }
}

/** One step that creates these. @throws RangeError when there are none: a step says something */
export function createStep(
  verb: 'draw' | 'paste',
  created: readonly Annotation[],
  label?: string,
): Step {
  const operations = created.map((after): AnnotationOperation => ({ kind: 'create', after }))
  return stepOf(verb, operations, label)
}

/** One step that deletes these. */
export function deleteStep(doomed: readonly Annotation[], label?: string): Step {
  const operations = doomed.map((before): AnnotationOperation => ({ kind: 'delete', before }))
  return stepOf('delete', operations, label)
}

/**
 * One step that changes annotations one by one, or null when `change` leaves every one as it is (the very same value):
 * history holds no steps that do nothing.
 */
export function updateStep(
  verb: StepVerb,
  annotations: readonly Annotation[],
  change: (annotation: Annotation) => Annotation,
  label?: string,
): Step | null {
  const operations = annotations
    .map((before): AnnotationOperation => ({ kind: 'update', before, after: change(before) }))
    .filter((op) => op.kind === 'update' && op.after !== op.before)
  return operations.length === 0 ? null : stepOf(verb, operations, label)
}

/** One step of any operations. @throws RangeError when there are none: a step says something */
export function stepOf(
  verb: StepVerb,
  operations: AnnotationOperation[],
  label: string | undefined,
): Step {
  const first = operations[0]
  if (!first) throw new RangeError(`A "${verb}" step needs at least one operation`)
  const sample = first.kind === 'delete' ? first.before : first.after
  const types = new Set(operations.map(typeOfOperation))
  const type = types.size === 1 ? typeOfOperation(first) : undefined
  return {
    title: {
      key: verb,
      count: operations.length,
      ...(label === undefined ? {} : { label }),
      ...(type === undefined ? {} : { type }),
    },
    frame: sample.frame,
    operations,
  }
}

function typeOfOperation(op: AnnotationOperation): string {
  const annotation = op.kind === 'delete' ? op.before : op.after
  return annotation.kind === 'tag' ? 'tag' : annotation.type
}

/** `attributes` with one value set; the same array when it had that value already. */
export function withAttribute(
  attributes: readonly AttributeValue[],
  specId: AttributeId,
  value: string,
): readonly AttributeValue[] {
  const known = attributes.find((attribute) => attribute.specId === specId)
  if (known?.value === value) return attributes
  if (!known) return [...attributes, { specId, value }]
  return attributes.map((attribute) =>
    attribute.specId === specId ? { specId, value } : attribute,
  )
}
