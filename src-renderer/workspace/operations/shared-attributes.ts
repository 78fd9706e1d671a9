import type { Annotation } from '#shared/domain/annotation.ts'
import type { FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import { shapeOn, withAttributeOn } from '#shared/tracks/on-frame.ts'

/** An attribute that all of several annotations have, whatever their labels. */
export interface SharedAttribute {
  readonly spec: AttributeSpec
  /** Each label has an attribute of its own by that name. */
  readonly specOf: ReadonlyMap<LabelId, AttributeSpec>
  /** null: they differ. */
  readonly value: string | null
}

type Labels = ReadonlyMap<LabelId, Label>

/** Attributes of the same name, kind and choices in the labels of all; in the order of the first one's label. */
export function sharedAttributes(
  annotations: readonly Annotation[],
  labels: Labels,
  frame: FrameIndex,
): SharedAttribute[] {
  const used = [...new Set(annotations.map(({ labelId }) => labelId))]
  const [first, ...others] = used.flatMap((id) => labels.get(id) ?? [])
  if (!first || others.length + 1 < used.length) return []
  return first.attributes.flatMap((spec) => {
    const specOf = new Map([[first.id, spec]])
    for (const label of others) {
      const same = label.attributes.find((other) => isAlike(other, spec))
      if (same) specOf.set(label.id, same)
    }
    if (specOf.size < used.length) return []
    const values = new Set(annotations.map((one) => valueIn(one, specOf, frame)))
    const [only] = values
    return [{ spec, specOf, value: values.size === 1 ? (only ?? null) : null }]
  })
}

/** The very same annotation where it says so already. */
export function withShared(
  annotation: Annotation,
  { specOf }: SharedAttribute,
  value: string,
  frame: FrameIndex,
): Annotation {
  const spec = specOf.get(annotation.labelId)
  if (!spec || valueIn(annotation, specOf, frame) === value) return annotation
  return withAttributeOn(annotation, frame, spec, value)
}

function isAlike(a: AttributeSpec, b: AttributeSpec): boolean {
  return (
    a.name === b.name && a.inputType === b.inputType && a.values.join('\n') === b.values.join('\n')
  )
}

function valueIn(
  annotation: Annotation,
  specOf: ReadonlyMap<LabelId, AttributeSpec>,
  frame: FrameIndex,
): string {
  const spec = specOf.get(annotation.labelId)
  const { attributes } = shapeOn(annotation, frame) ?? annotation
  return attributes.find(({ specId }) => specId === spec?.id)?.value ?? spec?.defaultValue ?? ''
}
