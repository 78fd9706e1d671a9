import type { Annotation, AttributeValue } from '#shared/domain/annotation.ts'
import type { Bulk, SkipReason } from '#shared/domain/bulk.ts'
import type { Label } from '#shared/domain/label.ts'
import { type ConvertTarget, conversions } from '#shared/geometry/convert.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'

/** The labels of a task, as judging needs them. */
export class BulkLabels {
  readonly #byId: ReadonlyMap<number, Label>

  constructor(labels: readonly Label[]) {
    this.#byId = new Map(labels.map((label) => [label.id, label]))
  }

  get(id: number): Label | undefined {
    return this.#byId.get(id)
  }

  /** True when annotations of this type ('tag', or a shape's) may carry the label. */
  allows(labelId: number, type: string): boolean {
    const label = this.#byId.get(labelId)
    if (!label) return false
    if (type === 'skeleton') return label.type === 'skeleton'
    return label.type === 'any' || label.type === type
  }
}

/** Why nothing happens to an annotation; null when something does. Cheap: a preview asks it of a million. */
export function skipReasonOf(
  { action, frame }: Pick<Bulk, 'action' | 'frame'>,
  annotation: Annotation,
  labels: BulkLabels,
): SkipReason | null {
  const type = annotation.kind === 'tag' ? 'tag' : annotation.type
  switch (action.kind) {
    case 'remove':
      return null
    case 'propagate':
      return annotation.kind === 'track' && !shapeOn(annotation, frame) ? 'not-seen' : null
    case 'tracks-to-shapes':
      return annotation.kind === 'track' ? null : 'kind'
    case 'link-shapes':
      return annotation.kind === 'shape' ? null : 'kind'
    case 'join-tracks':
      return annotation.kind === 'track' ? null : 'kind'
    case 'convert': {
      if (annotation.kind === 'tag' || isHeld(annotation, action.to)) return 'kind'
      if (annotation.type === action.to) return 'same'
      if (!conversions[annotation.type].includes(action.to)) return 'kind'
      return labels.allows(annotation.labelId, action.to) ? null : 'label-type'
    }
    case 'change-label':
      if (annotation.labelId === action.labelId) return 'same'
      return labels.allows(action.labelId, type) && type !== 'skeleton' ? null : 'label-type'
    case 'change-attribute': {
      const spec = labels.get(annotation.labelId)?.attributes.find(({ id }) => id === action.specId)
      if (!spec) return 'no-attribute'
      return isEverywhere(annotation, action, spec.defaultValue) ? 'same' : null
    }
  }
}

/** Masks hold between keyframes, all else moves: a track cannot be one and then the other. */
function isHeld(annotation: Exclude<Annotation, { kind: 'tag' }>, to: ConvertTarget): boolean {
  return annotation.kind === 'track' && (annotation.type === 'mask' || to === 'mask')
}

/** A track's keyframes may say otherwise than the track. */
function isEverywhere(
  annotation: Annotation,
  { specId, value }: { specId: number; value: string },
  defaultValue: string,
): boolean {
  const valueIn = (values: readonly AttributeValue[]) =>
    values.find((one) => one.specId === specId)?.value
  if ((valueIn(annotation.attributes) ?? defaultValue) !== value) return false
  if (annotation.kind !== 'track') return true
  return annotation.keyframes.every(({ attributes }) => (valueIn(attributes) ?? value) === value)
}
