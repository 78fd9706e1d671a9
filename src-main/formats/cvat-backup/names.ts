import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'

/** What labels and attributes are called. Of one that was removed nothing is known. */
export interface Names {
  label(id: LabelId): string
  attribute(id: AttributeId): string | undefined
  isMutable(id: AttributeId): boolean
}

export function namesOf(labels: readonly Label[]): Names {
  const all: Sublabel[] = labels.flatMap((label) => [label, ...label.sublabels])
  const byId = new Map(all.map(({ id, name }) => [id, name]))
  const specs = new Map(all.flatMap(({ attributes }) => attributes.map((spec) => [spec.id, spec])))
  return {
    label: (id) => byId.get(id) ?? '',
    attribute: (id) => specs.get(id)?.name,
    isMutable: (id) => specs.get(id)?.mutable ?? false,
  }
}
