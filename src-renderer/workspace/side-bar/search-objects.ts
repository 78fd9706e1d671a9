import type { LabelsById } from '#renderer/state/coloring.ts'
import type { Annotation } from '#shared/domain/annotation.ts'

/**
 * The annotations whose label, id, type or an attribute's value contain every word typed, whatever its case. A list to
 * look something up in; what is on the canvas stays as it is (the filter is for that).
 */
export function searchObjects(
  annotations: readonly Annotation[],
  text: string,
  labels: LabelsById,
): readonly Annotation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return annotations
  return annotations.filter((annotation) => {
    const says = wordsOf(annotation, labels)
    return words.every((word) => says.includes(word))
  })
}

function wordsOf(annotation: Annotation, labels: LabelsById): string {
  const label = labels.get(annotation.labelId)
  const values = (label?.attributes ?? []).map((spec) => {
    const given = annotation.attributes.find(({ specId }) => specId === spec.id)
    return given?.value ?? spec.defaultValue
  })
  const type = annotation.kind === 'tag' ? 'tag' : `${annotation.kind} ${annotation.type}`
  return [label?.name ?? '', annotation.id, type, ...values].join('\n').toLowerCase()
}
