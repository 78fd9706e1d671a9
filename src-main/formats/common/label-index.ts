import type { LabelIndex } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Label, Sublabel } from '#shared/domain/label.ts'

/**
 * @param renamed  by name in the file: the task's label it stands for, null for one to leave out
 */
export function createLabelIndex(
  labels: readonly Label[],
  renamed: ReadonlyMap<string, string | null> = new Map(),
): LabelIndex {
  const byName = firstByName(labels)
  const sublabels = new Map(labels.map((label) => [label.id, firstByName(label.sublabels)]))
  const all = labels.flatMap((label): Sublabel[] => [label, ...label.sublabels])
  const attributes = new Map(all.map((label) => [label.id, firstByName(label.attributes)]))
  return {
    label: (name) => {
      const known = renamed.has(name) ? renamed.get(name) : renamed.get(name.trim())
      return known === null ? null : found(byName, known ?? name)
    },
    sublabel: (parent, name) => found(sublabels.get(parent.id), name),
    attribute: (label, name) => found(attributes.get(label.id), name),
  }
}

/** Our names have no space before or behind; those of files may, and mean the same. */
function found<T>(byName: ReadonlyMap<string, T> | undefined, name: string): T | null {
  return byName?.get(name) ?? byName?.get(name.trim()) ?? null
}

function firstByName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map([...items].reverse().map((item) => [item.name, item]))
}

/** All labels as a flat list, each skeleton followed by its sublabels: the order files number them in. */
export function flatLabels(
  labels: readonly Label[],
): { readonly label: Sublabel; readonly parent: Label | null }[] {
  return labels.flatMap((label) => [
    { label, parent: null },
    ...label.sublabels.map((sublabel) => ({ label: sublabel, parent: label })),
  ])
}

/** The value of one attribute, its default where the annotation says nothing. */
export function attributeValue(spec: AttributeSpec, values: readonly AttributeValue[]): string {
  for (const { specId, value } of values) if (specId === spec.id) return value
  return spec.defaultValue
}

/**
 * A file's attribute value as the text we store; null when it cannot be one (an object, null, a checkbox that says
 * neither true nor false).
 */
export function attributeText(spec: AttributeSpec, value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return null
  }
  if (spec.inputType !== 'checkbox') return String(value)
  if (typeof value === 'number') return String(value !== 0)
  const text = String(value).toLowerCase()
  return text === 'true' || text === 'false' ? text : null
}
